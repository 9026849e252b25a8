"""Record what was watched, honestly and for good."""
