"""Show people what is true: one folder an audience."""
