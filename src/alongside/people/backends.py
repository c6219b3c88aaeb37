"""How Django tells who somebody is by a printed card, and what counts as trying one account."""

from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter
from axes.utils import reset
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from alongside.kernel.clock import now
from alongside.people.actions import cards
from alongside.people.models import Person


class CardBackend(BaseBackend):
    """Knows people by the code and PIN of their card. Django's other backends keep the session."""

    def authenticate(
        self,
        request: HttpRequest | None,
        card_code: str | None = None,
        card_of: Person | None = None,
        pin: str | None = None,
        **others: Any,
    ) -> Person | None:
        """By the code of a card, or (behind the lock) by whose card it is; the PIN decides."""
        if pin is None:
            return None
        if card_of is not None:
            return card_of if cards.opens_for(card_of, pin=pin, at=now()) else None
        return cards.person_for(code=card_code, pin=pin, at=now()) if card_code else None


def tried_account(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """A mark for the account or card somebody tries to open; it tells neither address nor code."""
    tried = credentials or {}
    if code := tried.get("card_code"):
        return f"card:{cards.code_mark(code)}"
    account = tried.get("card_of") or tried.get("email") or tried.get("username") or ""
    text = str(account.pk) if isinstance(account, Person) else str(account).strip().lower()
    return f"account:{sha256(text.encode()).hexdigest()[:24]}"


def forget_tries(request: HttpRequest, **credentials: Any) -> None:
    """Whoever got in has shown who they are; wrong tries before that count no more."""
    reset(username=tried_account(request, credentials))


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, past the proxies in front of this server; "" when made without a network."""
    return str(get_adapter().get_client_ip(request)) if "REMOTE_ADDR" in request.META else ""
