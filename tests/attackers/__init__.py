"""Attack the running server, each attacker in a program of its own beside an honest twin."""
