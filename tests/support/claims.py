"""Claim, correct and sign for a teacher of a scene, and tell whether all is whole afterwards."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from tests.support import papers
from tests.support.season import Scene
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import issuing, standing
from yanxiu.training.certificates.models import (
    Certificate,
    Paper,
    Serial,
    Supersession,
    Unsigned,
)
from yanxiu.training.journeys import correcting
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Correction
from yanxiu.training.people import identities
from yanxiu.training.trail.models import Entry

CLAIM = ("draft", "lock", "number", "write", "queue", "trail")
CORRECTION = ("lock", "number", "write", "queue", "supersede", "trail")
SIGNING = ("sign", "publish")


@dataclass
class Claimant:
    """Be a teacher whose certificate is due; every deed of hers can be repeated."""

    scene: Scene
    since: datetime | None = None
    teacher: Teacher = field(init=False)

    def __post_init__(self) -> None:
        """Call her."""
        self.teacher = self.scene.finished(at=self.since)

    @property
    def person_id(self) -> UUID:
        """Return who she is."""
        return self.teacher.person.id

    @property
    def better_name(self) -> str:
        """Return her name with one character corrected, which her school may do."""
        return f"{self.teacher.asked.identity.name[:-1]}正"

    def claim(self) -> None:
        """Look and confirm."""
        outline, at = self.scene.outline, self.scene.call.now
        way = standing.read(self.person_id, outline, at=at)
        seen = "" if way.certificate else issuing.drafted(way, at=at).digest
        issuing.issue(self.person_id, outline, seen=seen, at=at)

    def ask(self, name: str) -> None:
        """Ask for another name."""
        identity = identities.current(self.person_id)
        assert identity
        number = identities.number(identity)
        wanted = Wanted(name, identity.document_kind, number, "写错了一个字")
        correcting.request(self.teacher.person, wanted, at=self.scene.call.now)

    def correct(self) -> None:
        """Let her school approve what she has asked for, unless it has."""
        officer, at = self.scene.desk.officer, self.scene.call.now
        waiting = Correction.objects.filter(post__person=self.teacher.person, answer=None)
        asked = waiting.select_related("post__school").first()
        if asked:
            held = grants.held(officer.id, at=at)
            correcting.approve(asked, held=held, by=officer, at=at)

    def sign(self) -> None:
        """Sign what waits."""
        papers.sign_due(at=self.scene.call.now)


def is_whole() -> bool:
    """Tell whether every certificate has its one place: numbers, editions, papers, trail."""
    everything = Certificate.objects.all()
    editions = everything.values("person_id", "training_id")
    valid = standing.valid().values("person_id", "training_id").annotate(many=Count("pk"))
    old = everything.filter(supersession__isnull=False).count()
    told = Entry.objects.filter(verb__in=["certificate_issued", "certificate_reissued"])
    return (
        all(row["many"] == 1 for row in valid)
        and valid.count() == editions.distinct().count()
        and sum(serial.last for serial in Serial.objects.all()) == everything.count()
        and old == Supersession.objects.count() == everything.filter(edition__gt=1).count()
        and told.count() == everything.count()
        and Paper.objects.count() + Unsigned.objects.count() == everything.count()
    )
