"""Serve the teacher: information, enrolment, study, progress, certificate."""
