"""What can be set, and where. Other rooms keep their own pages; this is the list of doors to them."""

from collections.abc import Iterable
from dataclasses import dataclass

import rules
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.permissions import Standing

Words = str | Promise


@dataclass(frozen=True)
class Door:
    """A page of settings, shown to people whose standing holds `permission`.

    `in_community`: its address names the community.
    """

    title: Words
    text: Words
    url_name: str
    icon: str
    permission: str = "web.see_settings"
    in_community: bool = True


@dataclass(frozen=True)
class Link:
    title: Words
    text: Words
    url: str
    icon: str


@dataclass(frozen=True)
class Shelf:
    title: Words
    links: list[Link]


MINE: tuple[Door, ...] = (
    Door(
        _("Notices and how to reach you"),
        _("Which channel you like, and which notices you want."),
        "notices:choices",
        "bell",
    ),
)
OURS: tuple[Door, ...] = (
    Door(
        _("About this community"),
        _("Name, place, language, time zone, contact, and how people join."),
        "web:community_settings",
        "house",
        "web.change_community",
    ),
    Door(
        _("What runs by itself"),
        _("When letters went out and the books were checked."),
        "web:runs",
        "history",
        "web.see_runs",
    ),
)


def links_for(standing: Standing) -> list[Shelf]:
    """The doors this person may open: their own settings, then the community's. No query."""
    shelves = [Shelf(_("For you"), _open(MINE, standing)), Shelf(_("For the community"), _open(OURS, standing))]
    return [shelf for shelf in shelves if shelf.links]


def _open(doors: Iterable[Door], standing: Standing) -> list[Link]:
    return [
        Link(door.title, door.text, _url(door, standing), door.icon)
        for door in doors
        if rules.has_perm(door.permission, standing, None)
    ]


def _url(door: Door, standing: Standing) -> str:
    return reverse(door.url_name, args=[standing.community.slug] if door.in_community else [])
