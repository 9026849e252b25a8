"""Make or find the objects of the demo country whose pages tests ask for."""

from tests.support import parts
from yanxiu.foundation import clock
from yanxiu.training.certificates import showings, standing
from yanxiu.training.certificates.models import ReadmissionProposal, RevocationProposal
from yanxiu.training.credits.models import Amendment
from yanxiu.training.integrity import doubts
from yanxiu.training.integrity.models import Doubt, Hold
from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account, Person
from yanxiu.training.reports import exports
from yanxiu.training.reports.models import Export


def doubted() -> RevocationProposal:
    """Return the proposal of the demo country that waits for a second officer."""
    return RevocationProposal.objects.get(withdrawn_at=None, certificate__revocation=None)


def doubt() -> Doubt:
    """Return the latest doubt of the demo country that nobody has decided about."""
    return Doubt.objects.filter(doubts.open_(), kind=Doubt.Kind.NIGHT).get()


def hold() -> Hold:
    """Return the hold of the demo country, against which its teacher has appealed."""
    return Hold.objects.get()


def regretted() -> ReadmissionProposal:
    """Return the demo country's proposal to readmit somebody; it waits for a second officer."""
    return ReadmissionProposal.objects.get()


def amendment() -> Amendment:
    """Return the demo country's proposal to amend somebody's hours; it waits for the nation."""
    return Amendment.objects.get()


def showing(name: str) -> dict[str, object]:
    """Return a link that the holder of the first certificate has just made, by id or by token."""
    by = parts.account("holder").person
    own = standing.valid().filter(person_id=by.id).order_by("number")[0]
    made, token = showings.make(own, whom="某某中学人事处", by=by, at=clock.now())
    return {"showing_id": made.pk} if name == "my_showing_ending" else {"token": token}


def export(name: str) -> dict[str, object]:
    """Return a finished export of the home school's officer, made the first time."""
    by = Account.objects.select_related("person").get(phone=parts.PHONES["officer"]).person
    made = Export.objects.filter(by_id=by.id).first() or _make_export(by)
    return {"export_id": made.pk} if name == "office_export" else {"token": made.token}


def _make_export(by: Person) -> Export:
    held = grants.held(by.id, at=clock.now())
    wanted: dict[str, object] = {"training": "demo", "form": "csv"}
    wanted |= {"state": "registered", "sort": "school", "q": ""}
    at = clock.now()
    made = exports.ask("teachers", path=held[0].path, wanted=wanted, held=held, by=by, at=at)
    exports.carry_on(made.id, at=clock.now())
    return made
