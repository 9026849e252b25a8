"""Hold what any program needs: clock, refusals, ciphers, media, paper, carriers, PostgreSQL."""
