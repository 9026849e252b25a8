"""Lay out the tree: nation, provinces, cities, counties, schools, and who serves where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people.models import Identity, Person


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

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Say that a person teaches at a school, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="posts")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school"],
                condition=models.Q(ended_at=None),
                name="organisations_one_post_a_school",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Verification(models.Model):
    """Be one request that a school confirm its teacher; waits until it has a decision."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="verifications")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["requested_at", "id"], name="organisations_waiting")]

    def __str__(self) -> str:
        return str(self.id)


class Decision(models.Model):
    """Be the officer's answer to a request: once, with a reason where it is no."""

    class Outcome(models.TextChoices):
        """Name the two answers."""

        APPROVED = "approved", _("通过")
        REJECTED = "rejected", _("退回")

    class Reason(models.TextChoices):
        """Name why a school says no; the teacher reads the sentence and the way to mend it."""

        NOT_OURS = "not_ours", _("不是本校教师")
        NAME_DIFFERS = "name_differs", _("姓名与本校登记不一致")
        NUMBER_DIFFERS = "number_differs", _("证件号码与本校登记不一致")
        NOT_TEACHING = "not_teaching", _("已不在本校任教")
        OTHER = "other", _("其他原因")

    verification = models.OneToOneField(
        Verification, primary_key=True, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    sentence = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome


class Officer(models.Model):
    """Be a grant: this person serves this node of the tree and all below, from then until then."""

    class Level(models.TextChoices):
        """Name the five levels of officers."""

        NATION = "nation", _("国家管理员")
        PROVINCE = "province", _("省级管理员")
        CITY = "city", _("市级管理员")
        COUNTY = "county", _("县区管理员")
        SCHOOL = "school", _("学校管理员")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    level = models.CharField(max_length=10, choices=Level.choices)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="officers")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="officers")
    path = models.CharField(max_length=60, db_collation="C")
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region=None) ^ models.Q(school=None),
                name="organisations_officer_of_one_node",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.path}"
