"""A device that locks itself after quiet minutes, and pages that ask again who you are.

The moment of the last request lives in a signed cookie of the browser, bound to the session and
renewed on the way out: reading a page writes nothing. While a device is locked its person counts as
a stranger everywhere; only the page that asks again knows whom to ask (`request.locked_person`).
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from alongside.people.models import Person

COOKIE = "last_seen"
SALT = "people.locking"
SHARED_MINUTES = 10
OWN_MINUTES = 4 * 60
# What changes how one signs in asks again after so long.
RECENT = timedelta(minutes=15)
# The cookie is renewed at most this often.
RENEWED_AFTER = timedelta(seconds=20)

_MINUTES, _SIGNED_IN_AT, _SHARED, _LOCKED = "lock_minutes", "signed_in_at", "shared_device", "locked"
_BY_CARD = "by_card"


def start(request: HttpRequest, *, shared: bool, at: datetime, by_card: bool = False) -> None:
    """Set the lock of a session that has just begun."""
    request.session[_BY_CARD] = by_card
    request.session[_MINUTES] = SHARED_MINUTES if shared else OWN_MINUTES
    request.session[_SIGNED_IN_AT] = at.timestamp()
    request.session[_SHARED] = shared
    request.session.pop(_LOCKED, None)
    request.locked_person = None  # type: ignore[attr-defined]
    request.seen_now = True  # type: ignore[attr-defined]


def set_minutes(request: HttpRequest, minutes: int) -> None:
    request.session[_MINUTES] = minutes
    request.seen_now = True  # type: ignore[attr-defined]


def minutes_of(request: HttpRequest) -> int:
    """Quiet minutes after which this device locks; 0 when it does not."""
    return int(request.session.get(_MINUTES, 0))


def by_card_since(request: HttpRequest) -> datetime | None:
    """When a card began this session; None when something else did."""
    if not request.session.get(_BY_CARD):
        return None
    return datetime.fromtimestamp(float(request.session[_SIGNED_IN_AT]), tz=UTC)


def is_shared(request: HttpRequest) -> bool:
    return bool(request.session.get(_SHARED, False))


def signed_in_recently(request: HttpRequest, at: datetime) -> bool:
    """True within a quarter of an hour after somebody showed who they are on this device."""
    return at.timestamp() - float(request.session.get(_SIGNED_IN_AT, 0)) < RECENT.total_seconds()


def person_of(request: HttpRequest) -> Person | None:
    """Whoever is signed in here, also behind the lock."""
    if request.user.is_authenticated:
        return request.user
    return getattr(request, "locked_person", None)


def lock(request: HttpRequest) -> None:
    """Lock this device at once."""
    request.session[_LOCKED] = True


def is_locked(request: HttpRequest, at: datetime) -> bool:
    """True when this session was locked, or nobody has used it for its quiet minutes."""
    if request.session.get(_LOCKED):
        return True
    minutes = minutes_of(request)
    if not minutes:
        return False
    seen = _seen_at(request)
    return seen is None or at.timestamp() - seen > minutes * 60


def _seen_at(request: HttpRequest) -> float | None:
    """When this session was last used, by the cookie; None without an honest one."""
    try:
        mark, seen = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return float(seen) if mark == _key_mark(request) else None


def remember(request: HttpRequest, response: HttpResponse, at: datetime) -> None:
    """Write the moment into the browser's cookie, at most every twenty seconds."""
    seen = _seen_at(request)
    fresh = seen is not None and at.timestamp() - seen < RENEWED_AFTER.total_seconds()
    if fresh and not getattr(request, "seen_now", False):
        return
    response.set_cookie(
        COOKIE,
        signing.dumps([_key_mark(request), at.timestamp()], salt=SALT),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _key_mark(request: HttpRequest) -> str:
    """Tells sessions apart without carrying the session's key."""
    return signing.Signer(salt=SALT).signature(request.session.session_key or "")[:20]


def locked_person_of(request: HttpRequest) -> Person | None:
    """Whose device this is while it is locked."""
    return getattr(request, "locked_person", None)
