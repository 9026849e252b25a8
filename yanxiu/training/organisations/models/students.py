"""Lay out the students whom schools list, how each signs in, and which parents see what."""

from django.db import models

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.places import School
from yanxiu.training.organisations.models.rosters import Import
from yanxiu.training.people.models import Person


class StudentEntry(models.Model):
    """Be a student as the school's own register knows her: number, name and class, no more."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="students")
    name = models.CharField(max_length=60)
    group = models.CharField(max_length=40, blank=True)
    number_sealed = models.BinaryField()
    number_fingerprint = models.BinaryField(max_length=32)
    listed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            # A student's number is one in the nation: no other school lists her meanwhile.
            models.UniqueConstraint(
                fields=["number_fingerprint"],
                condition=models.Q(ended_at=None),
                name="organisations_one_school_a_student",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "group", "name"],
                condition=models.Q(ended_at=None),
                name="organisations_students",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StudentNumber(models.Model):
    """Say whose a student's number is, once she has registered with it."""

    number_fingerprint = models.BinaryField(primary_key=True, max_length=32)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="student_number")
    number_sealed = models.BinaryField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)


class StudentCode(models.Model):
    """Hold a code that a school has printed for a student: only its fingerprint, good once."""

    entry = models.ForeignKey(StudentEntry, on_delete=models.CASCADE, related_name="codes")
    fingerprint = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(used_at=None),
                name="organisations_one_code_a_student",
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


class Kinship(models.Model):
    """Let a parent see what a child has watched, from when the child or her school has agreed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parents")
    # What the child calls this parent, so that she and her school know who asks.
    said = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "child"],
                condition=models.Q(ended_at=None),
                name="organisations_one_kinship",
            ),
        ]
        indexes = [
            models.Index(
                fields=["child"],
                condition=models.Q(ended_at=None),
                name="organisations_kin_of_child",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
