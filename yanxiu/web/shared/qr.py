"""Draw an address as a QR code that stands in the page itself."""

import segno


def picture(address: str) -> str:
    """Return the code as the address of a picture, dark on white whatever colours a page has."""
    drawn = segno.make(address, error="m", micro=False)
    return str(drawn.svg_data_uri(scale=5, border=3, light="#fff", dark="#1d2429"))
