"""What the noticeboard says to people who keep a community or answer for it: a desk, and the sums."""

from datetime import date, datetime

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.hours import format_hours
from alongside.notices.models import Delivery
from alongside.people.models import JoinRequest
from alongside.people.permissions import Standing, keeps_the_books
from alongside.strengths import worklist
from alongside.timebank.ledger.books import people_reached
from alongside.timebank.models import MonthTotal
from alongside.timebank.rules import FEWEST_SHOWN
from alongside.timebank.showing.glance import HELPING
from alongside.timebank.showing.periods import month_after
from alongside.web.noticeboard.lines import Deed, Tile

# Below this, parts of an hour matter to people; above it they only make the number hard to read.
FEW_MINUTES = 100 * 60


def deeds(standing: Standing, *, members: int) -> list[Deed]:
    """What a coordinator does most often; whoever is here alone, of so many members, lets people in first."""
    slug = standing.community.slug
    add = Deed(_("Add a person"), reverse("people:add_person", args=[slug]), "user-plus")
    if members == 1:
        return [add, Deed(_("Invite people"), reverse("people:invitations", args=[slug]), "mail")]
    return [Deed(_("Record an exchange"), reverse("strengths:desk", args=[slug]), "clipboard-list"), add]


def looking(standing: Standing) -> list[Deed]:
    """What somebody does who looks at sums."""
    return [Deed(_("See the books"), reverse("timebank:books", args=[standing.community.slug]), "book-open")]


def desk(standing: Standing, at: datetime) -> list[Tile]:
    """What waits for a coordinator, counted."""
    community, slug = standing.community, standing.community.slug
    waiting = worklist.length_of_queue(community, at=at)
    asking = JoinRequest.objects.of(community).waiting().count()
    by_hand = Delivery.objects.of(community).by_hand(at=at)
    carried = by_hand.aggregate(notices=Count("pk"), people=Count("notice__person", distinct=True))
    # In the queue a person is one piece of work, however many notices wait for them.
    reached = ngettext("for %(people)d person", "for %(people)d people", carried["people"]) % carried
    to_carry = reverse("notices:by_hand", args=[slug])
    return [
        _tile(_("Things that need a person"), waiting, reverse("strengths:queue", args=[slug]), "list-checks"),
        _tile(
            _("People asking to join"),
            asking,
            reverse("people:join_requests", args=[slug]),
            "door-open",
            _("among them"),
        ),
        _tile(_("Notices to phone, print or say"), carried["notices"], to_carry, "phone", reached),
    ]


def books(standing: Standing, at: datetime, *, members: int) -> list[Tile]:
    """Sums of the last twelve months: no names, and nothing that could be traced to one person.

    For who only looks they are of this year, as in the books: two stretches that share all months but
    one would give away the one.
    """
    community = standing.community
    url = reverse("timebank:books", args=[community.slug])
    until = community.day_of(at)
    keeps = keeps_the_books(standing)
    since = month_after(until.replace(day=1), -11) if keeps else date(until.year, 1, 1)
    exchanged = MonthTotal.objects.of(community).filter(month__gte=since, kind__in=HELPING)
    minutes = exchanged.aggregate(total=Sum("minutes"))["total"] or 0
    reached = people_reached(community, since=since, until=until)
    year = _("in the last twelve months") if keeps else _("this year")
    hidden = _("fewer than 5") if 0 < reached < FEWEST_SHOWN and not keeps else ""
    return [
        Tile(_("Hours exchanged"), "*" if hidden else _many_hours(minutes), url, "clock", year),
        Tile(_("People who took part"), hidden or str(reached), url, "users", year),
        Tile(_("People who belong"), str(members), url, "heart-handshake", _("today")),
    ]


def _many_hours(minutes: int) -> str:
    if not minutes:
        return "0"
    return format_hours(minutes) if minutes < FEW_MINUTES else number_format(round(minutes / 60), force_grouping=True)


def _tile(label: str, count: int, url: str, icon: str, note: str = "") -> Tile:
    return Tile(label=label, value=str(count), url=url, icon=icon, note=note if count else "", quiet=count == 0)
