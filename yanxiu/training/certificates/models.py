"""Lay out the papers: each a snapshot that nobody changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids


class Serial(models.Model):
    """Count the numbers given out in a series, so that none is missing without a reason."""

    prefix = models.CharField(primary_key=True, max_length=8)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class Certificate(models.Model):
    """Be one edition of a person's certificate; `sealed` is all that the paper says.

    `path` is the school's place in the tree when it was issued: whose officers may see it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    edition = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=24, unique=True)
    token = models.CharField(max_length=22, unique=True)
    check_code = models.CharField(max_length=9)
    issued_at = models.DateTimeField()
    sealed = models.BinaryField()
    path = models.CharField(max_length=60, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "training_id", "edition"], name="certificates_one_edition"
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="certificates_path"),
            models.Index(fields=["training_id", "issued_at"], name="certificates_of_training"),
        ]

    def __str__(self) -> str:
        return self.number


class Supersession(models.Model):
    """Say that a later edition has taken an edition's place, and since when."""

    class Cause(models.TextChoices):
        """Name the class of what changed, as anyone who checks may read it."""

        CORRECTED = "corrected", _("信息更正")
        RENEWED = "renewed", _("重新生成")

    old = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="supersession"
    )
    new = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="supersedes")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.old_id} {self.cause}"


class RevocationProposal(models.Model):
    """Be an officer's word that a certificate must not stand; another one countersigns it.

    One that was taken back, or declined with an `Objection`, is `withdrawn_at` an instant.
    """

    class Reason(models.TextChoices):
        """Name why a certificate is taken back, as anyone who checks may read it."""

        IDENTITY_FALSE = "identity_false", _("身份信息不实")
        HOURS_FALSE = "hours_false", _("学时不实")
        ISSUED_IN_ERROR = "issued_in_error", _("误发")
        DISCIPLINE = "discipline", _("依规撤销")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="proposals")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    sentence = models.CharField(max_length=400)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(withdrawn_at=None),
                name="certificates_one_proposal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Objection(models.Model):
    """Be the second officer's no to a proposal: the certificate stands, and she says why."""

    proposal = models.OneToOneField(
        RevocationProposal, primary_key=True, on_delete=models.PROTECT, related_name="objection"
    )
    sentence = models.CharField(max_length=400)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.proposal_id)


class Revocation(models.Model):
    """Say that a certificate is taken back, by two officers; nothing is deleted."""

    certificate = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="revocation"
    )
    proposal = models.OneToOneField(RevocationProposal, on_delete=models.PROTECT, related_name="+")
    countersigned_by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.certificate_id)


class ReadmissionProposal(models.Model):
    """Be an officer's word that a revoked certificate's holder may have one again.

    One that was taken back, or declined with a `ReadmissionObjection`, is `withdrawn_at` an
    instant.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    revocation = models.ForeignKey(
        Revocation, on_delete=models.PROTECT, related_name="readmission_proposals"
    )
    sentence = models.CharField(max_length=400)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revocation"],
                condition=models.Q(withdrawn_at=None),
                name="certificates_one_readmission_proposal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReadmissionObjection(models.Model):
    """Be the second officer's no to a readmission, and why."""

    proposal = models.OneToOneField(
        ReadmissionProposal, primary_key=True, on_delete=models.PROTECT, related_name="objection"
    )
    sentence = models.CharField(max_length=400)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.proposal_id)


class Readmission(models.Model):
    """Say that a revoked certificate's holder may confirm the next edition; what is revoked stays.

    It is used by that edition: there is one of each number, so it is used once.
    """

    revocation = models.OneToOneField(
        Revocation, primary_key=True, on_delete=models.PROTECT, related_name="readmission"
    )
    proposal = models.OneToOneField(ReadmissionProposal, on_delete=models.PROTECT, related_name="+")
    countersigned_by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.revocation_id)


class Paper(models.Model):
    """Hold a certificate's signed PDF as the `work` process made it; pages only read it."""

    certificate = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="paper"
    )
    pdf = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    signer = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="certificates_paper_of_file")]

    def __str__(self) -> str:
        return str(self.certificate_id)


class Unsigned(models.Model):
    """Queue an edition whose paper is still to be printed and signed; the row goes when it is.

    `due_at` lies in the future where an attempt has failed.
    """

    certificate = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="unsigned"
    )
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="certificates_unsigned_due")]

    def __str__(self) -> str:
        return str(self.certificate_id)


class Signer(models.Model):
    """Be whoever signs papers, as anybody may know it: `chain` is its certificates in PEM.

    `fingerprint` is the SHA-256 of its own certificate, the first of the chain; the last is the
    root that checkers trust. The newest that has not been retired signs.
    """

    fingerprint = models.CharField(primary_key=True, max_length=64)
    chain = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(retired_at=None), name="certificates_one_signer"
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint


class SigningKey(models.Model):
    """Hold a signer's private key, sealed; the database lets the role of jobs alone read it."""

    signer = models.OneToOneField(Signer, primary_key=True, on_delete=models.PROTECT)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.signer_id)


class Unset(models.Model):
    """Queue a certificate whose rare characters no font here has yet: `characters` are missing.

    `seen` is the digest of what its holder has confirmed; empty where an issued one is corrected.
    """

    person_id = models.UUIDField()
    training_id = models.UUIDField()
    characters = models.CharField(max_length=60)
    seen = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "training_id"],
                condition=models.Q(settled_at=None),
                name="certificates_queued_once",
            ),
        ]

    def __str__(self) -> str:
        return self.characters


class Announcement(models.Model):
    """Be the one word to a person that her certificate of a training can be claimed."""

    pk = models.CompositePrimaryKey("person_id", "training_id")
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.training_id}"


class Showing(models.Model):
    """Be a holder's link for one checker, who sees her whole name until it ends.

    `fingerprint` is the SHA-256 of the token in the address; `ended_at` is when she closed it
    herself, `opened` how often the name was looked at.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="showings")
    whom = models.CharField(max_length=40)
    fingerprint = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fingerprint"], name="certificates_showing_of_token"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Guess(models.Model):
    """Remember an attempt at checking, so that ten thousand guesses give nothing.

    `place` is a network for numbers and files, a certificate's id for claims about its holder.
    """

    class Kind(models.TextChoices):
        """Name what was guessed at."""

        NUMBER = "number", _("证书编号")
        CLAIM = "claim", _("持证人信息")
        FILE = "file", _("证书文件")
        SHOWING = "showing", _("出示链接")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "place", "at"], name="certificates_guesses"),
            models.Index(fields=["kind", "at"], name="certificates_all_guesses"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"
