"""Keeping the time bank: its settings, the limits of one account, and the kinds of help."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank import actions
from alongside.timebank.forms.keeping import AccountLimitsForm, CategoryForm, TimeBankForm
from alongside.timebank.models import Category, TimeBank
from alongside.timebank.refusals import words_for
from alongside.timebank.showing.hours import limits_in_words
from alongside.timebank.views.finding import find_account, room_tabs
from alongside.ui import flash


@needs("timebank.change_settings")
def settings(request: MemberRequest) -> HttpResponse:
    bank: TimeBank = get_object_or_404(TimeBank.objects.of(request.community))
    initial = {**TimeBankForm.showing(bank), **{name: getattr(bank, name) for name in TimeBankForm.HABITS}}
    form = TimeBankForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.update_time_bank(bank=bank, by=request.user, at=now(), **form.settings())
        flash.done(request, _("The settings are kept. Limits hold for accounts opened from now on."))
        return redirect("timebank:settings", request.community.slug)
    context = {
        "tabs": room_tabs(request, "timebank:settings"),
        "form": form,
        "may_edit_categories": may(request, "timebank.edit_categories"),
    }
    return render(request, "timebank/settings.html", context)


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


@needs("timebank.edit_categories")
def categories(request: MemberRequest) -> HttpResponse:
    """The list people choose from, in its order; a new one comes last."""
    form = CategoryForm(request.POST or None, community=request.community)
    if request.method == "POST" and form.is_valid():
        actions.add_category(community=request.community, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("“%(name)s” is in the list now.") % {"name": form.cleaned_data["name"]})
        return redirect("timebank:categories", request.community.slug)
    found = Category.objects.of(request.community).in_order()
    context = {
        "form": form,
        "in_use": [category for category in found if category.archived_at is None],
        "archived": [category for category in found if category.archived_at is not None],
    }
    return render(request, "timebank/categories.html", context)


@needs("timebank.edit_categories")
def edit_category(request: MemberRequest, category_id: UUID) -> HttpResponse:
    category = _find_category(request, category_id)
    initial = {"name": category.name, "division": category.division}
    form = CategoryForm(request.POST or None, community=request.community, but=category, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_category(category=category, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("Kept. What was written down under it came along."))
        return redirect("timebank:categories", request.community.slug)
    return render(request, "timebank/edit_category.html", {"form": form, "category": category})


@require_POST
@needs("timebank.edit_categories")
def change_category(request: MemberRequest, category_id: UUID, change: str) -> HttpResponse:
    """Up, down, out of the list, or back into it."""
    category = _find_category(request, category_id)
    match change:
        case "up" | "down":
            actions.move_category(category=category, up=change == "up", by=request.user, at=now())
        case "archive":
            actions.archive_category(category=category, by=request.user, at=now())
            flash.done(request, _("“%(name)s” is offered no more. Its history stays.") % {"name": category})
        case _restore:
            actions.restore_category(category=category, by=request.user, at=now())
            flash.done(request, _("“%(name)s” is in the list again.") % {"name": category})
    return redirect("timebank:categories", request.community.slug)


def _find_category(request: MemberRequest, category_id: UUID) -> Category:
    category: Category = get_object_or_404(Category.objects.of(request.community), pk=category_id)
    category.community = request.community
    return category
