"""Lay out who somebody is: the sign-in account, the person, the personas, what the law knows."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people import documents, phones


class Person(models.Model):
    """Be the one whom everything belongs to, whatever account or paper she uses."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class AccountManager(BaseUserManager["Account"]):
    """Find accounts by their number."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a phone number."""
        return self.get(phone=username)


class Account(AbstractBaseUser):
    """Be what somebody signs in with: a mainland mobile number, or a student's in its place.

    `last_login` is the day on which she was last here, by whatever session.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    phone = models.CharField(max_length=11, unique=True)
    # In which language she is told things; empty until she has chosen one.
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def has_phone(self) -> bool:
        """Tell whether a number stands here, or what stands in for one."""
        return not phones.is_nobodys(self.phone)


class Persona(models.Model):
    """Say as what a person uses the platform; the row without an end is the present one."""

    class Kind(models.TextChoices):
        """Name the personas."""

        TEACHER = "teacher", _("教师")
        STUDENT = "student", _("学生")
        PARENT = "parent", _("家长")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="personas")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(until=None),
                name="people_one_persona_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Identity(models.Model):
    """Hold what the law knows of a person; one row a version, the one without an end is current."""

    class Document(models.TextChoices):
        """Name the kinds of document that `documents` reads."""

        RESIDENT_ID = documents.Kind.RESIDENT_ID.value, _("居民身份证")
        RESIDENCE_PERMIT = documents.Kind.RESIDENCE_PERMIT.value, _("港澳台居民居住证")
        MAINLAND_PERMIT = documents.Kind.MAINLAND_PERMIT.value, _("港澳居民来往内地通行证")
        TAIWAN_PERMIT = documents.Kind.TAIWAN_PERMIT.value, _("台湾居民来往大陆通行证")
        PERMANENT_RESIDENCE = documents.Kind.PERMANENT_RESIDENCE.value, _("外国人永久居留身份证")
        PASSPORT = documents.Kind.PASSPORT.value, _("护照")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    document_kind = models.CharField(max_length=20, choices=Document.choices)
    number_sealed = models.BinaryField()
    number_fingerprint = models.BinaryField(max_length=32)
    # Travel permits, passports and older residence cards do not say it, and nobody asks.
    born_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="people_identity_version"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="people_one_identity"
            ),
        ]
        indexes = [models.Index(fields=["number_fingerprint"], name="people_identity_number")]

    def __str__(self) -> str:
        return str(self.id)


class HeldNumber(models.Model):
    """Say whose a document number is, once an officer has confirmed it: one person's."""

    number_fingerprint = models.BinaryField(primary_key=True, max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)


class NumberTry(models.Model):
    """Remember that somebody gave a number that another holds, so that nobody tries them all."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="people_number_tries")]

    def __str__(self) -> str:
        return str(self.person_id)


class FactorTry(models.Model):
    """Remember that somebody gave a wrong second factor, so that nobody guesses one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="people_factor_tries")]

    def __str__(self) -> str:
        return str(self.person_id)


class PasswordTry(models.Model):
    """Remember a password that was tried for a number, whether anybody has that number or not."""

    number = models.BinaryField(max_length=32)
    network = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["number", "at"], name="people_password_tries"),
            models.Index(fields=["network", "at"], name="people_password_networks"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.at}"


class ProofTry(models.Model):
    """Remember a wrong proof of whose an account is; `key` says what was tried, and tells nothing.

    Whoever is tried, and from which number or network, is counted apart.
    """

    key = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="people_proof_tries")]

    def __str__(self) -> str:
        return str(self.at)


class KnownDevice(models.Model):
    """Be a browser in which somebody has been signed in before, by a mark that it keeps."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "mark"], name="people_one_device"),
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class SetAside(models.Model):
    """Say that an account's number has another owner by now; the account stays as it was."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="set_asides")
    phone = models.CharField(max_length=11)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["phone"], name="people_set_aside_phone")]

    def __str__(self) -> str:
        return str(self.account_id)


class Session(AbstractBaseSession):
    """Be a browser that is known again: whose it is, from where it came, and when last."""

    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    device = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)


class Code(models.Model):
    """Hold one code that was sent: only its fingerprint, bound to number and purpose."""

    class Purpose(models.TextChoices):
        """Name what a code is good for; a code for one is no code for another."""

        SIGN_IN = "sign_in", _("登录")
        PROOF = "proof", _("确认本人")
        OLD_PHONE = "old_phone", _("更换手机号：原号码")
        NEW_PHONE = "new_phone", _("更换手机号：新号码")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    phone = models.CharField(max_length=11)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    fingerprint = models.BinaryField(max_length=32)
    network = models.CharField(max_length=45)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone", "-issued_at"], name="people_code_phone"),
            models.Index(fields=["network", "-issued_at"], name="people_code_network"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Consent(models.Model):
    """Say that somebody has agreed to a text: which, in which version, and when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    text = models.CharField(max_length=30)
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text", "version"], name="people_consent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.version}"


class Departure(models.Model):
    """Be somebody's wish to be forgotten: done when its time has come, unless she takes it back."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(undone_at=None, done_at=None),
                name="people_one_departure",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(undone_at=None, done_at=None),
                name="people_departures_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class OwnCopy(models.Model):
    """Be a copy of all that is kept of somebody, made for her by a job; `sealed` is the file."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_copies")
    token = models.CharField(max_length=22, unique=True)
    asked_at = models.DateTimeField()
    total = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(finished_at=None),
                name="people_one_copy_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Seal(models.Model):
    """Be a student's data put away: taken out again within thirty days, or deleted.

    `content` opens by the key in `SealKey` alone; `counts` says how much of what there is.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seals")
    closed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    content = models.BinaryField(null=True)
    opened_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(opened_at=None, deleted_at=None),
                name="people_one_seal",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(opened_at=None, deleted_at=None),
                name="people_seals_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class SealKey(models.Model):
    """Hold the key of one seal, itself sealed; what it opened is gone for good with this row."""

    seal = models.OneToOneField(
        Seal, on_delete=models.CASCADE, primary_key=True, related_name="key"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)
