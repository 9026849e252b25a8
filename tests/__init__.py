"""Hold the tests that look at the whole: access, architecture, queries, journeys."""
