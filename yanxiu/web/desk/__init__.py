"""Serve the help desk: what waits, whose case it is, and what teachers see."""
