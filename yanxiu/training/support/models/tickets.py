"""Lay out the cases of the help desk: what was asked, shown and answered, who has it, how it ended.

Rule: docs/rules/tickets.md.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people.models import Person


class Ticket(models.Model):
    """Be a case at the help desk; `number` is what its owner says on the telephone.

    `waits_since` is since when she waits for an answer, None while it is her turn or all is done.
    """

    class Topic(models.TextChoices):
        """Name what people ask about."""

        SCHOOL = "school", _("学校与任教信息")
        VERIFICATION = "verification", _("身份审核")
        STUDY = "study", _("学习与学时")
        CERTIFICATE = "certificate", _("证书")
        ACCOUNT = "account", _("账号与手机号")
        OTHER = "other", _("其他")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    number = models.CharField(max_length=9, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tickets")
    topic = models.CharField(max_length=20, choices=Topic.choices)
    title = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-opened_at"], name="support_of_person"),
            models.Index(fields=["opened_at"], name="support_opened_at"),
            models.Index(
                fields=["waits_since", "id"],
                condition=models.Q(waits_since__isnull=False),
                name="support_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Message(models.Model):
    """Be one thing that was said in a ticket, by its owner or as the desk's answer."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_answer = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "at"], name="support_conversation"),
            models.Index(
                fields=["at"], condition=models.Q(is_answer=True), name="support_answered_at"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attachment(models.Model):
    """Be a picture that came with a message: re-encoded, sealed, and removed after some days."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    sealed = models.BinaryField(null=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(removed_at=None), name="support_pictures"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Draft(models.Model):
    """Hold what somebody has begun to write and not sent: a new ticket, or more to an old one."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+")
    topic = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ticket"], nulls_distinct=False, name="support_one_draft"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Closure(models.Model):
    """Say how a ticket ended; undone where its owner has written again."""

    class Code(models.TextChoices):
        """Name the ways in which a ticket ends."""

        SOLVED = "solved", _("问题已解决")
        EXPLAINED = "explained", _("已说明情况")
        PASSED_ON = "passed_on", _("已转交有关方面")
        DUPLICATE = "duplicate", _("与另一工单重复")
        SILENT = "silent", _("长时间没有收到您的回复")
        WITHDRAWN = "withdrawn", _("您已撤回或确认解决")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="closures")
    code = models.CharField(max_length=20, choices=Code.choices)
    sentence = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(undone_at=None), name="support_one_closure"
            )
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(undone_at=None), name="support_closed_at"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Handling(models.Model):
    """Say which agent has a ticket in hand, from and to."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="handlings")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(until=None), name="support_one_agent"
            )
        ]
        indexes = [
            models.Index(fields=["agent"], condition=models.Q(until=None), name="support_in_hand")
        ]

    def __str__(self) -> str:
        return str(self.id)
