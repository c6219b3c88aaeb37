"""A group exchange from one screen: keyed in rows, looked at a second time, posted all or none."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.people.models import BodyMember, Person
from alongside.timebank import actions
from alongside.timebank.forms.together import MOST_ROWS, RowForm, RowGrid, Rows, TogetherForm
from alongside.timebank.models import Account
from alongside.timebank.refusals import EXPECTED, explain, words_for
from alongside.timebank.views.finding import room_tabs
from alongside.ui import flash

FIRST_ROWS = 4
MORE_ROWS = 4
_HOLDERS = {"Person": "person", "Household": "household", "Organisation": "organisation", "Group": "group"}


@dataclass(frozen=True)
class Looked:
    """One row as the second look shows it."""

    who: Any
    minutes: int
    warning: str


@needs("timebank.post_together")
def together(request: MemberRequest) -> HttpResponse:
    """Every button sends all that was typed; nothing is kept anywhere else until it is posted."""
    if request.method != "POST":
        return _show(request, _told(TogetherForm, request), _blank(request))
    form, wish = _told(TogetherForm, request, request.POST), request.POST.get("wish", "look")
    if wish == "more":
        return _show(request, form, _with_more_rows(request), checked=False)
    rows = RowGrid(request.POST, prefix="row", form_kwargs={"community": request.community})
    if wish == "change" or not _is_sound(request, form, rows):
        return _show(request, form, rows, checked=wish != "change")
    if wish == "post":
        return _post(request, form, rows)
    return _second_look(request, form, rows)


def _told(form: type[TogetherForm], request: MemberRequest, data: Any = None) -> TogetherForm:
    return form(data, community=request.community, today=today())


def _blank(request: MemberRequest) -> Rows:
    return RowGrid(prefix="row", initial=[{}] * FIRST_ROWS, form_kwargs={"community": request.community})


def _with_more_rows(request: MemberRequest) -> Rows:
    data = request.POST.copy()
    count = str(data.get("row-TOTAL_FORMS", ""))
    rows = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else FIRST_ROWS
    data["row-TOTAL_FORMS"] = str(min(rows + MORE_ROWS, MOST_ROWS))
    return RowGrid(data, prefix="row", form_kwargs={"community": request.community})


def _is_sound(request: MemberRequest, form: TogetherForm, rows: Rows) -> bool:
    both = [form.is_valid(), rows.is_valid()]
    return all(both) and rows.check(form) and not _takes_part(request, form, rows)


def _takes_part(request: MemberRequest, form: TogetherForm, rows: Rows) -> bool:
    """True, and said: whoever stands on one side cannot have the word of the other, here as at the desk."""
    leading = [BodyMember.Part.ADULT, BodyMember.Part.SPEAKS_FOR]
    places = BodyMember.objects.of(request.community).filter(membership=request.membership, part__in=leading)
    bodies = places.values_list("household", "organisation", "group")
    mine = {request.user.pk, *(pk for place in bodies for pk in place if pk)}
    holders = [form.cleaned_data["one"], *(row.cleaned_data["who"] for row in rows.filled())]
    if not any(holder.pk in mine for holder in holders):
        return False
    form.add_error(None, _("You are part of this yourself. Another coordinator has to write it down."))
    return True


def _show(request: MemberRequest, form: TogetherForm, rows: Rows, *, checked: bool = True) -> HttpResponse:
    context = {
        "tabs": room_tabs(request, "timebank:together"),
        "shared": form,
        "rows": rows,
        "form": form if checked and form.is_bound else None,
    }
    return render(request, "timebank/together.html", context)


def _second_look(request: MemberRequest, form: TogetherForm, rows: Rows) -> HttpResponse:
    filled = rows.filled()
    looked = _looked(request, form, filled)
    minutes = sum(row.minutes for row in looked)
    context = {
        "shared": form,
        "rows": rows,
        "looked": looked,
        "minutes": minutes,
        "one_helped": form.cleaned_data["direction"] == TogetherForm.ONE_HELPED,
        "one": form.cleaned_data["one"],
        "answers": _answers(form),
        "warning": _warning(request, form, minutes),
    }
    return render(request, "timebank/together_look.html", context)


def _answers(form: TogetherForm) -> list[dict[str, Any]]:
    """What all rows share, read back."""
    told = form.cleaned_data
    pairs = [
        (_("Kind of help"), told["category"]),
        (_("Day"), form.fields["helped_on"].widget.format_value(told["helped_on"])),
        (_("A word with it"), told["note"]),
        (_("Pass a limit, because"), told["override_reason"]),
    ]
    return [{"label": label, "value": str(value)} for label, value in pairs if value]


def _looked(request: MemberRequest, form: TogetherForm, rows: list[RowForm]) -> list[Looked]:
    """The rows, with a word where the hours of somebody who was helped would not reach."""
    pays = form.cleaned_data["direction"] == TogetherForm.ONE_HELPED
    accounts = _accounts(request, [row.cleaned_data["who"] for row in rows])
    looked = []
    for row in rows:
        who, minutes = row.cleaned_data["who"], row.cleaned_data["minutes"]
        looked.append(Looked(who, minutes, _short(accounts.get(who.pk), minutes) if pays else ""))
    return looked


def _warning(request: MemberRequest, form: TogetherForm, minutes: int) -> str:
    """A word when the one who was helped by many has too few hours for all."""
    one = form.cleaned_data["one"]
    if form.cleaned_data["direction"] == TogetherForm.ONE_HELPED:
        return ""
    return _short(_accounts(request, [one]).get(one.pk), minutes)


def _short(account: Account | None, minutes: int) -> str:
    free = account.free_minutes if account else None
    return _("The hours do not reach for this.") if free is not None and minutes > free else ""


def _accounts(request: MemberRequest, holders: list[Any]) -> dict[Any, Account]:
    """The accounts that these holders have already, by the holder's id."""
    found: dict[Any, Account] = {}
    for name, field in _HOLDERS.items():
        ids = [each.pk for each in holders if type(each).__name__ == name]
        if ids:
            accounts = Account.objects.of(request.community).filter(**{f"{field}__in": ids})
            found |= {getattr(account, f"{field}_id"): account for account in accounts}
    return found


