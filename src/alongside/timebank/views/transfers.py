"""One transfer: both people, what was said, who keyed it in; a thank-you; giving back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.timebank import actions
from alongside.timebank.forms.giving import ReverseForm, ThanksForm
from alongside.timebank.models import Transfer
from alongside.timebank.own_case import acts_for, who_else
from alongside.timebank.refusals import EXPECTED, explain, own_case_text
from alongside.timebank.views.finding import NOTE, acting, find_transfer, thanks_for
from alongside.ui import flash
from alongside.ui.words import hours_text


@needs("timebank.see_transfer")
def transfer(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    return _transfer_page(request, find_transfer(request, transfer_id), ThanksForm())


@require_POST
@needs("timebank.thank")
def thank(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    found = find_transfer(request, transfer_id)
    if not thanks_for(request, found):
        require(request, "timebank.thank", found)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return _transfer_page(request, found, form)
    actions.thank(transfer=found, words=form.cleaned_data["words"], at=now(), **acting(request, NOTE))
    flash.done(request, _("Your thanks stand beside the hours now."))
    return redirect("timebank:transfer", request.community.slug, found.pk)


@needs("timebank.reverse")
def reverse(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    """All of the hours or a part go back, once, with a reason."""
    found = find_transfer(request, transfer_id)
    require(request, "timebank.reverse", found)
    if found.kind == Transfer.Kind.REVERSAL or (found.reversal() and request.method == "GET"):
        flash.note(request, _("This cannot be given back any more."))
        return redirect("timebank:transfer", request.community.slug, found.pk)
    form = ReverseForm(request.POST or None, transfer=found)
    if request.method == "POST" and form.is_valid():
        try:
            back = actions.reverse(transfer=found, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            said = _("%(hours)s went back to %(name)s.")
            flash.done(request, said % {"hours": hours_text(back.minutes), "name": back.payee})
            return redirect("timebank:transfer", request.community.slug, back.pk)
    return render(request, "timebank/reverse.html", {"transfer": found, "form": form})


def _transfer_page(request: MemberRequest, found: Transfer, form: ThanksForm) -> HttpResponse:
    back = found.reversal()
    can_thank = found.kind == Transfer.Kind.EXCHANGE and back is None and thanks_for(request, found)
    words = getattr(found, "note", None)
    is_exchange = found.kind in (Transfer.Kind.EXCHANGE, Transfer.Kind.IMPORT)
    # Help goes one way and hours the other; everything else is hours alone.
    gave, got = (found.payee, found.payer) if is_exchange else (found.payer, found.payee)
    can_reverse = found.kind != Transfer.Kind.REVERSAL and back is None and may(request, "timebank.reverse", found)
    mine_to_gain = can_reverse and acts_for(request.user, found.payer)
    context = {
        "transfer": found,
        "words": words,
        "reversal": back,
        "form": form,
        "can_thank": can_thank and not (words and words.thanks),
        "can_reverse": can_reverse and not mine_to_gain,
        "own_case": _own_case(request) if mine_to_gain else "",
        "together": _together(request, found),
        "is_exchange": is_exchange,
        "gave": gave,
        "got": got,
        "sees_gave": may(request, "timebank.see_account", gave),
        "sees_got": may(request, "timebank.see_account", got),
    }
    return render(request, "timebank/transfer.html", context)


def _own_case(request: MemberRequest) -> str:
    return own_case_text(who_else(request.user, request.community, on=today()))


def _together(request: MemberRequest, found: Transfer) -> list[Transfer]:
    """The other lines of the same group exchange, for those who may see every account."""
    if found.together is None or not may(request, "timebank.reverse", found):
        return []
    lines = Transfer.objects.of(request.community).filter(together=found.together).exclude(pk=found.pk)
    return list(lines.with_people().order_by("posted_at", "id"))
