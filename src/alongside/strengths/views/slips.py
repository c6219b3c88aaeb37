"""A pile of paper slips: keyed in rows, looked at a second time, then posted."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import today
from alongside.kernel.errors import Refusal
from alongside.kernel.ids import new_id
from alongside.people.access import MemberRequest, needs
from alongside.strengths.forms.desk import MOST_SLIPS, PileForm, SlipForm, SlipGrid, SlipsForm
from alongside.strengths.models import Exchange
from alongside.strengths.models.finding import accounts_of
from alongside.strengths.refusals import EXPECTED, explain
from alongside.strengths.rules.slips import Slip, twins, unusually_long
from alongside.strengths.rules.steps import State
from alongside.strengths.views.desk import record
from alongside.timebank.actions import OverLimit
from alongside.timebank.models import Account
from alongside.ui import flash

FIRST_ROWS = 10
MORE_ROWS = 10


class NotAll(Exception):
    """One slip could not be posted, and none shall be when not all can."""


@dataclass(frozen=True)
class Looked:
    """One slip as the second look shows it."""

    form: SlipForm
    warnings: list[str]
    # A limit stands in the way: it will not be posted.
    stops: bool


@needs("strengths.use_desk")
def slips(request: MemberRequest) -> HttpResponse:
    """Every button posts all that was typed; nothing is kept anywhere else until it is posted."""
    pile = PileForm(request.POST or None, prefix="pile")
    if request.method != "POST":
        return _show_grid(request, _blank(request, FIRST_ROWS), pile)
    wish = request.POST.get("wish", "look")
    rows = _typed(request)
    if wish == "more":
        return _show_grid(request, _with_more_rows(request), pile)
    if not (rows.is_valid() and pile.is_valid()) or wish == "change":
        return _show_grid(request, rows, pile, checked=wish != "change")
    if not rows.filled():
        flash.note(request, _("There is nothing on the slips yet."))
        return _show_grid(request, rows, pile)
    if wish in {"post_all", "post_each"}:
        return _post(request, rows, pile, all_or_none=wish == "post_all")
    return _second_look(request, rows, pile)


def _blank(request: MemberRequest, count: int) -> SlipsForm:
    """A fresh pile; its first slip carries today's date, which the others take over."""
    initial: list[dict[str, Any]] = [{"helped_on": today()}, *({} for _row in range(count - 1))]
    return SlipGrid(prefix="slip", initial=initial, form_kwargs=_told(request))


def _typed(request: MemberRequest) -> SlipsForm:
    return SlipGrid(request.POST, prefix="slip", form_kwargs=_told(request))


def _with_more_rows(request: MemberRequest) -> SlipsForm:
    data = request.POST.copy()
    count = str(data.get("slip-TOTAL_FORMS", ""))
    rows = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    more = min(rows + MORE_ROWS, MOST_SLIPS)
    data["slip-TOTAL_FORMS"] = str(more)
    for row in range(rows, more):
        data[f"slip-{row}-key"] = str(new_id())
    return SlipGrid(data, prefix="slip", form_kwargs=_told(request))


def _told(request: MemberRequest) -> dict[str, Any]:
    return {"community": request.community, "today": today()}


def _show_grid(
    request: MemberRequest, rows: SlipsForm, pile: PileForm, *, checked: bool = True, over_limit: bool = False
) -> HttpResponse:
    _ask_for_a_reason_only(pile, over_limit=over_limit)
    context = {"rows": rows, "pile": pile, "form": rows if checked and rows.is_bound else None}
    return render(request, "strengths/slips.html", context)


def _ask_for_a_reason_only(pile: PileForm, *, over_limit: bool) -> None:
    """The box for passing a limit is there once a limit stands in the way, or a reason was typed."""
    if not over_limit and not pile.data.get(pile.add_prefix("override_reason")):
        del pile.fields["override_reason"]


def _second_look(request: MemberRequest, rows: SlipsForm, pile: PileForm) -> HttpResponse:
    looked = look_at(request, rows.filled())
    minutes = sum(one.form.cleaned_data["minutes"] for one in looked)
    _ask_for_a_reason_only(pile, over_limit=any(one.stops for one in looked))
    context = {"rows": rows, "pile": pile, "looked": looked, "minutes": minutes, "count": len(looked)}
    return render(request, "strengths/slips_look.html", context)


