"""Hold regions, schools, posts, verification and the grants of officers."""
