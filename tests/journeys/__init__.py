"""Go the ways of people in a real browser."""
