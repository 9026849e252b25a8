"""Lay out who serves where, given by whom and until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.places import Region, School
from yanxiu.training.people.models import Person


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
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # A deputy's grant names the one it stands in for, and ends with it.
    stands_in_for = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="deputies"
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "from_at"], name="organisations_officer_person"),
            models.Index(fields=["path"], name="organisations_officer_path"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region=None) ^ models.Q(school=None),
                name="organisations_officer_of_one_node",
            ),
            models.UniqueConstraint(
                fields=["person", "path"],
                condition=models.Q(until=None),
                name="organisations_one_grant_a_node",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.path}"