def look_at(request: MemberRequest, forms: list[SlipForm]) -> list[Looked]:
    """What a second pair of eyes would notice: twins, long hours, limits that will not let it through."""
    members = [form.cleaned_data[side] for form in forms for side in ("giver", "receiver")]
    accounts = accounts_of(members)
    keyed = [
        Slip(data["giver"].person_id, data["receiver"].person_id, data["minutes"], data["helped_on"])
        for data in (form.cleaned_data for form in forms)
    ]
    within, posted = twins(keyed, already_posted=_posted_like(request, keyed))
    long_ones = unusually_long(keyed)
    left = {key: account.free_minutes for key, account in accounts.items()}
    looked = []
    for position, (form, slip) in enumerate(zip(forms, keyed, strict=True)):
        warnings = [_("Another slip here is just the same.")] if position in within else []
        warnings += [_("An exchange just like this is written down already.")] if position in posted else []
        warnings += [_("More than eight hours: is that right?")] if position in long_ones else []
        stops = _runs_out(left, slip) if form.cleaned_data["giver"] != form.cleaned_data["receiver"] else True
        if slip.giver_id == slip.receiver_id:
            warnings.append(_("Both are the same person."))
        elif stops:
            warnings.append(_("The hours of the person who was helped do not reach for this."))
        looked.append(Looked(form, warnings, stops))
    return looked


def _runs_out(left: dict[Any, int | None], slip: Slip) -> bool:
    """Whether the slip would pass the receiver's floor, as the slips before it leave it."""
    free = left.get(slip.receiver_id)
    if free is not None and slip.minutes > free:
        return True
    if free is not None:
        left[slip.receiver_id] = free - slip.minutes
    if (gained := left.get(slip.giver_id)) is not None:
        left[slip.giver_id] = gained + slip.minutes
    return False


def _posted_like(request: MemberRequest, slips: list[Slip]) -> list[Slip]:
    days = {slip.helped_on for slip in slips}
    rows = (
        Exchange.objects.of(request.community)
        .filter(helped_on__in=days, state__in=[State.DONE, State.DISPUTED, State.CONFIRMED])
        .filter(giver__kind=Account.Kind.PERSON, receiver__kind=Account.Kind.PERSON)
        .values_list("giver__person_id", "receiver__person_id", "minutes", "helped_on")
    )
    return [Slip(*row) for row in rows]


def _post(request: MemberRequest, rows: SlipsForm, pile: PileForm, *, all_or_none: bool) -> HttpResponse:
    """Post the slips, each once whatever is sent again; those refused stay in the grid with the reason."""
    refused: list[tuple[SlipForm, dict[str, Any]]] = []
    held_back: list[SlipForm] = []
    count = 0
    try:
        with transaction.atomic():
            for form in rows.filled():
                told = {**form.cleaned_data}
                refusal = _post_one(request, form, pile)
                if refusal is None:
                    count += 1
                    continue
                refused.append((form, told))
                if isinstance(refusal, OverLimit):
                    held_back.append(form)
            if refused and all_or_none:
                raise NotAll
    except NotAll:
        flash.sorry(request, _("Nothing was posted, for not every slip can be. The reasons stand at the slips."))
        return _show_grid(request, rows, pile, over_limit=bool(held_back))
    posted = ngettext("%(count)d slip is posted.", "%(count)d slips are posted.", count) % {"count": count}
    flash.done(request, posted)
    if not refused:
        return redirect("strengths:slips", request.community.slug)
    _ask_for_a_reason_only(pile, over_limit=bool(held_back))
    return _show_refused(request, refused, pile)


def _post_one(request: MemberRequest, form: SlipForm, pile: PileForm) -> Refusal | None:
    """Post a slip; one that a limit holds back passes it with the pile's reason. The refusal, if there is one."""
    shared = {**pile.cleaned_data, "told_by": "giver"}
    reason = shared.pop("override_reason", "")
    refusal = _refusal_of(request, {**form.cleaned_data, **shared})
    if reason and isinstance(refusal, OverLimit):
        refusal = _refusal_of(request, {**form.cleaned_data, **shared, "override_reason": reason})
    if refusal is not None:
        explain(refusal, form)
    return refusal


def _refusal_of(request: MemberRequest, details: dict[str, Any]) -> Refusal | None:
    """Why the slip was not posted; None when it was."""
    try:
        with transaction.atomic():
            record(request, details)
    except EXPECTED as refusal:
        return refusal
    return None


def _show_refused(
    request: MemberRequest, refused: list[tuple[SlipForm, dict[str, Any]]], pile: PileForm
) -> HttpResponse:
    """A new, shorter grid of what could not be posted, with the reasons."""
    reasons = [[str(text) for texts in form.errors.values() for text in texts] for form, _told in refused]
    initial = [
        {
            **{name: form.data.get(form.add_prefix(name), "") for name in form.fields},
            "helped_on": told["helped_on"],
            "category": told["category"],
        }
        for form, told in refused
    ]
    rows = SlipGrid(prefix="slip", initial=initial, form_kwargs=_told(request))
    lines = [(told, why) for (_form, told), why in zip(refused, reasons, strict=True)]
    return render(request, "strengths/slips.html", {"rows": rows, "pile": pile, "form": None, "refused": lines})
