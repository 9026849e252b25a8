"""Choose what is asked at a gate: which of four everyday words belongs to a kind of things.

It takes no memory, no reckoning, no picture and no sound, and says nothing that the page says too.
source: docs/rules/attention.md
"""

from random import Random

import msgspec

CHOICES = 4

# The names by which words are known here; pages say them in the language of their reader. No word
# may belong to two kinds, in any of the languages.
KINDS = {
    "fruit": ("apple", "banana", "grape", "pear", "watermelon"),
    "animal": ("cat", "tiger", "sheep", "rabbit", "monkey"),
    "furniture": ("table", "chair", "bed", "wardrobe", "sofa"),
    "vehicle": ("train", "bus", "bicycle", "ship", "aeroplane"),
    "clothing": ("shirt", "trousers", "skirt", "coat", "sweater"),
    "instrument": ("piano", "violin", "drum", "flute", "guitar"),
    "weather": ("rain", "snow", "wind", "fog", "thunder"),
    "body": ("hand", "foot", "ear", "eye", "nose"),
}


class Choice(msgspec.Struct, frozen=True, gc=False):
    """Hold a kind, the words to choose from, and the place of the one that belongs to it."""

    kind: str
    words: tuple[str, ...]
    right: int


def choose(dice: Random) -> Choice:
    """Return something to ask; every kind, word and place is as likely as another."""
    kinds = dice.sample(sorted(KINDS), CHOICES)
    words = [dice.choice(KINDS[kind]) for kind in kinds]
    right = dice.randrange(CHOICES)
    return Choice(kinds[right], tuple(words), right)
