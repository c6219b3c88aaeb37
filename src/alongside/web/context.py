"""What every page of the house needs to draw its frame. What costs a query is asked only when drawn."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.kernel.clock import now
from alongside.notices.models import Notice
from alongside.people.models import Membership
from alongside.people.permissions import Standing
from alongside.web.help_links import help_path_for
from alongside.web.menu import Item, menu_for
from alongside.web.theme import text_size_of, theme_of


@dataclass(frozen=True)
class CommunityLink:
    """A community of the person, as the switcher shows it."""

    name: str
    url: str
    current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The names that `ui/base.html` reads; `ui/README.md` says what each is for.

    Made once a request, since every template rendered on the way asks for it.
    """
    if not hasattr(request, "house"):
        request.house = _house(request)  # type: ignore[attr-defined]
    frame: dict[str, Any] = request.house  # type: ignore[attr-defined]
    return frame


def _house(request: HttpRequest) -> dict[str, Any]:
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "community": getattr(request, "community", None),
        "communities": SimpleLazyObject(lambda: communities_of(request)),
        "help_url": help_url_for(view_name),
        "handbook_url": reverse("web:help"),
        "account_url": reverse("people:me"),
        "quick_exit_url": reverse("people:away"),
        "theme": theme_of(request),
        "text_size": text_size_of(request),
        **_place(request, view_name),
    }


def _place(request: HttpRequest, view_name: str) -> dict[str, Any]:
    """What depends on where the person stands: home, menu, and whom they act for."""
    standing: Standing | None = getattr(request, "standing", None)
    if standing is None:
        return {"standing": None, "home_url": reverse("web:front")}
    acting = getattr(request, "acting_for", None)
    return {
        "standing": standing,
        "home_url": reverse("web:home", args=[standing.community.slug]),
        "menu": SimpleLazyObject(lambda: _menu(standing, view_name)),
        "acting_for": acting.membership.person.name if acting else "",
        "acting_for_stop_url": reverse("people:acting", args=[standing.community.slug]),
    }


def _menu(standing: Standing, view_name: str) -> list[Item]:
    unread = Notice.objects.of(standing.community).to(standing.person).shown_by(now()).unread()
    return menu_for(standing, view_name=view_name, counts={"notices:list": unread.count})


def help_url_for(view_name: str) -> str:
    """The address of the help about a page; the contents where no page fits better."""
    path = help_path_for(view_name)
    return reverse("web:help_page", args=[path]) if path else reverse("web:help")


def communities_of(request: HttpRequest) -> list[CommunityLink]:
    """The communities the person of this request belongs to, by name; none for a stranger. One query."""
    if not request.user.is_authenticated:
        return []
    mine = Membership.objects.current().filter(person=request.user).select_related("community")
    here = getattr(request, "community", None)
    links = [
        CommunityLink(
            name=membership.community.name,
            url=reverse("web:home", args=[membership.community.slug]),
            current=membership.community == here,
        )
        for membership in mine
    ]
    return sorted(links, key=lambda link: link.name.casefold())
