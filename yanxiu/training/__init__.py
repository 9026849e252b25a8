"""Hold what is true of teacher training: the domain, a ladder of nouns."""
