"""Doubt hours without judging them: facts for an officer, and what she may do about them."""
