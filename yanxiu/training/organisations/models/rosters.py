"""Lay out what a school knows of its own teachers, and the sheets that officers hand in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.places import School
from yanxiu.training.people.models import Identity, Person


class Import(models.Model):
    """Be a sheet that an officer handed in; every row of it ends as taken or refused.

    `path` is the node it is read for; `sealed` holds the file as it came, until its rows are
    staged, `look_sealed` its header and first rows. `columns` names for each column of the kind
    the sheet's, counted from 0, or null. Until it is looked at, `rows` is null, and
    `looked_percent` says how far the look is. It waits until it is confirmed (`started_at`); staged
    whole, it is `read_at`. Rule: docs/rules/imports.md.
    """

    class Kind(models.TextChoices):
        """Name what a sheet can hold."""

        SCHOOLS = "schools", _("学校")
        OFFICERS = "officers", _("管理员")
        ROSTER = "roster", _("教师名册")
        STUDENTS = "students", _("学生名册")

    class Mode(models.TextChoices):
        """Name what becomes of entries that a roster's sheet does not have."""

        ADD = "add", _("追加到现有名册")
        REPLACE = "replace", _("替换整份名册")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    path = models.CharField(max_length=60, db_collation="C")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ADD)
    columns = models.JSONField(default=list)
    sealed = models.BinaryField(null=True)
    look_sealed = models.BinaryField(null=True)
    rows = models.PositiveIntegerField(null=True)
    looked_percent = models.PositiveSmallIntegerField(db_default=0)
    staged = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Entries of rosters that a whole new roster has ended.
    ended = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # Why the sheet as a whole cannot be taken: a refusal's code and the facts of its sentence.
    stopped_by = models.CharField(max_length=40, blank=True)
    stopped_facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["path", "-at"], name="organisations_imports")]

    def __str__(self) -> str:
        return self.filename


class ImportRow(models.Model):
    """Be one row of a sheet, staged; `taken_at` or `code` says how it ended, neither: not yet.

    `key` is what no two rows may share; `subject_id` names what the row has become, `column` the
    kind's column that was refused. Cells are gone once the row is taken.
    """

    pk = models.CompositePrimaryKey("import_id", "position")
    import_id = models.UUIDField()
    position = models.PositiveIntegerField()
    sealed_cells = models.BinaryField()
    key = models.BinaryField(null=True, max_length=32)
    subject_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    column = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.import_id} {self.position}"


class RosterEntry(models.Model):
    """Be a teacher as her school's own register knows her; compared with whoever asks."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="roster")
    name = models.CharField(max_length=60)
    document_kind = models.CharField(max_length=20, choices=Identity.Document.choices)
    number_sealed = models.BinaryField()
    number_fingerprint = models.BinaryField(max_length=32)
    role = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    listed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number_fingerprint"],
                condition=models.Q(ended_at=None),
                name="organisations_once_a_roster",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "name"],
                condition=models.Q(ended_at=None),
                name="organisations_roster_names",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
