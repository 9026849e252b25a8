"""Measure the bench of certificates, as the role of jobs."""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db.models import Max
from django.db.models.functions import Length

from yanxiu.foundation import clock
from yanxiu.training.cast import names
from yanxiu.training.certificates import editions, paper, papers, signing
from yanxiu.training.certificates.models import Certificate, Paper
from yanxiu.training.certificates.snapshots import Snapshot

LEAST_A_SECOND, MOST_BYTES = 40, 120 * 1024
SINCE, UNTIL = "2025-07-21T01:00:00+00:00", "2025-09-03T01:00:00+00:00"
COURSES = [
    ["大力弘扬教育家精神", "2.00"],
    ["数字素养提升", "2.00"],
    ["科学素养提升", "1.00"],
    ["心理健康教育能力提升", "2.00"],
    ["学科教学能力提升", "3.00"],
]


def main(many: int) -> None:
    """Print the figure and its reference; exit with 1 where the figure misses what is promised."""
    at = clock.now()
    for number in range(many):
        editions.first(uuid4(), uuid4(), _told(number), prefix="2025SQ", at=at)
    sheets = [papers.facts(each, address="https://yx.test") for each in Certificate.objects.all()]
    with ThreadPoolExecutor(signing.HANDS) as hands:
        list(hands.map(paper.draw, sheets[: signing.HANDS]))
        began = time.perf_counter()
        list(hands.map(paper.draw, sheets))
        alone = many / (time.perf_counter() - began)
    began = time.perf_counter()
    while signing.sign_due(at=at):
        pass
    signed = many / (time.perf_counter() - began)
    largest = Paper.objects.aggregate(most=Max(Length("pdf")))["most"]
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"certificates: {signed:.0f} printed, signed and kept a second, the largest of"
        f" {largest / 1024:.0f} KB, in {used} MB of memory; printed alone {alone:.0f} a second"
        f" (ratio {signed / alone:.2f})"
    )
    if Paper.objects.count() != many or largest > MOST_BYTES or signed < LEAST_A_SECOND:
        sys.exit(1)


def _told(number: int) -> Snapshot:
    who = names.person(number + 1)
    return Snapshot(
        holder_name=who.name,
        document_kind="居民身份证",
        document_number=who.number,
        identity_version=1,
        training_title="2025年暑期教师研修",
        authority="青禾省教育厅",
        school_name=f"青禾县第{number + 1}小学",
        enrolled_at=SINCE,
        completed_at=UNTIL,
        hours="10.00",
        courses=COURSES,
        rulebook_version=1,
        school_path="000000/330000/330100/330106/3301060001",
    )
