"""The few places the menu of a community leads to. A room adds one line here for each of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import rules
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.permissions import Standing


@dataclass(frozen=True)
class Entry:
    """One line of the menu: shown to people whose standing holds `permission`.

    `home_of` names the url namespace whose every page lights this entry up, when there is one.
    """

    label: str | Promise
    url_name: str
    permission: str
    icon: str
    home_of: str = ""


@dataclass(frozen=True)
class Item:
    """An entry as it stands on one person's page."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int = 0


# Entries that carry a number get it from the page's context, by url name.
Counts = Mapping[str, Callable[[], int]]

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Home"), "web:home", "people.see_noticeboard", "house"),
    Entry(_("Broker desk"), "strengths:desk", "strengths.use_desk", "clipboard-list"),
    Entry(_("Hours"), "timebank:home", "timebank.see_mine", "clock", home_of="timebank"),
    Entry(_("Exchanges"), "strengths:exchanges_waiting", "strengths.arrange_exchange", "handshake"),
    Entry(_("Offers"), "strengths:offers", "strengths.see_listings", "gift"),
    Entry(_("Requests"), "strengths:requests", "strengths.see_listings", "hand-helping"),
    Entry(_("What is on"), "gatherings:home", "gatherings.see", "calendar-days", home_of="gatherings"),
    Entry(_("Decide"), "decisions:home", "decisions.see_proposals", "vote", home_of="decisions"),
    Entry(_("Programs"), "programs:home", "programs.see", "sprout", home_of="programs"),
    Entry(_("My plan"), "wellbeing:plan", "wellbeing.keep_plan", "footprints"),
    Entry(_("Visits"), "wellbeing:visits", "wellbeing.have_visits", "house-heart"),
    Entry(_("Duties"), "rota:home", "rota.see", "calendar-check", home_of="rota"),
    Entry(_("Rewards"), "rewards:mine", "rewards.see_mine", "gift", home_of="rewards"),
    Entry(_("Our rules"), "charter:home", "charter.see", "scroll-text", home_of="charter"),
    Entry(_("People"), "people:members", "people.see_members", "users"),
    Entry(_("Safety"), "safeguarding:home", "safeguarding.see", "shield-check", home_of="safeguarding"),
    Entry(_("Notices"), "notices:list", "notices.read_mine", "bell"),
    Entry(_("To print and to phone"), "notices:by_hand", "notices.carry_by_hand", "phone"),
    Entry(_("Search"), "web:search", "web.search", "search"),
    Entry(_("Settings"), "web:settings", "web.see_settings", "settings"),
)


def menu_for(standing: Standing, *, view_name: str, counts: Counts, entries: Iterable[Entry] = ENTRIES) -> list[Item]:
    """The entries this person may follow; only `counts` may ask the database, each at most once."""
    return [
        Item(
            label=entry.label,
            url=reverse(entry.url_name, args=[standing.community.slug]),
            icon=entry.icon,
            current=_is_current(entry, view_name),
            count=counts[entry.url_name]() if entry.url_name in counts else 0,
        )
        for entry in entries
        if rules.has_perm(entry.permission, standing, None)
    ]


def _is_current(entry: Entry, view_name: str) -> bool:
    if entry.home_of:
        return view_name.startswith(f"{entry.home_of}:")
    return view_name == entry.url_name
