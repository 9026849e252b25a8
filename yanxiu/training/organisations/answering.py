"""Answer requests in sets: rows are locked, judged, and written in a few statements.

3,000 approvals take seconds, and each row obeys what a single answer obeys.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import competence, matching, refusals, scopes
from yanxiu.training.organisations.models import Decision, Officer, Verification
from yanxiu.training.people import held_numbers, masking
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.people.refusals import NumberInUse
from yanxiu.training.trail import entries

type Answers = dict[UUID, Refused | None]

# Source: docs/rules/verification.md; so many strangers in so short a time the county looks at.
STRANGERS_MOST, STRANGERS_WITHIN = 50, timedelta(minutes=10)


@dataclass(slots=True)
class Sheet:
    """Hold requests under one officer's hand; `answers` says of each what stands against it."""

    held: list[Officer]
    by: Person
    at: datetime
    rows: dict[UUID, Verification]
    answers: Answers

    def open_rows(self) -> list[Verification]:
        """Return the rows that nothing stands against, the oldest first."""
        rows = (self.rows[each] for each, refused in self.answers.items() if refused is None)
        return sorted(rows, key=lambda row: (row.requested_at, row.id))

    def level(self, row: Verification) -> str:
        """Return as what the officer answers this row."""
        return competence.level(row, held=self.held, at=self.at)

    def pass_over_strangers(self) -> None:
        """Leave out of a batch of matches whom the roster does not know exactly so."""
        strangers = [row.id for row in self.open_rows() if not _on_roster(row)]
        self._answer(strangers, refusals.NoLongerMatches())

    def hand_up(self) -> None:
        """Leave to the county whom no roster knows, past so many of them in so short a time."""
        strangers = [
            row
            for row in self.open_rows()
            if self.level(row) == Officer.Level.SCHOOL and not _on_roster(row)
        ]
        if not strangers:
            return
        room = max(0, STRANGERS_MOST - _strangers_approved(self.by, self.at))
        above = [row.id for row in strangers[room:]]
        rising = Verification.objects.filter(pk__in=above)
        rising.update(needs_county=True, rises_at=self.at)
        self._answer(above, refusals.HandedUp(most=STRANGERS_MOST))
        self._note("verification_handed_up", above)

    def take_numbers(self) -> None:
        """Take each teacher's document number; what another holds stands against her request."""
        rows = self.open_rows()
        wanted = [(row.post.person_id, bytes(row.identity.number_fingerprint)) for row in rows]
        late = held_numbers.take_all(wanted, at=self.at)
        self._answer([row.id for row in rows if row.post.person_id in late], NumberInUse())

    def write(self, outcome: str, reason: str = "", sentence: str = "") -> None:
        """Write the decision on all that is still open."""
        rows = self.open_rows()
        Decision.objects.bulk_create(
            Decision(
                verification=row,
                outcome=outcome,
                reason=reason,
                sentence=sentence.strip(),
                level=self.level(row),
                by=self.by,
                at=self.at,
            )
            for row in rows
        )
        written = Verification.objects.filter(pk__in=[row.id for row in rows])
        written.update(answered_at=self.at)
        self._note(f"verification_{outcome}", [row.id for row in rows], reason=reason)

    def _answer(self, ids: list[UUID], refused: Refused) -> None:
        self.answers |= dict.fromkeys(ids, refused)

    def _note(self, verb: str, ids: list[UUID], *, reason: str = "") -> None:
        subjects = [("verification", each, self.rows[each].post.school.path) for each in ids]
        detail: dict[str, object] = {"reason": reason}
        entries.record_all(verb, subjects=subjects, by=self.by.id, at=self.at, detail=detail)


def opened(ids: list[UUID], *, held: list[Officer], by: Person, at: datetime) -> Sheet:
    """Lock the requests of the officer's branch and say what stands against each one."""
    rows = _locked(ids, held)
    # Read behind the locks: whoever was quicker has written by now.
    decided = _decided(list(rows))
    sheet = Sheet(held, by, at, rows, {})
    for each in ids:
        row = rows.get(each)
        sheet.answers[each] = _finding(sheet, row, decided) if row else refusals.CaseUnknown()
    return sheet


def _locked(ids: list[UUID], held: list[Officer]) -> dict[UUID, Verification]:
    found = Verification.objects.filter(scopes.verifications.visible(held), pk__in=ids)
    whole = found.select_related("identity", "post__school")
    rows = whole.annotate(on_roster=matching.exact()).select_for_update(of=("self",))
    return {row.id: row for row in rows.order_by("id")}


def _on_roster(row: Verification) -> bool:
    return bool(getattr(row, "on_roster", False))


def _finding(
    sheet: Sheet, row: Verification, decided: dict[UUID, refusals.AlreadyDecided]
) -> Refused | None:
    refused = competence.against(row, held=sheet.held, by=sheet.by, at=sheet.at)
    if refused:
        return refused
    if row.id in decided:
        return decided[row.id]
    return refusals.Withdrawn() if row.withdrawn_at else None


def _decided(ids: list[UUID]) -> dict[UUID, refusals.AlreadyDecided]:
    """Return for each request that is answered already by whom and when."""
    officer = Identity.objects.filter(person=OuterRef("by"), until=None).values("name")
    found = Decision.objects.filter(pk__in=ids).annotate(name=Subquery(officer[:1]))
    return {decision.pk: already(decision, decision.name) for decision in found}


def already(decision: Decision, name: str | None) -> refusals.AlreadyDecided:
    """Return the words for whoever comes second; the first one's name is masked."""
    who = masking.name(name) if name else str(decision.by_id)[-6:]
    return refusals.AlreadyDecided(who=who, when=f"{decision.at.astimezone(CHINA):%m-%d %H:%M}")


def _strangers_approved(by: Person, at: datetime) -> int:
    """Return how many teachers an officer has just confirmed whom no roster knows."""
    lately = Decision.objects.filter(
        by=by,
        at__gt=at - STRANGERS_WITHIN,
        outcome=Decision.Outcome.APPROVED,
        level=Officer.Level.SCHOOL,
    )
    return lately.exclude(Exists(matching.entries("verification__"))).count()
