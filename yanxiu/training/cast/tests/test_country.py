"""Show that the demo country holds what it promises, by asking the domain."""

from datetime import date, timedelta

import pytest

from yanxiu.foundation import clock, periods
from yanxiu.training.cast import country, seasons, signing_in
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Lesson, Recording, Training
from yanxiu.training.certificates import issuing, standing, verifying
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import correction_queue, grants, posts, waiting
from yanxiu.training.organisations.models import (
    Correction,
    Decision,
    Officer,
    Post,
    Region,
    School,
    SchoolType,
    Verification,
)
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Persona

LIKE_READY = (signing_in.READY, *signing_in.TEN)


def account(phone: str) -> Account:
    return Account.objects.select_related("person").get(phone=phone)


def way(phone: str, slug: str) -> standing.Way:
    return standing.read(account(phone).person_id, seasons.outline(slug), at=clock.now())


@pytest.mark.django_db
def test_a_fresh_database_is_empty() -> None:
    assert country.is_empty()


@pytest.mark.usefixtures("country")
class TestCountry:
    def test_it_is_not_empty(self) -> None:
        assert not country.is_empty()

    def test_everyone_announced_can_sign_in(self) -> None:
        phones = [phone for phone, _who in country.sign_ins()]
        assert Account.objects.filter(phone__in=phones).count() == len(set(phones)) == 34
        assert {phone[:8] for phone in phones} == {"13800000"}

    @pytest.mark.parametrize("phone", LIKE_READY)
    @pytest.mark.parametrize("slug", [seasons.DEMO, seasons.SEASON])
    def test_the_ready_teachers_are_enrolled_verified_and_have_watched_nothing(
        self, phone: str, slug: str
    ) -> None:
        found = way(phone, slug)
        assert found.enrolment
        assert [reason.code for reason in found.reasons] == ["hours_missing"]
        assert not any(course.is_begun for course in found.progress.courses)

    def test_002_has_her_hours_and_waits_for_her_school(self) -> None:
        found = way(signing_in.UNVERIFIED, seasons.DEMO)
        assert found.progress.is_complete
        assert [reason.code for reason in found.reasons] == ["not_verified"]
        assert found.standings[0].pending

    def test_003_may_claim_her_certificate(self) -> None:
        person_id = account(signing_in.CLAIMS).person_id
        assert way(signing_in.CLAIMS, seasons.DEMO).state == "ready"
        draft = issuing.draft(person_id, seasons.outline(seasons.DEMO), at=clock.now())
        assert draft.holder_name == "王明慧"
        assert draft.hours == "4.00"

    def test_004_has_only_just_registered(self) -> None:
        person_id = account(signing_in.FRESH).person_id
        assert identities.current(person_id) is None
        assert not posts.current(person_id).exists()

    def test_011_sees_002_and_two_more_waiting(self) -> None:
        by, at = account(signing_in.SCHOOL).person, clock.now()
        held = grants.held(by.id, at=at)
        names = [asked.identity.name for asked in waiting.page(held, by=by, at=at).rows]
        assert names[:2] == ["陈佩瑶", "李思源"]
        assert len(names) == 3
        oldest_at = waiting.tally(held, by=by, at=at).oldest_at
        assert oldest_at
        assert (clock.now() - oldest_at).days == 5

    @pytest.mark.parametrize(
        ("phone", "level", "path"),
        [
            (signing_in.COUNTY, "county", "000000/330000/330100/330106"),
            (signing_in.CITY, "city", "000000/330000/330100"),
            (signing_in.PROVINCE, "province", "000000/330000"),
            (signing_in.NATION, "nation", "000000"),
        ],
    )
    def test_each_level_has_its_officer(self, phone: str, level: str, path: str) -> None:
        (grant,) = grants.held(account(phone).person_id, at=clock.now())
        assert (grant.level, grant.path) == (level, path)

    def test_the_wider_an_officer_looks_the_more_wait(self) -> None:
        def many(phone: str) -> int:
            by, at = account(phone).person, clock.now()
            return waiting.tally(grants.held(by.id, at=at), by=by, at=at).waiting

        upwards = (signing_in.SCHOOL, signing_in.COUNTY, signing_in.CITY, signing_in.NATION)
        counted = [many(phone) for phone in upwards]
        assert counted == sorted(set(counted))

    def test_the_map_is_real_and_schools_are_of_all_kinds(self) -> None:
        assert Region.objects.filter(level="province").count() == 34
        assert School.objects.count() > 300
        serve = School.objects.values_list("type__serves", flat=True)
        assert set(serve) == {"basic", "vocational", "higher"}
        assert School.objects.values("county__path").distinct().count() == 12
        for school in School.objects.select_related("county"):
            assert school.code.startswith(school.county.code)
            assert len(school.code) == 10

    def test_every_number_is_whole_behind_its_mask(self) -> None:
        identity = identities.current(account(signing_in.READY).person_id)
        assert identity
        assert identities.masked_number(identity).count("*") == 11

    def test_some_were_sent_back_with_each_reason(self) -> None:
        found = Decision.objects.filter(outcome="rejected").values_list("reason", flat=True)
        assert set(found) == set(Decision.Reason.values)

    def test_teachers_of_vocational_schools_are_verified_and_nowhere_enrolled(self) -> None:
        vocational = Post.objects.filter(school__type__serves=SchoolType.Serves.VOCATIONAL)
        verified = vocational.filter(verifications__decision__outcome="approved")
        assert verified.exists()
        people = vocational.values("person")
        assert not Enrolment.objects.filter(person__in=people).exists()

    def test_students_and_parents_are_among_the_people(self) -> None:
        assert set(Persona.objects.values_list("kind", flat=True)) == set(Persona.Kind.values)

    def test_somebody_has_left_her_school(self) -> None:
        ended = Post.objects.exclude(ended_at=None)
        assert ended.filter(verifications__decision__outcome="approved").exists()

    def test_005_holds_a_certificate_and_asks_for_her_right_name(self) -> None:
        asked = correction_queue.latest(account(signing_in.CORRECTS).person_id)
        assert asked
        assert (asked.identity.name, asked.name) == ("江若兰", "江若岚")
        assert not asked.needs_county
        assert Correction.objects.exclude(proof_sealed=None).filter(pk=asked.pk).exists()
        assert way(signing_in.CORRECTS, seasons.DEMO).state == "issued"

    def test_006_has_left_and_keeps_her_certificate(self) -> None:
        assert not posts.current(account(signing_in.LEFT).person_id).exists()
        assert way(signing_in.LEFT, seasons.DEMO).state == "issued"

    def test_every_moment_lies_in_the_past(self) -> None:
        now = clock.now()
        assert not Verification.objects.filter(requested_at__gt=now).exists()
        assert not Decision.objects.filter(at__gt=now).exists()
        assert not Officer.objects.filter(from_at__gt=now).exists()
        assert not Enrolment.objects.filter(enrolled_at__gt=now).exists()


