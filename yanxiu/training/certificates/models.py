"""Lay out the papers: each a snapshot that nobody changes."""

from django.db import models

from yanxiu.foundation import ids


class Serial(models.Model):
    """Count the numbers given out in a series, so that none is missing without a reason."""

    prefix = models.CharField(primary_key=True, max_length=8)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class Certificate(models.Model):
    """Be one edition of a person's certificate; `sealed` is all that the paper says."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    edition = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=24, unique=True)
    token = models.CharField(max_length=22, unique=True)
    check_code = models.CharField(max_length=9)
    issued_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "training_id", "edition"], name="certificates_one_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.number
