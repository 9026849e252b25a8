"""Turn completions into credit hours."""
