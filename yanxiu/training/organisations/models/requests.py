"""Lay out what is asked of the register: a school that is missing, a school told wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.places import Region, School, SchoolType
from yanxiu.training.people.models import Person


class SchoolRequest(models.Model):
    """Be somebody's word that her school is missing; the county's officers answer.

    `key` is the name folded: requests of one county with one key, or one code, mean one school.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    key = models.TextField(db_collation="C")
    code = models.CharField(max_length=10, blank=True)
    type = models.ForeignKey(SchoolType, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at", "id"], name="organisations_missing"),
            models.Index(fields=["county", "key"], name="organisations_missing_alike"),
            models.Index(fields=["person", "-asked_at"], name="organisations_missing_of"),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolAnswer(models.Model):
    """Be the county's answer to a missing school: once."""

    class Outcome(models.TextChoices):
        """Name the three answers."""

        ADDED = "added", _("已新增")
        EXISTS = "exists", _("平台里已有")
        DECLINED = "declined", _("不予新增")

    request = models.OneToOneField(
        SchoolRequest, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome


class TypeProposal(models.Model):
    """Be a school officer's word that the school's type is wrong; the county confirms it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="proposals")
    type = models.ForeignKey(SchoolType, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at", "id"], name="organisations_type_proposals")]

    def __str__(self) -> str:
        return str(self.id)


class TypeAnswer(models.Model):
    """Be the county's answer to a proposed type: once."""

    class Outcome(models.TextChoices):
        """Name the two answers."""

        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("未同意")

    proposal = models.OneToOneField(
        TypeProposal, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sentence = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome
