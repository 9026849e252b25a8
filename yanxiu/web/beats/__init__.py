"""Answer beats: the hot path's HTTP, without a framework."""
