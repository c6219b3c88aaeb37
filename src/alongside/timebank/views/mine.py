"""My hours: the balance, what is held, the limits in words, and what moved last."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank.ledger.statements import statement
from alongside.timebank.models import Account
from alongside.timebank.showing.hours import given_and_received, holds_of, limits_in_words, prompt_for
from alongside.timebank.showing.movements import movements
from alongside.timebank.views.finding import GIVE, holder, mine, room_tabs

LATEST = 6


@needs("timebank.see_mine")
def home(request: MemberRequest) -> HttpResponse:
    person = holder(request)
    accounts: list[Account] = list(mine(request))
    if not accounts and not may(request, GIVE):
        return redirect("timebank:books", request.community.slug)  # who only looks keeps no hours here
    own = next((account for account in accounts if account.person_id == person.pk), None)
    context = {
        "tabs": room_tabs(request, "timebank:home"),
        "person": person,
        "name": str(person) if request.acting_for else "",
        "own": own,
        "others": [account for account in accounts if account is not own],
    }
    if own:
        own.community = request.community
        context |= {
            "given": given_and_received(own),
            "limits": limits_in_words(own),
            "holds": holds_of(own),
            "latest": movements(statement(own, size=LATEST).entries, request.community, mine=not request.acting_for),
            "prompt": prompt_for(own, on=today()),
        }
    return render(request, "timebank/home.html", context)
