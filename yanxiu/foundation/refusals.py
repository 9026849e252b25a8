"""Say no so that a person understands: what is wrong, what was kept, what to do."""

from typing import ClassVar

from django.utils.functional import Promise


class Refused(Exception):
    """Refuse with a code for programs and a sentence for people.

    Subclasses give `code`, `status` (HTTP) and `sentence`, whose %(name)s are filled from facts.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 409
    sentence: ClassVar[str | Promise]

    def __init__(self, **facts: object) -> None:
        """Keep the facts that the sentence names."""
        super().__init__(self.code)
        self.facts = facts

    @property
    def message(self) -> str:
        """Return the sentence with its facts filled in."""
        return str(self.sentence) % self.facts
