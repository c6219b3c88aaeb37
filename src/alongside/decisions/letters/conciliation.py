"""What this room tells people about conciliations, in their language."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import (
    Conciliation,
    ConciliationMessage,
    Conciliator,
    Decision,
    RollEntry,
    Version,
)
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

CONCILIATION = kinds.register(
    "decisions.conciliation", label=gettext_lazy("When the sides differ and look for a new version")
)
MESSAGE = kinds.register("decisions.among_them", label=gettext_lazy("When somebody writes in a conciliation I sit in"))


def volunteers_wanted(begun: Conciliation, *, at: datetime) -> None:
    """Tell everybody on the rolls that people of each side are looked for, and until when."""

    def body() -> str:
        facts = {"title": begun.proposal.title, "seats": begun.seats, "day": day_text(begun.calls_until)}
        return "\n".join(
            [
                _("The sides differ about “%(title)s”. Now they look for a new version together.") % facts,
                _("Seats for each side, at most: %(seats)s. Would you sit for yours?") % facts,
                _("You can volunteer until %(day)s. If more do than there are seats, a lot is drawn.") % facts,
            ]
        )

    people = _on_the_rolls(begun.decision)
    _tell(begun, people, lambda: _("Would you look for a new version?"), body, key="volunteers", at=at)


def seated(conciliation: Conciliation, seat: Conciliator, *, at: datetime) -> None:
    """Tell somebody that they sit, what they may do, and until when."""

    def body() -> str:
        facts = {"title": conciliation.proposal.title, "day": day_text(conciliation.ends_on)}
        return "\n".join(
            [
                _("You sit for your side and look for a new version of “%(title)s”.") % facts,
                _("You write it together. It is put forward when somebody of each side agrees to it."),
                _("You have until %(day)s. You may step back at any time.") % facts,
            ]
        )

    _tell(conciliation, [seat.membership.person], lambda: _("You have a seat"), body, key="seated", at=at)


def message(said: ConciliationMessage, *, speaker: Person, at: datetime) -> None:
    """Tell the others who sit that there is something to read."""
    round_ = said.conciliation

    def body() -> str:
        facts = {"name": said.membership.person, "title": round_.proposal.title, "words": said.text}
        return _("%(name)s writes about “%(title)s”: %(words)s") % facts

    seats = Conciliator.objects.of_round(round_).seated().with_people()
    _tell(
        round_,
        [seat.membership.person for seat in seats if seat.membership.person != speaker],
        lambda: _("A word among you who look for a new version"),
        body,
        key=f"message:{said.pk}",
        at=at,
        kind=MESSAGE.name,
        by=speaker,
    )


def found(conciliation: Conciliation, version: Version, *, at: datetime) -> None:
    """Tell everybody on the rolls that there is a new version, and that they vote again."""

    def body() -> str:
        facts = {"title": conciliation.proposal.title, "number": version.number}
        lines = [
            _("People from each side agree on a new version of “%(title)s”. It is version %(number)s.") % facts,
            version.summary,
            _("You can read it and speak about it. Then there is another vote."),
        ]
        return "\n".join(line for line in lines if line)

    people = _on_the_rolls(conciliation.decision)
    _tell(conciliation, people, lambda: _("There is a new version"), body, key="found", at=at)


def nothing_found(conciliation: Conciliation, *, at: datetime) -> None:
    """Tell everybody on the rolls that it ended without a new version, why, and that things stay as they are."""

    def body() -> str:
        stopped = conciliation.ending == Conciliation.Ending.AGREED_TO_STOP
        agreed, late = _("People from each side agreed to stop."), _("The time for a new version is over.")
        return f"“{conciliation.proposal.title}”\n{agreed if stopped else late}\n{_('Things stay as they are.')}"

    people = _on_the_rolls(conciliation.decision)
    _tell(conciliation, people, lambda: _("No new version was found"), body, key="nothing-found", at=at)


def no_more_rounds(decision: Decision, *, at: datetime) -> None:
    """Tell everybody on the rolls that this was the last of the votes: things stay as they are."""

    def body() -> str:
        told = _("The sides have looked for a new version twice, and still differ. Things stay as they are.")
        return f"“{decision.proposal.title}”\n{told}"

    notices.tell_many(
        letters=[notices.Letter(person, body) for person in _on_the_rolls(decision)],
        community=decision.community,
        kind=CONCILIATION.name,
        title=lambda: _("The sides still differ"),
        link=reverse("decisions:decision", args=[decision.community.slug, decision.pk]),
        at=at,
        key=f"no-more-rounds:{decision.pk}",
    )


def _on_the_rolls(decision: Decision) -> Iterable[Person]:
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here).select_related("membership__person")
    return [entry.membership.person for entry in entries.order_by("pk")]


def _tell(
    conciliation: Conciliation,
    people: Iterable[Person],
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    key: str,
    at: datetime,
    kind: str = CONCILIATION.name,
    by: Person | None = None,
) -> None:
    notices.tell_many(
        letters=[notices.Letter(person, body) for person in people],
        community=conciliation.community,
        kind=kind,
        title=title,
        link=reverse("decisions:conciliation", args=[conciliation.community.slug, conciliation.decision_id]),
        at=at,
        by_id=by.pk if by else None,
        key=f"conciliation:{conciliation.pk}:{key}",
    )
