"""Lay out who teaches where, and what the school says about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.places import School
from yanxiu.training.people.models import Identity, Person


class Post(models.Model):
    """Say that a person teaches at a school, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="posts")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

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
    # From this instant on the county's officers may answer too; at once where only they may.
    rises_at = models.DateTimeField()
    needs_county = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    # The decision's instant once more: what waits is few among all that ever was, and an index
    # that holds nothing else finds it.
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["requested_at", "id"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="organisations_waiting",
            ),
            models.Index(fields=["post", "-requested_at"], name="organisations_asked_of_post"),
        ]
        constraints = [
            # Also how a branch is searched: most posts have nothing that waits.
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="organisations_one_waiting_a_post",
            ),
        ]

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
    # The grant's level that decided: what needs the county is not settled by a school.
    level = models.CharField(max_length=10)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome


class Correction(models.Model):
    """Be a teacher's request to change name or number without leaving her school; waits for it.

    `identity` is the version that stands until the officer approves the difference.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="corrections")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    document_kind = models.CharField(max_length=20, choices=Identity.Document.choices)
    number_sealed = models.BinaryField()
    number_fingerprint = models.BinaryField(max_length=32)
    why = models.CharField(max_length=400)
    # A picture of a document, re-encoded and sealed; gone once the request is answered.
    proof_sealed = models.BinaryField(null=True)
    requested_at = models.DateTimeField()
    rises_at = models.DateTimeField()
    needs_county = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["requested_at", "id"], name="organisations_corrections"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"],
                condition=models.Q(withdrawn_at=None),
                name="organisations_one_correction",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CorrectionAnswer(models.Model):
    """Be the officer's answer to a correction: once; `becomes` is the version it made."""

    class Reason(models.TextChoices):
        """Name why a correction is refused; the teacher reads it, and the way to mend it."""

        PROOF_MISSING = "proof_missing", _("没有证明照片")
        PROOF_UNCLEAR = "proof_unclear", _("证明照片看不清")
        PROOF_DIFFERS = "proof_differs", _("与证明照片不一致")
        ROSTER_DIFFERS = "roster_differs", _("与本校登记不一致")
        OTHER = "other", _("其他原因")

    correction = models.OneToOneField(
        Correction, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=10, choices=Decision.Outcome.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    sentence = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=10)
    becomes = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome
