"""What waits for one person after a vote: in conciliation, and until the loop is closed."""

from collections.abc import Iterator
from datetime import timedelta

import rules
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.models import (
    Author,
    Conciliation,
    Conciliator,
    Contribution,
    Decision,
    ProgressNote,
    Proposal,
    Rating,
    RollEntry,
    Scrutineer,
)
from alongside.decisions.need import Asked, Need, asked_of, first_waiting, kind
from alongside.decisions.rules.sides import Outcome
from alongside.kernel import clock
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing
from alongside.ui.words import day_text

# So long people are asked on the noticeboard what came of a decision.
ASKED_FOR = timedelta(days=30)
# So many are named where several things are told as one.
MOST_NAMED = 3
_OF_A_DECISION = ("due_on", "rule", "proposal__title")
_OF_A_CONCILIATION = ("decision", "ends_on", "calls_until", "proposal__title")


def after_votes(standing: Standing) -> Iterator[Need]:
    """What waits for a person once votes are counted, what presses most first."""
    yield from seats(standing)
    yield from calls(standing)
    yield from next_votes(standing)
    yield from to_see_to(standing)
    yield from answers(standing)
    yield from ratings(standing)
    yield from ownerless(standing)
    yield from unwatched(standing)


@kind
def _seats(asked: Asked) -> CommunityQuerySet:
    mine = Conciliator.objects.of(asked.community).seated().filter(membership=asked.membership)
    sitting = Conciliation.objects.of(asked.community).filter(state=Conciliation.State.SITTING)
    return sitting.filter(pk__in=mine.values("conciliation")).order_by("ends_on", "id")


def seats(standing: Standing) -> Iterator[Need]:
    """Conciliations in which this person sits."""
    for one in first_waiting(standing, _seats, *_OF_A_CONCILIATION):
        yield _need(
            standing,
            one,
            _("Look for a new version of “%(title)s”"),
            _("You have a seat. Last day: %(day)s."),
            "handshake",
            _("Go there"),
        )


@kind
def _calls(asked: Asked) -> CommunityQuerySet:
    mine = {"community": OuterRef("community"), "membership": asked.membership}
    on_roll = RollEntry.objects.filter(decision=OuterRef("decision"), **mine)
    willing = Conciliator.objects.filter(conciliation=OuterRef("pk"), **mine)
    found = Conciliation.objects.of(asked.community).calling().filter(Exists(on_roll)).exclude(Exists(willing))
    return found.order_by("calls_until", "id")


def calls(standing: Standing) -> Iterator[Need]:
    """Conciliations for which this person could volunteer and has not."""
    for one in first_waiting(standing, _calls, *_OF_A_CONCILIATION):
        yield _need(
            standing,
            one,
            _("The sides differ about “%(title)s”"),
            _("Would you look for a new version, for your side? You can volunteer until %(call)s."),
            "hand",
            _("See what it is"),
        )


@kind
def _next_votes(asked: Asked) -> CommunityQuerySet:
    later = Decision.objects.filter(
        proposal=OuterRef("proposal"), community=OuterRef("community"), opens_at__gte=OuterRef("ended_at")
    )
    found = Conciliation.objects.of(asked.community).filter(ending=Conciliation.Ending.NEW_VERSION)
    found = found.filter(proposal__state=Proposal.State.TALKED_OVER).exclude(Exists(later))
    return found.order_by(F("ended_at"), "id")


def next_votes(standing: Standing) -> Iterator[Need]:
    """For those who run votes: new versions from a conciliation that have not been put to the vote."""
    if not rules.has_perm("decisions.run_votes", standing, None):
        return
    for one in first_waiting(standing, _next_votes, *_OF_A_CONCILIATION):
        yield _need(
            standing,
            one,
            _("“%(title)s” has a new version from both sides"),
            _("Let people read it. Then open the next vote."),
            "scale",
            _("Go there"),
        )


def _owned(asked: Asked) -> CommunityQuerySet:
    return Decision.objects.of(asked.community).filter(outcome=Outcome.PASSED, owner=asked.membership)


@kind
def _to_see_to(asked: Asked) -> CommunityQuerySet:
    return _owned(asked).exclude(_noted("done")).order_by(F("due_on").asc(nulls_last=True), "id")


@kind
def _to_look_at(asked: Asked) -> CommunityQuerySet:
    return _owned(asked).filter(review_on__lte=asked.today).exclude(_noted("looked_at")).order_by("review_on")


def to_see_to(standing: Standing) -> Iterator[Need]:
    """What was adopted and this person sees to, until it is done; and what it is time to look at again."""
    today = clock.today()
    for one in first_waiting(standing, _to_see_to, *_OF_A_DECISION):
        late = one.due_on is not None and one.due_on <= today
        if one.due_on is None:
            text = _("Write now and then how far it is.")
        else:
            text = _("It was to be done by %(day)s.") if late else _("It is to be done by %(day)s.")
        yield _of_decision(standing, one, _("You see to “%(title)s”"), text, "calendar-check", _("Write how far it is"))
    for one in first_waiting(standing, _to_look_at, *_OF_A_DECISION):
        yield _of_decision(
            standing,
            one,
            _("Look at “%(title)s” again"),
            _("See what people say of it, and write down what follows."),
            "eye",
            _("Look at it"),
        )