def _post(request: MemberRequest, form: TogetherForm, rows: Rows) -> HttpResponse:
    told, filled = form.cleaned_data, rows.filled()
    on_behalf_of = told["one"] if isinstance(told["one"], Person) and told["one"] != request.user else None
    try:
        with transaction.atomic():
            posted = actions.pay_together(
                lines=_lines(request, told, filled), by=request.user, at=now(), key=told["key"],
                on_behalf_of=on_behalf_of, channel=told["channel"], override_reason=told["override_reason"],
            )  # fmt: skip
    except EXPECTED as refusal:
        _explain(refusal, form, filled)
        return _show(request, form, rows)
    said = ngettext("%(count)d exchange is posted.", "%(count)d exchanges are posted, all together.", len(posted))
    flash.done(request, said % {"count": len(posted)})
    return redirect("timebank:transfer", request.community.slug, posted[0].pk)


def _lines(request: MemberRequest, told: dict[str, Any], filled: list[RowForm]) -> list[actions.Line]:
    """One line a row; opens accounts that are missing, in the transaction of the posting."""
    one = _account_of(request, told["one"])
    lines = []
    for row in filled:
        who = _account_of(request, row.cleaned_data["who"])
        payer, payee = (who, one) if told["direction"] == TogetherForm.ONE_HELPED else (one, who)
        lines.append(
            actions.Line(
                payer=payer, payee=payee, minutes=row.cleaned_data["minutes"], category=told["category"],
                helped_on=told["helped_on"], note=told["note"],
            )
        )  # fmt: skip
    return lines


def _account_of(request: MemberRequest, holder: Any) -> Account:
    return actions.open_account(community=request.community, holder=holder, by=request.user, at=now())


def _explain(refusal: Any, form: TogetherForm, filled: list[RowForm]) -> None:
    """Say why nothing was posted: at the row that stopped it where that is known."""
    if refusal.line and refusal.line <= len(filled):
        row = filled[refusal.line - 1]
        row.add_error("minutes", words_for(refusal))
        form.add_error(None, _("Nothing was posted. The reason stands at the row."))
    else:
        explain(refusal, form)
