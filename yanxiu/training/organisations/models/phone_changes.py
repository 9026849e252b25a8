"""Lay out who asks for another number because the old one is gone, and who has said what to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.officers import Officer
from yanxiu.training.organisations.models.posts import Post
from yanxiu.training.people.models import Person


class PhoneChange(models.Model):
    """Be somebody's request for another number on her account: she cannot read the old one's texts.

    `post` is whose school vouches for her; without one the help desk does, by a picture. `due_at`
    is when it is done, once two have agreed; `ended_at` and `outcome` say how it ended.
    """

    class Outcome(models.TextChoices):
        """Name the ways in which it ends."""

        DONE = "done", _("已更换")
        STOPPED = "stopped", _("原机主已停止")
        WITHDRAWN = "withdrawn", _("已撤回")
        DECLINED = "declined", _("没有通过")
        TAKEN = "taken", _("新手机号已被使用")
        LAPSED = "lapsed", _("超过 30 天没有办结")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phone_changes")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    old_phone = models.CharField(max_length=11)
    new_phone = models.CharField(max_length=11)
    asked_at = models.DateTimeField()
    rises_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    # The picture and the key to it, which is sealed itself; both are gone in time.
    picture = models.BinaryField(null=True)
    picture_key = models.BinaryField(null=True)
    picture_at = models.DateTimeField(null=True)
    picture_removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="organisations_one_phone_change",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                condition=models.Q(ended_at=None),
                name="organisations_phone_changes",
            ),
            models.Index(
                fields=["picture_at"],
                condition=models.Q(picture_at__isnull=False, picture_removed_at=None),
                name="organisations_phone_pictures",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PhoneChangeAnswer(models.Model):
    """Be what one official or agent has said: the first vouches, the second approves, never one."""

    class Step(models.TextChoices):
        """Name the two words that it takes."""

        VOUCH = "vouch", _("核实本人")
        APPROVE = "approve", _("核准")

    class Means(models.TextChoices):
        """Name how whoever vouches has made sure that it is she."""

        IN_PERSON = "in_person", _("当面见到本人，核对了证件原件")
        VIDEO = "video", _("视频通话，看到本人和证件")
        KNOWN_PHONE = "known_phone", _("拨打学校登记的其他联系方式，由本人确认")
        PICTURE = "picture", _("核对了手持证件照片，并与本人通话")

    class Reason(models.TextChoices):
        """Name why the answer is no."""

        UNKNOWN = "unknown", _("无法确认是本人")
        NOT_OURS = "not_ours", _("不是本校教师")
        UNREACHED = "unreached", _("联系不上本人")
        PICTURE_UNCLEAR = "picture_unclear", _("照片看不清，或没有手持证件")
        PICTURE_DIFFERS = "picture_differs", _("照片与账号的证件信息不一致")
        OTHER = "other", _("其他原因")

    change = models.ForeignKey(PhoneChange, on_delete=models.PROTECT, related_name="answers")
    step = models.CharField(max_length=10, choices=Step.choices)
    is_yes = models.BooleanField()
    means = models.CharField(max_length=20, choices=Means.choices, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    sentence = models.CharField(max_length=200, blank=True)
    # The right by which an officer has said it; an agent has none.
    grant = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "step"], name="organisations_one_word_a_step"
            ),
            models.UniqueConstraint(
                fields=["change", "by"], name="organisations_one_word_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.is_yes}"
