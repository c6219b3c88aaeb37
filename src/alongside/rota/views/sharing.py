"""Taking duties, giving them away, and saying when one cannot come: for oneself, or for somebody who asked."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, note_refusal
from alongside.people.listing import seen_members
from alongside.programs.models.program import design_of
from alongside.rota import actions
from alongside.rota.eligible import who_may_take
from alongside.rota.forms import AwayForm, SwapForm, TakerForm, WishForm
from alongside.rota.models import Away, Swap, Wish
from alongside.rota.permissions import DO_DUTIES
from alongside.rota.planning import plan_of
from alongside.rota.pool import pool_of
from alongside.rota.rules.section import NAME
from alongside.rota.showing import may_take
from alongside.rota.views.asking import ask, press
from alongside.rota.views.finding import (
    find_assignment,
    find_duty,
    find_program,
    find_swap,
    keeps,
    me,
    my_away,
    my_wish,
)
from alongside.rota.views.reading import programs_with_rotas


def _deed(request: MemberRequest) -> dict[str, Any]:
    who = actor(request, DO_DUTIES)
    return {"by": who.by, "on_behalf_of": who.on_behalf_of, "channel": who.channel}


def _duty_url(request: MemberRequest, duty_id: UUID) -> str:
    return reverse("rota:duty", args=[request.community.slug, duty_id])


def _mine_url(request: MemberRequest) -> str:
    return reverse("rota:mine", args=[request.community.slug])


@needs("rota.take_part")
@require_POST
def take(request: MemberRequest, duty_id: UUID) -> HttpResponse:
    """Take an open place."""
    duty = find_duty(request, duty_id)
    deed = _deed(request)

    def do() -> str:
        actions.take(duty=duty, membership=me(request), at=now(), **deed)
        return _("It is yours. Thank you.")

    return press(request, do, to=_duty_url(request, duty.pk))


@needs("rota.take_part")
def ask_swap(request: MemberRequest, assignment_id: UUID) -> HttpResponse:
    """Look for somebody who takes a duty: for oneself, or for whoever told a coordinator."""
    one = find_assignment(request, assignment_id)
    is_mine = one.membership_id == me(request).pk
    form = SwapForm(request.POST or None, is_for_another=not is_mine)
    form.fields["asked_of"].queryset = seen_members(request.standing)  # type: ignore[attr-defined]
    deed = _deed(request) if is_mine else {"by": request.user, "on_behalf_of": one.membership.person}

    def keep(told: dict[str, Any]) -> str:
        actions.ask_swap(assignment=one, at=now(), **{**told, **deed, "asked_of": told.get("asked_of") or None})
        return _("Asked. Until somebody takes it, the duty stays where it is.")

    return ask(
        request, form, keep, title=_("Somebody else for this duty"), back=_duty_url(request, one.duty_id),
        back_label=_("The duty"), submit=_("Ask"), duty=one.duty,
        who="" if is_mine else one.membership.person.name,
    )  # fmt: skip


def _is_open(swap: Swap) -> bool:
    """Is somebody still looked for, for a duty that takes place?"""
    one = swap.assignment
    return swap.state == Swap.State.ASKED and one.ended_at is None and one.duty.called_off_at is None


@needs("rota.take_part")
def swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """A duty for which somebody is looked for: who may take it sees a button, others see that it is asked."""
    found = find_swap(request, swap_id)
    plan = plan_of(found.assignment.duty.rota, at=now())
    is_open = _is_open(found)
    is_theirs = found.assignment.membership_id == me(request).pk
    may = is_open and not is_theirs and may_take(plan, found.assignment.duty, me(request), gone=found.assignment)
    if not (may or is_theirs or keeps(request)):
        note_refusal(request, "rota.take_part")
        raise PermissionDenied
    context = {
        "swap": found,
        "duty": found.assignment.duty,
        "is_open": is_open,
        "is_theirs": is_theirs,
        "may_take": may,
        "was_asked": found.asked_of_id == me(request).pk,
        "keeps": keeps(request),
    }
    return render(request, "rota/swap.html", context)


@needs("rota.take_part")
@require_POST
def take_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    found = find_swap(request, swap_id)
    deed = _deed(request)

    def do() -> str:
        actions.take_swap(swap=found, membership=me(request), at=now(), **deed)
        return _("It is yours. Thank you.")

    return press(request, do, to=_duty_url(request, found.assignment.duty_id))


@needs("rota.take_part")
@require_POST
def decline_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Whoever was asked cannot, and need not say why."""
    found = find_swap(request, swap_id)
    deed = _deed(request)
    if found.asked_of_id != me(request).pk:
        note_refusal(request, "rota.take_part")
        raise PermissionDenied

    def do() -> str:
        actions.decline_swap(swap=found, at=now(), **deed)
        return _("That is fine. They are told that you cannot.")

    return press(request, do, to=_duty_url(request, found.assignment.duty_id))


