"""Lay out what people are told, how they want to be told, and what still has to go out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people.models import Person


class Notice(models.Model):
    """Be one thing that a person is told; its sentence is made from `kind` and `facts` on reading.

    `link` is the path where she can do something about it, empty where there is nothing to do.
    `once` names the occasion where she is told of one only once; one that she does not want in her
    inbox is not shown there.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=60, blank=True, default="", db_default="")
    is_shown = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "once"],
                condition=~models.Q(once=""),
                name="notices_told_once",
            )
        ]
        indexes = [models.Index(fields=["person", "-at"], name="notices_of_person")]

    def __str__(self) -> str:
        return self.kind


class Preference(models.Model):
    """Say whether a person wants a group of notices by a way; without a row the usual holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=20)
    way = models.CharField(max_length=10)
    is_wanted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group", "way"], name="notices_one_preference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.way}"


class QuietHours(models.Model):
    """Say when a person wants no message to ring; without a row the usual hours hold."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="quiet_hours"
    )
    begins = models.TimeField()
    ends = models.TimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"


class Subscription(models.Model):
    """Be a browser that shows a person's notices: where its push service takes them, its keys."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subscriptions")
    endpoint = models.CharField(max_length=700, unique=True)
    key = models.BinaryField(max_length=65)
    secret = models.BinaryField(max_length=16)
    device = models.CharField(max_length=60)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Delivery(models.Model):
    """Be a notice that has to go out by a way, written in the transaction of its deed.

    `due_at` is when it is tried next; whoever tries it moves that ahead first, so that nobody else
    does. `done_at` and `outcome` say what became of it. `phone` is where a text goes whose goal is
    not the number of her account.
    """

    class Outcome(models.TextChoices):
        """Name what became of it."""

        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有送达")
        NEEDLESS = "needless", _("不再需要")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True, related_name="+"
    )
    phone = models.CharField(max_length=11, blank=True, default="", db_default="")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, default="", choices=Outcome.choices)
    why = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "way", "subscription"],
                nulls_distinct=False,
                name="notices_one_delivery",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(done_at=None),
                name="notices_due",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
