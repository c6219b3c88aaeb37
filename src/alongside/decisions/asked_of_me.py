"""What waits for one person in advice processes: advice to give, to answer, a plan to publish, a word to say."""

from collections.abc import Iterator

import rules
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.decisions import actions
from alongside.decisions.models import Advice, AdviceAsked, AdvicePlan, Decider, Decision
from alongside.decisions.need import SHOWN, Asked, Need, asked_of, first_waiting, kind, may_wait
from alongside.kernel import clock
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing
from alongside.ui.words import day_text

_ONLY_THE_PLAN = {"advice.not_published"}


def asked_of_me(standing: Standing) -> Iterator[Need]:
    """Advice asked for by name, what who decides has to do, and, for coordinators, seats that are empty."""
    yield from to_advise(standing)
    yield from to_decide(standing)
    yield from nobody_decides(standing)


@kind
def _to_advise(asked: Asked) -> CommunityQuerySet:
    spoke = Advice.objects.filter(
        decision=OuterRef("decision"), community=OuterRef("community"), membership=asked.membership
    )
    published = AdvicePlan.objects.filter(
        decision=OuterRef("decision"), community=OuterRef("community"), published_at__isnull=False
    )
    mine = AdviceAsked.objects.of(asked.community).filter(membership=asked.membership)
    mine = mine.filter(decision__state=Decision.State.OPEN, decision__closes_at__gt=asked.at)
    return mine.exclude(Exists(spoke)).exclude(Exists(published)).order_by("at", "id")


def to_advise(standing: Standing) -> Iterator[Need]:
    """This person's advice is asked for, and they have not given it."""
    for one in first_waiting(standing, _to_advise, "decision__proposal__title", "asked_by__person__name"):
        yield _need(
            standing,
            one.decision,
            _("%(name)s asks for your advice on “%(title)s”")
            % {"name": one.asked_by.person, "title": one.decision.proposal.title},
            _("Does it affect you, or do you know about it?"),
            "message-circle",
            _("Give advice"),
            page="decisions:advise",
        )


@kind
def _to_decide(asked: Asked) -> CommunityQuerySet:
    seats = Decider.objects.of(asked.community).seated().filter(membership=asked.membership)
    return seats.filter(decision__state=Decision.State.OPEN, decision__closes_at__gt=asked.at)


def to_decide(standing: Standing) -> Iterator[Need]:
    """What this person decides after asking, with the next thing to do."""
    if not may_wait(standing, _to_decide):
        return
    seats = _to_decide(asked_of(standing))
    for seat in seats.select_related("decision__proposal").order_by("decision__closes_at", "id").first_few(SHOWN):
        decision = seat.decision
        plan = AdvicePlan.objects.on(decision).get()
        steps = {one.code for one in actions.readiness(decision, plan, at=clock.now()).steps}
        if Advice.objects.on(decision).unanswered().exists():
            text, action = _("There is advice. Say how you use it, and why."), _("Answer it")
        elif steps == _ONLY_THE_PLAN:
            text, action = _("There is enough advice. Publish what you mean to decide."), _("Publish the plan")
        elif plan.published_at is None:
            text, action = _("Ask people for advice, from each side."), pgettext("for advice", "Ask somebody")
        elif "advice.ready" in steps and not seat.says:
            text, action = _("Everybody had time to object. You can decide now."), _("Decide")
        else:
            continue
        facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
        title = _("You decide on “%(title)s”, until %(day)s") % facts
        yield _need(standing, decision, title, text, "user-check", action)


@kind
def _open_for_advice(asked: Asked) -> CommunityQuerySet:
    return Decision.objects.of(asked.community).open().filter(rule="advice", closes_at__gt=asked.at)


def nobody_decides(standing: Standing) -> Iterator[Need]:
    """For those who run votes: processes in which somebody who decides is missing."""
    if not rules.has_perm("decisions.run_votes", standing, None) or not may_wait(standing, _open_for_advice):
        return
    rows = _open_for_advice(asked_of(standing)).annotate(
        seated=Count("deciders", filter=Q(deciders__stepped_down_at=None))
    )
    for one in rows.select_related("proposal").order_by(F("closes_at"), "id")[: 4 * SHOWN]:
        if one.seated < one.settings["deciders"]:
            yield _need(
                standing,
                one,
                _("Somebody is missing who decides on “%(title)s”") % {"title": one.proposal.title},
                _("Name somebody on the rolls."),
                "user-plus",
                _("Name somebody"),
                page="decisions:name_decider",
            )


def _need(
    standing: Standing,
    decision: Decision,
    title: str,
    text: str,
    icon: str,
    action: str,
    *,
    page: str = "decisions:advice",
) -> Need:
    url = reverse(page, args=[standing.community.slug, decision.pk])
    return Need(title=title, text=text, url=url, icon=icon, action=action)
