"""What this room tells people about votes, in their language. Never how anybody voted, and no receipt."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.follow_up import owner_named
from alongside.decisions.models import Decision, RollEntry
from alongside.decisions.rules.kinds import KINDS
from alongside.decisions.rules.sides import Outcome
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

Words = Callable[[], str]

OPENED = kinds.register("decisions.vote_opened", label=gettext_lazy("When a vote opens in which I have a say"))
RESULT = kinds.register("decisions.result", label=gettext_lazy("When something I could vote on is decided"))


def vote_opened(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll that they can vote, how, and until when; and the owner that they see to it."""
    notices.tell_many(
        letters=[
            notices.Letter(entry.membership.person, partial(_opened_text, decision, entry))
            for entry in _entries(decision)
        ],
        community=decision.community,
        kind=OPENED.name,
        title=lambda: _("A vote is open, and you have a say"),
        link=reverse("decisions:vote", args=[decision.community.slug, decision.pk]),
        at=at,
        by_id=by.pk,
        key=f"vote-opened:{decision.pk}",
    )
    owner_named(decision, at=at, by=by)


def _opened_text(decision: Decision, entry: RollEntry) -> str:
    facts = {
        "title": decision.proposal.title,
        "side": entry.get_side_display(),
        "day": day_text(decision.closes_at),
    }
    lines = [
        _("“%(title)s” is put to the vote. You vote as one of: %(side)s.") % facts,
        decision.version.summary,
        _("You can vote until %(day)s, and change your vote until then.") % facts,
        _("On this site, on paper, or through somebody you let vote for you: it counts the same."),
        _("Nobody sees how you vote.")
        if decision.is_secret
        else _("This is an open vote: everybody sees who said what."),
    ]
    return "\n".join(line for line in lines if line)


def result(decision: Decision, *, at: datetime, by: Person | None) -> None:
    """Tell everybody on a roll, and nobody else, what came out."""
    _tell_all(decision, lambda: _("A vote is counted"), lambda: outcome_text(decision), "result", at=at, by=by)


def outcome_text(decision: Decision) -> str:
    """What came out, in a sentence or two."""
    outcome, kind = Outcome(decision.outcome), KINDS.get(decision.rule)
    if outcome is Outcome.NOT_QUORATE:
        return _("Too few people took part. Things stay as they are.")
    if outcome is Outcome.SPLIT:
        return _("One side agrees and another does not. Nobody is outvoted, and nothing changes.")
    if kind is not None and kind.has_options:
        if outcome is Outcome.PASSED:
            return _("Something is chosen. Look what it is, and what each side said.")
        return _("Nothing is chosen, because nothing was marked.")
    if decision.rule == "double-majority" and outcome is Outcome.NOT_PASSED:
        return _("No side agrees. Things stay as they are.")
    if outcome is Outcome.PASSED:
        return _("Every side agrees: it is adopted.")
    return _("It is not adopted. Things stay as they are.")


def called_off(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll that the vote has ended without a result, and why."""
    _tell_all(
        decision,
        lambda: _("A vote was called off"),
        lambda: _("No vote was counted or kept. The reason: %(why)s") % {"why": decision.called_off_why},
        "called-off",
        at=at,
        by=by,
    )


def _tell_all(decision: Decision, title: Words, text: Words, key: str, *, at: datetime, by: Person | None) -> None:
    notices.tell_many(
        letters=[
            notices.Letter(entry.membership.person, lambda: f"“{decision.proposal.title}”\n{text()}")
            for entry in _entries(decision)
        ],
        community=decision.community,
        kind=RESULT.name,
        title=title,
        link=reverse("decisions:decision", args=[decision.community.slug, decision.pk]),
        at=at,
        by_id=by.pk if by else None,
        key=f"vote-{key}:{decision.pk}",
    )


def _entries(decision: Decision) -> Iterable[RollEntry]:
    """The people on the rolls who still belong."""
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here).select_related("membership__person")
    return entries.order_by("pk")
