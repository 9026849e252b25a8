"""Give the pages of the help desk their tags."""
