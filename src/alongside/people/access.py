"""Guards at the door: every view says who may enter, and who was turned away is written down.

@needs("timebank.see_books")        # a permission of a person in the community of the address
@signed_in                          # anyone with a name here
@public                             # a stranger too
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import rules
from allauth.account.models import EmailAddress
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.people import locking
from alongside.people.acting import ActingFor
from alongside.people.models import Community, Membership, Person
from alongside.people.permissions import Standing

refusals = logging.getLogger("alongside.refusals")

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    user: Person
    htmx: HtmxDetails


class MemberRequest(SignedInRequest):
    """A request that has passed `needs`: a person with a standing in the community of the address."""

    community: Community
    membership: Membership
    standing: Standing
    acting_for: ActingFor | None


class Actor(NamedTuple):
    """Who does something, for whom (None: for themself), and how the word reached us."""

    by: Person
    on_behalf_of: Person | None
    channel: Channel


def public(view: View) -> View:
    """Anybody may enter. Says so for the permission table."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone signed in may enter; strangers are sent to the sign-in page and come back after."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.permission = "signed_in"  # type: ignore[attr-defined]
    return guarded


def recently_signed_in(view: View) -> View:
    """For what cannot be taken back: asks again who one is when that is a while ago.

    Whoever prints a card knows its PIN. So a card is not enough once a person can show by e-mail
    that it is them.
    """

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by_card_alone = locking.by_card_since(request) is not None and has_proved_email(request.user)
        if locking.signed_in_recently(request, now()) and not by_card_alone:
            return view(request, *args, **kwargs)
        status = 200 if request.method == "GET" else 401
        context = {"next": request.path, "by_card_alone": by_card_alone}
        return render(request, "people/signin_first.html", context, status=status)

    return signed_in(guarded)


def has_proved_email(person: Person) -> bool:
    """Has the person shown that the address they have now is theirs?"""
    proved = EmailAddress.objects.filter(user=person, verified=True, email__iexact=person.email or "")
    return bool(proved.exists())


def needs(permission: str) -> Callable[[View], View]:
    """Only people of the community in the address who have `permission` may enter.

    Strangers are sent to sign in. People of other communities get "not found", as for a
    community that does not exist; members without the permission get a kind refusal (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.standing is None:
                note_refusal(request, permission)
                raise Http404
            require(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def may(request: MemberRequest, permission: str, thing: Any = None) -> bool:
    """Does the person of this request have `permission` (for `thing`, where it concerns one)?"""
    return bool(rules.has_perm(permission, request.standing, thing))


def require(request: MemberRequest, permission: str, thing: Any = None) -> None:
    """Raise PermissionDenied, and write the refusal down, unless `may` says yes."""
    if not may(request, permission, thing):
        note_refusal(request, permission)
        raise PermissionDenied


def note_refusal(request: HttpRequest, permission: str) -> None:
    """Log who was turned away from where, by ids alone."""
    match = request.resolver_match
    refusals.warning(
        "refused %s at %s to %s",
        permission,
        match.view_name if match else "?",
        getattr(request.user, "pk", None),
    )


def actor(request: MemberRequest, ability: str) -> Actor:
    """The `by`, `on_behalf_of` and `channel` of a write; call it in every view that offers one.

    Acting for somebody takes `ability` (see `people.abilities`); without it, and for people under
    18 who act alone, this raises PermissionDenied and the refusal is written down.
    """
    acting = request.acting_for
    if acting is None:
        if not request.standing.person.acts_alone(today()):
            note_refusal(request, ability)
            raise PermissionDenied
        return Actor(request.user, None, Channel.WEB)
    if ability not in acting.abilities:
        note_refusal(request, ability)
        raise PermissionDenied
    return Actor(request.user, acting.membership.person, acting.channel)


def subject(request: MemberRequest) -> Membership:
    """Whose page this is: the member one acts for, else one's own membership."""
    return request.acting_for.membership if request.acting_for else request.membership
