"""How the forms and buttons of this room work."""

from alongside.people.access import MemberRequest
from alongside.people.asking import Asking
from alongside.people.models import CommunityModel
from alongside.people.undoing import undo_url
from alongside.ui import flash
from alongside.wellbeing.refusals import EXPECTED, words_for

_asking = Asking("wellbeing/ask.html", EXPECTED, words_for)
ask, press, sorry = _asking.ask, _asking.press, _asking.sorry


def done(request: MemberRequest, said: str, row: CommunityModel) -> str:
    """Say it on the next page, with Undo where `row` has a way back; "" lets `ask` and `press` say no more."""
    flash.done(request, said, undo_url=undo_url(row, by=request.user))
    return ""
