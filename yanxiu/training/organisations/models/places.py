"""Lay out the tree: nation, provinces, cities, counties, schools, and what became of them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people.models import Person


class Region(models.Model):
    """Be a node above the schools, by its GB/T 2260 code; `path` orders the tree, nation first."""

    class Level(models.TextChoices):
        """Name the floors of the tree above the schools."""

        NATION = "nation", _("全国")
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县区")

    code = models.CharField(primary_key=True, max_length=6)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=40, unique=True, db_collation="C")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["parent", "code"], name="organisations_region_parent")]

    def __str__(self) -> str:
        return self.name


class SchoolType(models.Model):
    """Be a kind of school by its GB/T 33782 code; decides which platform serves the school."""

    class Serves(models.TextChoices):
        """Name the branches of education, each with a platform of its own."""

        BASIC = "basic", _("基础教育")
        VOCATIONAL = "vocational", _("职业教育")
        HIGHER = "higher", _("高等教育")

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=40)
    serves = models.CharField(max_length=10, choices=Serves.choices)
    stages = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """Be a school in its county; `path` is the county's with the school's code behind it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    type = models.ForeignKey(SchoolType, on_delete=models.PROTECT)
    county = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="schools")
    path = models.CharField(max_length=60, unique=True, db_collation="C")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "name"], name="organisations_school_county"),
            models.Index(fields=["type", "path"], name="organisations_school_type"),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolName(models.Model):
    """Be a name that a school bears or once bore, as people search for it; `until` None is now's.

    `initials` are the first letters of the name's pinyin, lower case: 听涛小学 is ttxx.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    initials = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(until=None),
                name="organisations_one_name_a_school",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolKey(models.Model):
    """Be a name by which an open school is found; made from its names, thrown away with them.

    `key` is the name folded, `path` the school's; how `grams` are made: `spelling.grams`.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="keys")
    path = models.CharField(max_length=60, db_collation="C")
    name = models.CharField(max_length=120)
    key = models.TextField(db_collation="C")
    initials = models.TextField(db_collation="C")
    is_current = models.BooleanField()
    grams = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        indexes = [
            GinIndex(fields=["grams"], name="organisations_school_grams"),
            # All that a search inside a region reads, so that it reads nothing else.
            models.Index(
                fields=["path"],
                include=["key", "initials", "is_current", "id"],
                name="organisations_school_keys",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolChange(models.Model):
    """Say what became of a school and when; rows are only added.

    `before` and `after` hold the fields that changed; `into` is the school it was merged into.
    """

    class Kind(models.TextChoices):
        """Name what can become of a school."""

        OPENED = "opened", _("设立")
        RENAMED = "renamed", _("更名")
        RETYPED = "retyped", _("更正办学类型")
        MOVED = "moved", _("变更隶属")
        MERGED = "merged", _("并入")
        CLOSED = "closed", _("停办")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    into = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="absorbed")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "on"], name="organisations_school_changes")]

    def __str__(self) -> str:
        return f"{self.school_id} {self.kind}"
