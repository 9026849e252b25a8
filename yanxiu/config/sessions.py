"""Sign a person in from the command line, for scripts of whoever holds the database."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware import csrf

from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.people import accounts, phones
from yanxiu.training.trail import entries
from yanxiu.web.shared import access


def header(phone: str) -> str:
    """Return `Cookie: …` of a fresh session and its CSRF token; leaves a trail entry.

    Only in the demo does the session count as having proved that it is she, by a second factor too.
    Raises `Misconfigured` where nobody has that number.
    """
    account = accounts.known(phones.normalise(phone))
    if account is None:
        msg = f"nobody is registered with {phone}"
        raise Misconfigured(msg)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if settings.YANXIU_DEMO:
        session[access.SECOND_FACTOR] = session[access.PROVED] = clock.now().isoformat()
    session.create()
    entries.record(
        "session_by_command", subject=("person", account.person_id), by=None, at=clock.now()
    )
    token = csrf._get_new_csrf_string()  # noqa: SLF001 - the only way to make one without a request
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token}
    joined = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return f"Cookie: {joined}\nX-CSRFToken: {token}"
