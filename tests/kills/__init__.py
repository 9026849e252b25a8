"""Kill server, database and clients under load, and see that nothing answered is lost."""
