"""Take what hangs on a school along when it moves, merges or closes: posts, rights, rosters.

History stays: what ends has an end, what goes on begins anew and says what was confirmed already.
"""

from datetime import datetime
from uuid import UUID

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import (
    Correction,
    Decision,
    Import,
    Officer,
    Post,
    RosterEntry,
    School,
    Verification,
)
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries


def onto_path(school: School, path: str) -> None:
    """Bring every stored path of a school that moves after it; papers and the trail keep theirs."""
    Officer.objects.filter(school=school).update(path=path)
    Import.objects.filter(path=school.path).update(path=path)


def into_school(school: School, into: School, *, by: Person, at: datetime) -> None:
    """Let teachers go on in another school as confirmed, asked or sent back as they were."""
    old = _ending(school)
    there = Post.objects.filter(school=into, ended_at=None)
    at_both = set(there.values_list("person_id", flat=True))
    new = {
        post.pk: Post(person_id=post.person_id, school=into, started_at=at)
        for post in old
        if post.person_id not in at_both
    }
    Post.objects.bulk_create(new.values())
    _carry_cases(new, at=at)
    _end_posts(old, school, by=by, at=at)
    _carry_roster(school, into, at=at)
    _tell(old, "school_merged", {"school": school.name, "into": into.name}, at=at)
    grants.end_all(school, by=by, at=at)


def out_of_school(school: School, *, by: Person, at: datetime) -> None:
    """End the posts and rights of a school that closes, and tell whom it concerns."""
    old = _ending(school)
    _end_posts(old, school, by=by, at=at)
    RosterEntry.objects.filter(school=school, ended_at=None).update(ended_at=at)
    _tell(old, "school_closed", {"school": school.name}, at=at)
    grants.end_all(school, by=by, at=at)


def _ending(school: School) -> list[Post]:
    found = Post.objects.filter(school=school, ended_at=None)
    return list(found.select_for_update().order_by("id"))


def _end_posts(posts: list[Post], school: School, *, by: Person, at: datetime) -> None:
    """End posts and what still waits for their school; as `posts.end`, for many."""
    ids = [post.pk for post in posts]
    Post.objects.filter(pk__in=ids).update(ended_at=at, ended_by=by)
    waiting = {"post__in": ids, "withdrawn_at": None}
    Verification.objects.filter(**waiting, decision=None).update(withdrawn_at=at)
    Correction.objects.filter(**waiting, answer=None).update(withdrawn_at=at, proof_sealed=None)
    subjects = [("post", each, school.path) for each in ids]
    entries.record_all("post_ended", subjects=subjects, by=by.id, at=at)


def _carry_cases(new: dict[UUID, Post], *, at: datetime) -> None:
    """Copy the newest request of each post with its answer: who confirmed whom, and when, stays.

    A correction that waits follows its teacher as it is.
    """
    found = Verification.objects.filter(post__in=[*new], withdrawn_at=None)
    # Whoever is about to answer is waited for, and her answer is read.
    locked = list(found.select_for_update(of=("self",)).order_by("id"))
    answers = Decision.objects.in_bulk([each.pk for each in locked])
    newest = {each.post_id: each for each in sorted(locked, key=lambda v: (v.requested_at, v.id))}
    copies = {post: _copied(each, new[post]) for post, each in newest.items()}
    Verification.objects.bulk_create(copies.values())
    Decision.objects.bulk_create(
        _answered(answers[newest[post].pk], copy)
        for post, copy in copies.items()
        if newest[post].pk in answers
    )
    corrections = Correction.objects.filter(post__in=[*new], withdrawn_at=None, answer=None)
    for waiting in corrections.select_for_update(of=("self",)).order_by("id"):
        Correction.objects.filter(pk=waiting.pk).update(post=new[waiting.post_id])
    subjects = [("post", post.pk, post.school.path) for post in new.values()]
    entries.record_all("post_carried_on", subjects=subjects, by=None, at=at)


def _copied(asked: Verification, post: Post) -> Verification:
    return Verification(
        post=post,
        identity_id=asked.identity_id,
        requested_at=asked.requested_at,
        rises_at=asked.rises_at,
        needs_county=asked.needs_county,
        answered_at=asked.answered_at,
    )


def _answered(decision: Decision, asked: Verification) -> Decision:
    return Decision(
        verification=asked,
        outcome=decision.outcome,
        reason=decision.reason,
        sentence=decision.sentence,
        level=decision.level,
        by_id=decision.by_id,
        at=decision.at,
    )


def _carry_roster(school: School, into: School, *, at: datetime) -> None:
    """List on the other school's roster whom it does not list yet."""
    listed = list(RosterEntry.objects.filter(school=school, ended_at=None).order_by("id"))
    there = RosterEntry.objects.filter(school=into, ended_at=None)
    known = {bytes(each) for each in there.values_list("number_fingerprint", flat=True)}
    RosterEntry.objects.filter(pk__in=[each.pk for each in listed]).update(ended_at=at)
    RosterEntry.objects.bulk_create(
        RosterEntry(
            school=into,
            name=each.name,
            document_kind=each.document_kind,
            number_sealed=each.number_sealed,
            number_fingerprint=each.number_fingerprint,
            role=each.role,
            subject=each.subject,
            listed_at=at,
            source_id=each.source_id,
        )
        for each in listed
        if bytes(each.number_fingerprint) not in known
    )


def _tell(posts: list[Post], kind: str, facts: dict[str, str], *, at: datetime) -> None:
    people = [post.person_id for post in posts]
    notes.tell_all(people, kind, facts=facts, link="/me/information/", at=at)
