"""Show that a prepared question is written once and answers as its queryset does."""

import threading
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, QuerySet, UUIDField, Value
from django.test.utils import CaptureQueriesContext

from yanxiu.foundation import clock, prepared

pytestmark = pytest.mark.django_db

# How often the SQL was written.
written: list[str] = []


@prepared.question(app=str, at=datetime, key=UUID)
def _types(app: str, at: datetime, key: UUID) -> QuerySet[ContentType]:
    written.append(app)
    found = ContentType.objects.filter(app_label=app).order_by("model")
    return found.annotate(
        at=Value(at, output_field=DateTimeField()),
        key=Value(key, output_field=UUIDField()),
        fixed=Value("always"),
    )


def ask(app: str) -> list[ContentType]:
    return _types(app=app, at=clock.now(), key=uuid4())


def test_it_answers_as_its_queryset_does_whatever_is_given() -> None:
    for app in ("auth", "contenttypes", "' OR 1=1 --", ""):
        expected = list(ContentType.objects.filter(app_label=app).order_by("model"))
        assert ask(app) == expected


def test_what_is_given_comes_back_as_it_was_given() -> None:
    for days in range(3):
        at, key = clock.now() + timedelta(days=days), uuid4()
        found = _types(app="contenttypes", at=at, key=key)[0]
        assert (found.at, found.key, found.fixed) == (at, key, "always")  # type: ignore[attr-defined]  # annotated


def test_it_is_written_once_and_read_anew_each_time() -> None:
    ask("auth")
    before = len(written)
    with CaptureQueriesContext(connection) as asked:
        ContentType.objects.create(app_label="fresh", model="one")
        assert [each.model for each in ask("fresh")] == ["one"]
        ContentType.objects.create(app_label="fresh", model="two")
        assert [each.model for each in ask("fresh")] == ["one", "two"]
    assert len(asked) == 4
    assert len(written) == before


def test_each_thread_writes_its_own() -> None:
    ask("auth")
    before = len(written)

    def elsewhere() -> None:
        try:
            ask("auth")
            ask("auth")
        finally:
            connection.close()

    threads = [threading.Thread(target=elsewhere) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == before + 3


def test_a_question_that_leaves_out_what_is_given_is_a_mistake() -> None:
    @prepared.question(app=str, at=datetime)
    def careless(app: str, at: datetime) -> QuerySet[ContentType]:
        del at
        return ContentType.objects.filter(app_label=app)

    with pytest.raises(LookupError, match="at"):
        careless(app="auth", at=clock.now())


def test_a_row_is_inserted_as_saving_it_would() -> None:
    for number in (900_001, 900_002):
        kind = ContentType(id=number, app_label="x%s'", model=f"kind{number}")
        prepared.insert(kind)
        assert ContentType.objects.get(pk=number) == kind
        assert ContentType.objects.get(pk=number).app_label == "x%s'"
        with pytest.raises(IntegrityError), transaction.atomic():
            prepared.insert(kind)