@kind
def _answers(asked: Asked) -> CommunityQuerySet:
    authored = Author.objects.of(asked.community).filter(membership=asked.membership).values("proposal")
    waits = Contribution.objects.shown().filter(
        proposal=OuterRef("proposal"), community=OuterRef("community"), status=Contribution.Status.OPEN,
        reply_to=None, words_erased_at=None,
    )  # fmt: skip
    closed = Decision.objects.of(asked.community).closed().filter(proposal__state=Proposal.State.DECIDED)
    mine = closed.filter(Q(owner=asked.membership) | Q(proposal__in=authored)).filter(Exists(waits))
    return mine.newest_first()


def answers(standing: Standing) -> Iterator[Need]:
    """What people said about proposals that are decided, and that nobody has answered: for owners and authors."""
    seen = set()
    for one in first_waiting(standing, _answers, *_OF_A_DECISION):
        if one.proposal_id not in seen:
            seen.add(one.proposal_id)
            yield _of_decision(
                standing,
                one,
                _("Answers are due about “%(title)s”"),
                _("You said, we did. Or we did not, because: nothing people said is left without a word."),
                "message-circle",
                _("Answer"),
                page="decisions:unanswered",
            )


@kind
def _to_rate(asked: Asked) -> CommunityQuerySet:
    mine = {"decision": OuterRef("pk"), "community": OuterRef("community"), "membership": asked.membership}
    due = Decision.objects.of(asked.community).filter(outcome=Outcome.PASSED)
    due = due.filter(review_on__lte=asked.today, review_on__gt=asked.today - ASKED_FOR)
    due = due.filter(Exists(RollEntry.objects.filter(**mine))).exclude(Exists(Rating.objects.filter(**mine)))
    return due.order_by("review_on", "id")


def ratings(standing: Standing) -> Iterator[Need]:
    """What was adopted a while ago and this person could say something about now."""
    for one in first_waiting(standing, _to_rate, *_OF_A_DECISION):
        yield _of_decision(
            standing,
            one,
            _("What came of “%(title)s”?"),
            _("Does it help you, does it worry you, or are you not sure?"),
            "message-square",
            _("Say so"),
        )


@kind
def _ownerless(asked: Asked) -> CommunityQuerySet:
    found = Decision.objects.of(asked.community).filter(outcome=Outcome.PASSED, owner=None)
    return found.exclude(_noted("done")).newest_first()


def ownerless(standing: Standing) -> Iterator[Need]:
    """For those who run votes: what was adopted, is not done, and nobody sees to; several are told as one."""
    if not rules.has_perm("decisions.run_votes", standing, None):
        return
    first = first_waiting(standing, _ownerless, *_OF_A_DECISION, most=MOST_NAMED)
    if len(first) > 1:
        yield Need(
            title=_("Nobody sees to %(count)s decisions") % {"count": _ownerless(asked_of(standing)).count()},
            text=", ".join(str(one.proposal) for one in first),
            url=reverse("decisions:desk", args=[standing.community.slug]),
            icon="user-check",
            action=_("Look at them"),
        )
        return
    for one in first:
        yield _of_decision(
            standing,
            one,
            _("Nobody sees to “%(title)s”"),
            _("It was adopted. Ask somebody on the rolls to see to it."),
            "user-check",
            _("Name somebody"),
            page="decisions:name_owner",
        )


@kind
def _unwatched(asked: Asked) -> CommunityQuerySet:
    gone = Scrutineer.objects.filter(
        decision=OuterRef("pk"), community=OuterRef("community"), membership__left_at__isnull=False
    )
    return Decision.objects.of(asked.community).open().filter(Exists(gone))


def unwatched(standing: Standing) -> Iterator[Need]:
    """For those who run votes: open votes of which a scrutineer has left."""
    if not rules.has_perm("decisions.run_votes", standing, None):
        return
    for one in first_waiting(standing, _unwatched, *_OF_A_DECISION):
        yield _of_decision(
            standing,
            one,
            _("“%(title)s”: somebody who looks over the count has left")
            if one.has_ballots
            else _("“%(title)s”: somebody who facilitates has left"),
            _("Name somebody else of the same side."),
            "eye",
            _("Name somebody"),
            page="decisions:scrutineers",
        )


def _noted(step: str) -> Exists:
    notes = ProgressNote.objects.filter(decision=OuterRef("pk"), community=OuterRef("community"), step=step)
    return Exists(notes)


def _of_decision(
    standing: Standing,
    one: Decision,
    title: str,
    text: str,
    icon: str,
    action: str,
    *,
    page: str = "decisions:decision",
) -> Need:
    facts = {"title": one.proposal.title, "day": day_text(one.due_on) if one.due_on else ""}
    return Need(
        title=title % facts,
        text=text % facts,
        url=reverse(page, args=[standing.community.slug, one.pk]),
        icon=icon,
        action=action,
    )


def _need(standing: Standing, one: Conciliation, title: str, text: str, icon: str, action: str) -> Need:
    facts = {"title": one.proposal.title, "day": day_text(one.ends_on), "call": day_text(one.calls_until)}
    return Need(
        title=title % facts,
        text=text % facts,
        url=reverse("decisions:conciliation", args=[standing.community.slug, one.decision_id]),
        icon=icon,
        action=action,
    )
