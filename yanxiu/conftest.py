"""Lend the demo country to the tests beside the code."""

from tests.conftest import country, made_country

__all__ = ["country", "made_country"]
