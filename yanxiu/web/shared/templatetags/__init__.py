"""Words for numbers: the tags and filters that pages share."""
