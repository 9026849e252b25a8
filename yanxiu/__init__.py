"""Accredited teacher training, from one county to a nation."""
