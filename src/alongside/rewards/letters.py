"""What this room tells people: what became of something they earned, and why."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.rewards.models import Draw, Entitlement
from alongside.ui.words import day_text

MINE = kinds.register("rewards.mine", label=gettext_lazy("When something changes in my rewards"))
DRAWS = kinds.register("rewards.draws", label=gettext_lazy("When a draw opens where I take part"))
_TITLES = {
    "issued": gettext_lazy("Something is ready for you"),
    "waiting": gettext_lazy("You are on a waiting list"),
    "void": gettext_lazy("Something you had was withdrawn"),
}


def about(row: Entitlement, *, at: datetime) -> None:
    """Tell whose it is that it is ready, waits, or was withdrawn; each once."""
    words = _WORDS.get(row.state)
    if words is None:
        return
    community, state, name = row.community, row.state, row.reward.name
    last_day = row.expires_on

    def body() -> str:
        told = words(name)
        until = _("Use it by %(day)s.") % {"day": day_text(last_day)} if last_day and state == "issued" else ""
        return f"{told} {until}".strip()

    notices.tell(
        person=row.membership.person,
        community=community,
        kind=MINE.name,
        title=_TITLES[state],
        body=body,
        link=reverse("rewards:mine", args=[community.slug]),
        key=f"reward:{row.pk}:{state}:{at:%Y%m%d%H%M%S}",
        at=at,
    )


def draw_is_open(draw: Draw, people: Iterable[Person], *, by: Person, at: datetime) -> int:
    """Tell each of these once that a draw is open, and until when; whoever announced it knows."""
    name, program = draw.reward.name, draw.reward.program.title
    # A list that closes at midnight is open until the end of the day before.
    until = draw.community.day_of(draw.closes_at - timedelta(microseconds=1))

    def body() -> str:
        told = {"name": name, "program": program, "until": day_text(until)}
        return _("“%(name)s” is drawn in “%(program)s”. You can take part until %(until)s. Nobody has to.") % told

    return notices.tell_many(
        letters=[notices.Letter(person, body) for person in people if person.pk != by.pk],
        community=draw.community,
        kind=DRAWS.name,
        title=lambda: _("A draw is open"),
        link=reverse("rewards:draw", args=[draw.community.slug, draw.pk]),
        key=f"draw:{draw.pk}:open",
        by_id=by.pk,
        at=at,
    )


_WORDS: dict[str, Callable[[str], str]] = {
    Entitlement.State.ISSUED: lambda name: _("“%(name)s” is yours. Thank you for your time.") % {"name": name},
    Entitlement.State.WAITING: lambda name: (
        _("You earned “%(name)s”. All are taken, so you are in line for the next one.") % {"name": name}
    ),
    Entitlement.State.VOID: lambda name: (
        _("The time behind “%(name)s” was put right, and is less than it takes. Ask a coordinator if that is wrong.")
        % {"name": name}
    ),
}
