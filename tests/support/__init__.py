"""Serve the tests: a server of their own, databases made in no time."""