@needs("rota.take_part")
@require_POST
def withdraw_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Nobody is looked for any more."""
    found = find_swap(request, swap_id)
    is_mine = found.assignment.membership_id == me(request).pk
    if not is_mine and not keeps(request):
        note_refusal(request, "rota.take_part")
        raise PermissionDenied
    deed = _deed(request) if is_mine else {"by": request.user, "on_behalf_of": found.assignment.membership.person}

    def do() -> str:
        actions.withdraw_swap(swap=found, at=now(), **deed)
        return _("Nobody is looked for any more.")

    return press(request, do, to=_duty_url(request, found.assignment.duty_id))


@needs("rota.keep")
def give_swap(request: MemberRequest, swap_id: UUID) -> HttpResponse:
    """Somebody told a coordinator that they take it: only those who may are there to choose from."""
    found = find_swap(request, swap_id)
    if not _is_open(found):
        return redirect("rota:swap", request.community.slug, found.pk)
    plan = plan_of(found.assignment.duty.rota, at=now())
    form = TakerForm(request.POST or None, takers=who_may_take(plan, found.assignment.duty, gone=found.assignment))

    def keep(told: dict[str, Any]) -> str:
        actions.take_swap(
            swap=found, membership=form.taker, by=request.user, at=now(), on_behalf_of=form.taker.person,
            channel=told["channel"],
        )  # fmt: skip
        return _("They have the duty now, and both are told.")

    return ask(
        request, form, keep, title=_("Who takes it?"), back=_duty_url(request, found.assignment.duty_id),
        back_label=_("The duty"), submit=_("Give it to them"), duty=found.assignment.duty,
    )  # fmt: skip


@needs("rota.take_part")
def mine(request: MemberRequest) -> HttpResponse:
    """When I cannot come, and what I would rather not do."""
    member = me(request)
    context = {
        "away": Away.objects.by(member).filter(last_day__gte=request.community.day_of(now())).order_by("first_day"),
        "wishes": Wish.objects.by(member).select_related("program").order_by("program", "weekday", "duty"),
        "programs": _my_programs(request),
        "me": member,
    }
    return render(request, "rota/mine.html", context)


def _my_programs(request: MemberRequest) -> list[Any]:
    """The programs with a rota to whose pool the person belongs."""
    day = request.community.day_of(now())
    found = []
    for program in programs_with_rotas(request):
        program.community = request.community
        if me(request).pk in pool_of(program, on=day).members:
            found.append(program)
    return found


@needs("rota.take_part")
def add_away(request: MemberRequest) -> HttpResponse:
    """Days on which I cannot come."""
    deed = _deed(request)

    def keep(told: dict[str, Any]) -> str:
        actions.add_away(membership=me(request), at=now(), **told, **deed)
        return _("Written down. You are not asked for these days.")

    return ask(
        request, AwayForm(request.POST or None), keep, title=_("Days away"), back=_mine_url(request),
        back_label=_("When I can come"), submit=_("Keep it"),
        lead=_("Nobody asks why. A duty that you have already stays yours until somebody takes it."),
    )  # fmt: skip


@needs("rota.take_part")
@require_POST
def remove_away(request: MemberRequest, away_id: UUID) -> HttpResponse:
    away = my_away(request, away_id)
    deed = _deed(request)

    def do() -> str:
        actions.remove_away(away=away, at=now(), **deed)
        return _("You can be asked for these days again.")

    return press(request, do, to=_mine_url(request))


@needs("rota.take_part")
def say_wish(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What I cannot do, or would rather not."""
    program = find_program(request, program_id)
    deed = _deed(request)
    form = WishForm(request.POST or None, section=design_of(program).get(NAME, {}))

    def keep(told: dict[str, Any]) -> str:
        actions.say_wish(membership=me(request), program=program, at=now(), **told, **deed)
        return _("Written down. The next rota looks at it.")

    return ask(
        request, form, keep, title=_("A wish about my duties"), back=_mine_url(request),
        back_label=_("When I can come"), submit=_("Keep it"),
    )  # fmt: skip


@needs("rota.take_part")
@require_POST
def take_wish_back(request: MemberRequest, wish_id: UUID) -> HttpResponse:
    wish = my_wish(request, wish_id)
    deed = _deed(request)

    def do() -> str:
        actions.take_wish_back(wish=wish, at=now(), **deed)
        return _("It is gone.")

    return press(request, do, to=_mine_url(request))
