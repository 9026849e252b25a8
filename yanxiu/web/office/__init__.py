"""Serve the officers: who waits for them, and their decisions."""
