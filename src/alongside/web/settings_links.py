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

    `in_community`: its address names the community. `of_member`: and the person's membership.
    """

    title: Words
    text: Words
    url_name: str
    icon: str
    permission: str = "web.see_settings"
    in_community: bool = True
    of_member: bool = False


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
    Door(_("Your details"), _("Name, phone, address, language."), "people:details", "id-card", in_community=False),
    Door(
        _("You in this community"),
        _("Your part of town, who may see how to reach you, and leaving."),
        "people:my_place",
        "map-pin",
        "people.see_noticeboard",
    ),
    Door(
        _("What you can share"),
        _("Your strengths, what you would like to learn, what matters to you."),
        "strengths:mine",
        "sparkles",
        "strengths.post_listing",
    ),
    Door(
        _("Notices and how to reach you"),
        _("Which channel you like, and which notices you want."),
        "notices:choices",
        "bell",
        "notices.choose_mine",
    ),
    Door(
        _("Signing in"),
        _("Codes, passkeys, printed cards, and locking this device."),
        "people:signing_in",
        "key-round",
        in_community=False,
    ),
    Door(
        _("Consent"),
        _("What you have agreed to. You may take any of it back."),
        "people:consents",
        "clipboard-check",
        of_member=True,
    ),
    Door(
        _("People who may act for you"),
        _("Name a carer or an advocate, see what they did, end it."),
        "people:helpers",
        "heart-handshake",
        of_member=True,
    ),
    Door(
        _("Everything of yours"),
        _("Take it along as a file, or be erased."),
        "people:me",
        "download",
        in_community=False,
    ),
    Door(
        _("Your communities"),
        _("Go to another one, find one, or set one up."),
        "web:communities",
        "house",
        in_community=False,
    ),
)
OURS: tuple[Door, ...] = (
    Door(
        _("Invitations"),
        _("Links and printed cards that let people in."),
        "people:invitations",
        "mail",
        "people.invite",
    ),
    Door(
        _("About this community"),
        _("Name, place, language, time zone, contact, and how people join."),
        "web:community_settings",
        "house",
        "web.change_community",
    ),
    Door(
        _("Our rules"),
        _("How far below zero, when exchanges confirm themselves, kinds of help, how we talk. Both sides decide."),
        "charter:home",
        "scroll-text",
        "charter.see",
    ),
    Door(
        _("Moving in"),
        _("Bring members and hours from TimeOverflow."),
        "interop:moving_in",
        "upload",
        "interop.move_in",
    ),
    Door(
        _("Lists to take out"),
        _("Every list as a spreadsheet."),
        "interop:lists",
        "file-spreadsheet",
        "interop.take_lists",
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
    slug, membership_id = standing.community.slug, standing.membership.pk
    args = [slug, membership_id] if door.of_member else [slug] if door.in_community else []
    return reverse(door.url_name, args=args)
