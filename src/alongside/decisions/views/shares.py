"""What did my share pay for? After a vote on a budget, told by the ballot and not by the person.

Of a secret vote nobody knows who voted how, this page included: whoever wants to know fills the ballot in again. It
is neither stored nor written to any log; it comes as a POST, for addresses are kept by servers and browsers.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions.certificate import sealed_in
from alongside.decisions.forms.shares import MyShareForm
from alongside.decisions.models import Ballot, Decision, Option
from alongside.decisions.rules.ballots import ABSTAIN, marks_of
from alongside.decisions.rules.exact import shown
from alongside.decisions.rules.kinds import KINDS
from alongside.decisions.rules.my_share import Came, share_of
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.saying import amount_text, name_of, names_on
from alongside.decisions.terms import ballots_of, terms_of
from alongside.decisions.views.voting import find_decision, named_for
from alongside.people.access import MemberRequest, needs, subject


@never_cache
@needs("decisions.see_votes")
def my_share(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Of an open vote one's own; of a secret one that of a ballot which is filled in again."""
    found = find_decision(request, decision_id)
    if not tells_shares(found):
        raise Http404
    context: dict[str, Any] = {"decision": found, "is_sealed": bool(sealed_in(found)), "form": None}
    if context["is_sealed"]:
        return render(request, "decisions/my_share.html", context)
    mine = Ballot.objects.on(found).filter(membership=subject(request)).first()
    form = MyShareForm(request.POST or None, sides=found.sides, named=named_for(found))
    if request.method == "POST" and form.is_valid():
        context |= _told(found, form.cleaned_data["side"], form.cleaned_data["marked"])
    elif request.method == "GET" and mine is not None:
        marked = () if mine.choice == ABSTAIN else marks_of(mine.choice)
        context |= {**_told(found, mine.side, marked), "is_mine": True}
    return render(request, "decisions/my_share.html", {**context, "form": form})


def tells_shares(found: Decision) -> bool:
    """Was a budget shared out?"""
    has_budget = found.has_ballots and KINDS[found.rule].has_budget
    return has_budget and found.state == Decision.State.CLOSED and found.outcome == Outcome.PASSED


def _told(found: Decision, side: str, marked: Iterable[int]) -> dict[str, Any]:
    """What such a ballot paid for: amounts as words, and exactly where a part of a unit is in them."""
    share = share_of(terms_of(found), ballots_of(found), side, frozenset(marked))
    names, costs = names_on(found), {one.number: one.cost for one in Option.objects.on(found)}
    words = {
        Came.PAID: _("Your share helped to pay for it."),
        Came.USED_UP: _("It is paid for. Nothing was left of your share by then."),
        Came.REST: _("It is paid for, from what no share had used."),
        Came.NOT_FUNDED: _("It is not paid for."),
    }
    return {
        "side": name_of(side),
        "held": _amount(found, share.held),
        "left": _amount(found, share.left),
        "parts": [
            {
                "name": names[str(one.number)],
                "cost": amount_text(found, costs[one.number]),
                "paid": _amount(found, one.amount) if one.came is Came.PAID else None,
                "words": words[one.came],
                "tone": "good" if one.came is Came.PAID else "quiet",
            }
            for one in share.parts
        ],
        "has_told": True,
    }


def _amount(found: Decision, amount: Fraction) -> dict[str, str]:
    """`text`: minutes, or money with its hundredths; `exactly`: where that is not all of it, else ""."""
    whole = int(amount)
    if amount == whole:
        return {"text": amount_text(found, whole), "exactly": ""}
    if found.settings.get("unit") == "hours":
        return {"text": amount_text(found, whole), "exactly": _exact(found, amount)}
    # Whole units alone would not add up to the share before the reader's eyes.
    rounded = round(amount, 2)
    text = number_format(Decimal(rounded.numerator) / rounded.denominator, 2)
    return {"text": text, "exactly": "" if amount == rounded else _exact(found, amount)}


def _exact(found: Decision, amount: Fraction) -> str:
    number = shown(amount) if 100_000 % amount.denominator == 0 else f"{amount.numerator}/{amount.denominator}"
    return _("%(number)s minutes") % {"number": number} if found.settings.get("unit") == "hours" else number
