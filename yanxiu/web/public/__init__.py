"""Show what everybody may see: home, trainings, sign-in, verification of papers."""
