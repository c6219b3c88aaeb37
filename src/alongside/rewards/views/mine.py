"""My rewards: what I have, what I wait for, how far it is to the next; and what I can do with one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.people.listing import seen_members
from alongside.people.models import BodyMember, Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.rewards import actions, showing
from alongside.rewards.forms import HandOnForm, KeyForm
from alongside.rewards.models import Entitlement
from alongside.rewards.rules.section import HOUSEHOLD, NOBODY
from alongside.rewards.views.asking import ask, press
from alongside.rewards.views.finding import find_reward, my_entitlement
from alongside.rewards.whose import deed, holder
from alongside.ui.qr import qr


@needs("rewards.see_mine")
def mine(request: MemberRequest) -> HttpResponse:
    """All that is mine here."""
    member = holder(request)
    context = {
        **showing.mine(member, today()),
        "member": member,
        "is_for_another": request.acting_for is not None,
        "has_catalogue": bool(showing.catalogue(request.community)),
        "may_redeem": request.acting_for is None and may(request, "rewards.redeem"),
    }
    return render(request, "rewards/mine.html", context)


@never_cache
@needs("rewards.see_mine")
def entitlement(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """One of mine, with the code that a desk asks for."""
    row = my_entitlement(request, entitlement_id)
    address = reverse("rewards:hand_over", args=[request.community.slug, row.pk])
    is_ready = row.is_in_hand and not row.has_run_out(today())
    rule = row.reward.term("transfer", NOBODY)
    context = {
        "row": row,
        "is_ready": is_ready,
        "qr": qr(f"{settings.PUBLIC_ADDRESS}{address}", scale=4) if is_ready else "",
        "rule": showing.rule_of(row.reward),
        "may_act": request.acting_for is not None or request.standing.person.acts_alone(today()),
        "may_hand_on": rule != NOBODY and row.origin != Entitlement.Origin.HANDED_ON,
    }
    return render(request, "rewards/entitlement.html", context)


@needs("rewards.use_mine")
def hand_on(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """Give one of mine to somebody else."""
    row, who = my_entitlement(request, entitlement_id), deed(request)
    form = HandOnForm(request.POST or None, people=_people_for(request, row))
    home = reverse("rewards:mine", args=[request.community.slug])

    def keep(told: dict[str, Any]) -> str:
        told["to"].community = request.community
        actions.hand_on(entitlement=row, at=now(), **told, **who)
        return _("It is theirs now, and they are told. Nothing may be asked for it.")

    return ask(
        request, form, keep, to=home, title=_("Hand it on"), submit=_("Hand it on"), back_label=_("My rewards"),
        back=home, lead=_("It goes to them for good, and only as a gift."),
    )  # fmt: skip


def _people_for(request: MemberRequest, row: Entitlement) -> MembershipQuerySet:
    """Those to whom the rule lets it go, as far as this person may find them."""
    places = BodyMember.objects.of(request.community)
    if row.reward.term("transfer", NOBODY) == HOUSEHOLD:
        homes = places.filter(membership=row.membership, household__closed_at=None).exclude(household=None)
        at_home = places.filter(household__in=homes.values("household"))
        found: MembershipQuerySet = Membership.objects.of(request.community).current()
        return found.filter(pk__in=at_home.values("membership")).exclude(pk=row.membership_id)
    in_program = places.filter(group=row.reward.program.group_id)
    return seen_members(request.standing).filter(pk__in=in_program.values("membership")).exclude(pk=row.membership_id)


@needs("rewards.use_mine")
def give_back(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """Do without one of mine; asked once more before."""
    row, who = my_entitlement(request, entitlement_id), deed(request)
    home = reverse("rewards:mine", args=[request.community.slug])
    if request.method != "POST":
        return render(request, "rewards/give_back.html", {"row": row, "back": home})

    def do() -> str:
        actions.give_back(entitlement=row, at=now(), **who)
        return _("It is given back. Thank you: somebody else can have it.")

    return press(request, do, to=home)


@needs("rewards.see")
def catalogue(request: MemberRequest) -> HttpResponse:
    """What can be taken for hours."""
    context = {"items": showing.catalogue(request.community), "may_take": may(request, "rewards.use_mine")}
    return render(request, "rewards/catalogue.html", context)


@needs("rewards.use_mine")
def take(request: MemberRequest, reward_id: UUID) -> HttpResponse:
    """Take one from the catalogue, after a look at what it asks."""
    reward, member, who = find_reward(request, reward_id), holder(request), deed(request)
    form = KeyForm(request.POST or None)
    back = reverse("rewards:catalogue", args=[request.community.slug])

    def keep(told: dict[str, Any]) -> str:
        actions.buy(reward=reward, membership=member, at=now(), **told, **who)
        return _("It is yours. You find the code below.")

    return ask(
        request, form, keep, to=reverse("rewards:mine", args=[request.community.slug]), template="rewards/take.html",
        item=showing.RewardShown(reward, showing.rule_of(reward)), back=back,
    )  # fmt: skip
