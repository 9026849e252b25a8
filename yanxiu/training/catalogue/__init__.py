"""Hold what is offered: trainings, rulebooks, courses, lessons, recordings."""
