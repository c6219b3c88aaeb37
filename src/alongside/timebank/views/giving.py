"""Pots: what is in them, gifts to them, grants from them."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank import actions
from alongside.timebank.forms.giving import GiftForm, GrantForm
from alongside.timebank.ledger import books
from alongside.timebank.models import Account, Transfer
from alongside.timebank.refusals import EXPECTED, explain
from alongside.timebank.views.finding import GIVE, acting, find_account, mine, pots_open, room_tabs
from alongside.ui import flash
from alongside.ui.words import hours_text


@needs("timebank.see_books")
def pots(request: MemberRequest) -> HttpResponse:
    found = books.pots(request.community)
    seen = [pot for pot in found if may(request, "timebank.see_account", pot)]
    context = {
        "tabs": room_tabs(request, "timebank:pots"),
        "pots": [
            {"account": pot, "seen": pot in seen, "may_grant": may(request, "timebank.pay_from", pot)} for pot in found
        ],
        "may_give": may(request, "timebank.give"),
    }
    return render(request, "timebank/pots.html", context)


@needs("timebank.give")
def give(request: MemberRequest) -> HttpResponse:
    """A gift from one's own hours to a pot."""
    who = acting(request, GIVE)
    accounts = mine(request, GIVE).exclude(kind__in=Account.POTS)
    initial = {"payee": request.GET.get("pot", "")}
    form = GiftForm(request.POST or None, mine=accounts, pots=pots_open(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            gift = actions.pay(
                category=None, helped_on=today(), at=now(), kind=Transfer.Kind.GIFT, **who, **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            said = _("%(hours)s went to %(name)s. Thank you.")
            flash.done(request, said % {"hours": hours_text(gift.minutes), "name": gift.payee})
            return redirect("timebank:transfer", request.community.slug, gift.pk)
    context = {"form": form, "has_accounts": accounts.exists()}
    return render(request, "timebank/give.html", context)


@needs("timebank.pay_from")
def grant(request: MemberRequest, account_id: UUID) -> HttpResponse:
    """Hours from a pot to somebody, by a coordinator or who speaks for the group."""
    pot = find_account(request, account_id, "timebank.pay_from")
    if not pot.is_pot:
        raise Http404
    form = GrantForm(request.POST or None, standing=request.standing)
    if request.method == "POST" and form.is_valid() and (posted := _post_grant(request, pot, form)):
        said = _("%(hours)s went to %(name)s.")
        flash.done(request, said % {"hours": hours_text(posted.minutes), "name": posted.payee})
        return redirect("timebank:transfer", request.community.slug, posted.pk)
    return render(request, "timebank/grant.html", {"form": form, "pot": pot})


def _post_grant(request: MemberRequest, pot: Account, form: GrantForm) -> Transfer | None:
    data = {**form.cleaned_data}
    holder = data.pop("payee")
    try:
        with transaction.atomic():
            payee = actions.open_account(community=request.community, holder=holder, by=request.user, at=now())
            return actions.grant(pot=pot, payee=payee, by=request.user, at=now(), **data)
    except EXPECTED as refusal:
        explain(refusal, form)
        return None
