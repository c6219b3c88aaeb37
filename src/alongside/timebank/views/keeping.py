"""Keeping accounts: the limits of one, closing it, opening it again. The community's rules set what holds for all."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.timebank import actions
from alongside.timebank.forms.keeping import AccountLimitsForm
from alongside.timebank.refusals import words_for
from alongside.timebank.showing.hours import limits_in_words
from alongside.timebank.views.finding import find_account
from alongside.ui import flash


@needs("timebank.change_limits")
def limits(request: MemberRequest, account_id: UUID) -> HttpResponse:
    account = find_account(request, account_id, "timebank.change_limits")
    form = AccountLimitsForm(request.POST or None, initial=AccountLimitsForm.showing(account))
    if request.method == "POST" and form.is_valid():
        actions.set_limits(account=account, by=request.user, at=now(), **form.limits())
        flash.done(request, _("The limits of %(name)s are kept.") % {"name": account})
        return redirect("timebank:account", request.community.slug, account.pk)
    context = {"account": account, "form": form, "limits": limits_in_words(account)}
    return render(request, "timebank/limits.html", context)


@require_POST
@needs("timebank.change_limits")
def close_account(request: MemberRequest, account_id: UUID) -> HttpResponse:
    account = find_account(request, account_id, "timebank.change_limits")
    try:
        actions.close_account(account=account, by=request.user, at=now())
    except actions.BalanceNotZero as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("The account is closed. Its history stays."))
    return redirect("timebank:limits", request.community.slug, account.pk)


@require_POST
@needs("timebank.change_limits")
def reopen_account(request: MemberRequest, account_id: UUID) -> HttpResponse:
    account = find_account(request, account_id, "timebank.change_limits")
    actions.reopen_account(account=account, by=request.user, at=now())
    flash.done(request, _("The account is open again."))
    return redirect("timebank:limits", request.community.slug, account.pk)
