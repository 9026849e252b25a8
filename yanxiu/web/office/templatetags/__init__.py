"""Give the console's templates their own words."""
