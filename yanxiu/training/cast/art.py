"""Name the pictures of the demo's trainings: keys of web/static/art/banner-….svg."""

SUMMER, SEASON, EXPERIENCE = "summer", "season", "experience"


def cover(position: int) -> str:
    """Return the key of the picture of the course at that position."""
    return f"cover-{position}"
