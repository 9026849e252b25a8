"""Let somebody of a test have lost her number, with the officers who can help her."""

from datetime import datetime, timedelta

from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import changing_phone
from yanxiu.training.notices.models import Delivery
from yanxiu.training.organisations import grants, vouching
from yanxiu.training.organisations.models import Officer, PhoneChange, PhoneChangeAnswer, Region
from yanxiu.training.people import identities
from yanxiu.training.people.lost_phones import Lost
from yanxiu.training.people.models import Account, Person

NEW, NETWORK = "13900088001", "203.0.113.0/24"
IN_PERSON = PhoneChangeAnswer.Means.IN_PERSON
NO = (PhoneChangeAnswer.Reason.UNKNOWN.value, "")
DAY = timedelta(days=1)


class Case:
    """Be a teacher who has lost her number, her school's officer, and her county's."""

    def __init__(self, scene: Scene, teacher: Teacher) -> None:
        self.scene, self.teacher = scene, teacher
        self.officer = scene.desk.officer
        county = Region.objects.get(pk=places.HOME)
        nation = casting.nations(scene.call)
        self.nation = nation
        self.county = people.appoint(
            casting.colleague(scene.call, scene.call.phone()),
            county,
            by=nation,
            at=casting.FOUNDED_AT,
        )
        self.now = clock.now()

    @property
    def account(self) -> Account:
        """Return her account as it is now."""
        return Account.objects.get(person=self.teacher.person)

    def lost(self, **other: str) -> Lost:
        """Return what she says of her account, but for what is `other`."""
        identity = identities.current(self.teacher.person.id)
        assert identity
        said = {
            "name": identity.name,
            "document_kind": identity.document_kind,
            "number": identities.number(identity),
        }
        return Lost(**said | other)

    def ask(self, phone: str = NEW) -> PhoneChange:
        """Ask for another number."""
        return changing_phone.ask(self.lost(), phone, network=NETWORK, at=self.now)

    def vouch(self, change: PhoneChange, by: Person | None = None) -> PhoneChange:
        """Say the first word, as her school's officer or somebody else."""
        who = by or self.officer
        return vouching.vouch(change, IN_PERSON, held=held(who), by=who, at=self.now)

    def approve(self, change: PhoneChange, by: Person | None = None) -> PhoneChange:
        """Say the second word, as her county's officer or somebody else."""
        who = by or self.county
        return vouching.approve(change, held=held(who), by=who, at=self.now)

    def agreed(self) -> PhoneChange:
        """Return a request on which both words are said."""
        change = self.ask()
        self.vouch(change)
        return self.approve(change)


def held(who: Person, at: datetime | None = None) -> list[Officer]:
    """Return what somebody serves now."""
    return grants.held(who.id, at=at or clock.now())


def texts_to(phone: str) -> list[str]:
    """Return what was sent to a number that is not, or no more, an account's."""
    sent = Delivery.objects.filter(phone=phone).order_by("notice__at", "id")
    return list(sent.values_list("notice__kind", flat=True))
