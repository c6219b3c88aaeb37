"""Recognised work: noting it, and seeing what it comes to. The list of its kinds is the community's to decide."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank import actions
from alongside.timebank.forms.recognised import RecognisedForm
from alongside.timebank.models import RecognisedWork, TimeBank
from alongside.timebank.refusals import EXPECTED, explain
from alongside.timebank.showing.recognition import latest_of, totals
from alongside.timebank.views.finding import NOTE, acting, holder, room_tabs
from alongside.ui import flash
from alongside.ui.words import hours_text


@needs("timebank.note_recognised_work")
def recognised(request: MemberRequest) -> HttpResponse:
    person = holder(request, NOTE)
    form = RecognisedForm(request.POST or None, community=request.community, today=today())
    if request.method == "POST" and form.is_valid() and (noted := _note(request, form)):
        flash.done(request, _("%(hours)s noted. Thank you for it.") % {"hours": hours_text(noted.minutes)})
        return redirect("timebank:recognised", request.community.slug)
    bank: TimeBank | None = TimeBank.objects.of(request.community).first()
    context = {
        "tabs": room_tabs(request, "timebank:recognised"),
        "form": form,
        "year": today().year,
        "totals": totals(
            request.community, person, year=today().year, small_numbers=may(request, "timebank.see_small_numbers")
        ),
        "latest": latest_of(request.community, person),
        "may_change_list": may(request, "charter.propose"),
        "earns": bool(bank and bank.recognised_work_credits),
    }
    return render(request, "timebank/recognised.html", context)


def _note(request: MemberRequest, form: RecognisedForm) -> RecognisedWork | None:
    who = acting(request, NOTE)
    person = who.pop("on_behalf_of") or request.user
    try:
        return actions.note_recognised_work(person=person, at=now(), **who, **form.cleaned_data)
    except EXPECTED as refusal:
        explain(refusal, form)
        return None
