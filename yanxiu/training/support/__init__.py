"""Help those who ask: when somebody answers, and the cases that they open."""
