"""Pack the client for the system that this runs on, and say what was packed."""
