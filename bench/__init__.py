"""Measure the headline figures, each beside a reference in the same run."""
