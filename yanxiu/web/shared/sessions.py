"""Keep sessions so that each knows whose it is, on which device, and when it was last used."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Store
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from yanxiu.foundation import clock, prepared
from yanxiu.training.people import sessions
from yanxiu.training.people.models import Session
from yanxiu.web.shared import access

DEVICE, NETWORK, BEGAN = "device", "network", "began_at"
KEY_LENGTH = 32
_AGENT_MOST = 300


class SessionStore(Store):
    """Write beside the data of a session whose it is, so that its owner finds and ends it."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our own table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of this session with what it tells of itself."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 - the class that we have just named
        row.account_id = data.get(SESSION_KEY)
        row.device, row.network = data.get(DEVICE, ""), data.get(NETWORK, "")
        began = data.get(BEGAN)
        row.began_at = datetime.fromisoformat(began) if began else None
        row.seen_at = self.seen_at = clock.now() if row.account_id else None
        return row

    def cycle_key(self) -> None:
        """Go on under a new key; its row is written once, when the answer is ready."""
        data, before = self._get_session(), self.session_key  # type: ignore[attr-defined]  # Django's own
        self._session_key = None
        self._session_cache = data
        self.modified = True
        self.delete(before)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Write the row in one statement, which needs no transaction around it."""
        must_create = must_create or self.session_key is None
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's own
        row = self.create_model_instance(data)
        try:
            sessions.write(row, is_new=must_create)
        except DatabaseError as error:
            # Without a row to update the session has been ended meanwhile.
            raise error if must_create else UpdateError from error

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session, this one where none is named, in one statement."""
        if key := session_key or self.session_key:
            sessions.delete(key)

    def _get_new_session_key(self) -> str:
        # Nobody has ever met the same 128 bits twice; should she, the insert says so.
        return secrets.token_hex(KEY_LENGTH // 2)

    def _get_session_from_db(self) -> Session | None:
        row = next(iter(_alive(key=self.session_key, now=clock.now())), None)
        self.seen_at = row.seen_at if row else None
        if row is None:
            self._session_key = None
        return row


@prepared.question(key=str, now=datetime)
def _alive(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def begin(request: HttpRequest) -> None:
    """Let the session of somebody who has just come in know from where she comes."""
    request.session[DEVICE] = request.headers.get("User-Agent", "").replace("\0", "")[:_AGENT_MOST]
    request.session[NETWORK] = access.network(request, proxies=settings.YANXIU_PROXIES)
    request.session[BEGAN] = clock.now().isoformat()


def seen(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note every few minutes that a session is in use."""

    def watched(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        session = request.session
        if isinstance(session, SessionStore) and session.seen_at and not session.modified:
            at = clock.now()
            if at - session.seen_at >= sessions.SEEN_EVERY and session.session_key:
                sessions.see(session.session_key, at=at)
        return response

    return watched