@pytest.mark.usefixtures("country")
class TestTrainings:
    @pytest.mark.parametrize("slug", [seasons.SUMMER, seasons.SEASON])
    def test_a_season_asks_ten_hours_of_five_courses(self, slug: str) -> None:
        outline = seasons.outline(slug)
        assert [(course.title, course.cap_s // 2700) for course in outline.courses] == [
            ("大力弘扬教育家精神", 2),
            ("数字素养提升", 2),
            ("科学素养提升", 1),
            ("心理健康教育能力提升", 2),
            ("学科教学能力提升", 3),
        ]
        assert outline.rulebook.required_s == 27_000
        assert outline.rulebook.seconds_per_credit_hour == 2_700

    @pytest.mark.parametrize("slug", [seasons.SUMMER, seasons.SEASON])
    def test_every_course_offers_more_than_it_may_count(self, slug: str) -> None:
        for course in seasons.outline(slug).courses:
            assert sum(item.duration_ms for item in course.lessons) // 1000 > course.cap_s
            assert course.required_s == course.cap_s

    def test_the_fifth_course_has_its_parts_as_sections(self) -> None:
        titles = [part.title for part in seasons.outline(seasons.SUMMER).courses[4].sections]
        assert titles == ["学前教育", "实验室安全", "科创劳动", "特殊教育"]

    def test_the_summer_is_the_manual_s_and_over(self) -> None:
        training = seasons.outline(seasons.SUMMER).training
        assert training.title == "2025 年暑期教师研修"
        assert training.opens_at == periods.starts(date(2025, 7, 20))
        assert periods.last_day(training.closes_at) == date(2025, 9, 30)
        assert training.certificates_from == periods.starts(date(2025, 9, 15))
        assert not trainings.is_open(training, clock.now())

    @pytest.mark.parametrize("slug", [seasons.SEASON, seasons.DEMO])
    def test_the_others_are_open_and_give_certificates(self, slug: str) -> None:
        training, now = seasons.outline(slug).training, clock.now()
        assert trainings.is_open(training, now)
        assert trainings.is_open(training, now + timedelta(days=59))
        assert training.certificates_from < now

    def test_seasons_share_recordings_and_never_lessons(self) -> None:
        summer, season = (
            {lesson.recording_id for lesson in _lessons(slug)}
            for slug in (seasons.SUMMER, seasons.SEASON)
        )
        assert summer == season
        assert Lesson.objects.count() > Recording.objects.count()

    def test_the_demo_takes_minutes_and_every_lesson_is_needed(self) -> None:
        outline = seasons.outline(seasons.DEMO)
        lengths = [item.duration_ms for course in outline.courses for item in course.lessons]
        assert sorted(lengths) == [20_000, 30_000, 40_000, 60_000]
        for course in outline.courses:
            whole_s = sum(item.duration_ms // 1000 for item in course.lessons)
            least_s = min(item.duration_ms // 1000 for item in course.lessons)
            assert whole_s - least_s < course.required_s < whole_s

    def test_every_training_but_that_of_questions_has_its_slide(self) -> None:
        slides = [slide.training.slug for slide in trainings.slides("basic")]
        assert slides == ["season", "demo", "2025sqpx"]
        others = [
            slide for branch in ("vocational", "higher") for slide in trainings.slides(branch)
        ]
        assert Training.objects.exclude(slug=seasons.QUESTIONS).count() == len(slides) + len(others)

    def test_certificates_of_the_summer_were_issued_in_their_time_and_verify(self) -> None:
        training = seasons.outline(seasons.SUMMER).training
        issued = Certificate.objects.filter(training_id=training.id)
        assert issued.count() >= 5
        for certificate in issued:
            assert training.certificates_from <= certificate.issued_at < training.closes_at
            answer = verifying.by_token(certificate.token)
            assert answer
            assert answer.number == certificate.number

    def test_somebody_may_still_claim_the_summer_s_certificate(self) -> None:
        outline, now = seasons.outline(seasons.SUMMER), clock.now()
        enrolled = Enrolment.objects.filter(training=outline.training)
        states = [standing.read(each.person_id, outline, at=now).state for each in enrolled]
        assert set(states) == {"issued", "ready", "not_yet", "revoked"}


def _lessons(slug: str) -> list[Lesson]:
    return list(Lesson.objects.filter(section__course__training__slug=slug))
