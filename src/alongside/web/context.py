"""What every page of the house needs to draw its frame. What costs a query is asked only when drawn."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.people.models import Community, Membership
from alongside.web.help_links import help_path_for
from alongside.web.menu import menu_for
from alongside.web.theme import theme_of


def house(request: HttpRequest) -> dict[str, Any]:
    """`community` and `standing` (None outside one), `menu`, `my_communities`, `unread` (a number),
    `is_demo`, `theme` ("light", "dark" or "") and `help_path` (the help page about this page).
    """
    community = getattr(request, "community", None)
    standing = getattr(request, "standing", None)
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "community": community,
        "standing": standing,
        "menu": menu_for(standing, view_name=view_name) if standing else [],
        "my_communities": SimpleLazyObject(lambda: communities_of(request)),
        "unread": SimpleLazyObject(lambda: 0),
        "is_demo": bool(community and community.is_demo),
        "theme": theme_of(request),
        "help_path": help_path_for(view_name),
    }


def communities_of(request: HttpRequest) -> list[Community]:
    """The communities the person of this request belongs to, by name; none for a stranger. One query."""
    if not request.user.is_authenticated:
        return []
    mine = Membership.objects.current().filter(person=request.user).select_related("community")
    return sorted((membership.community for membership in mine), key=lambda community: community.name.casefold())
