"""How the forms and buttons of this room work."""

from alongside.people.access import MemberRequest
from alongside.people.asking import Asking
from alongside.people.models import CommunityModel
from alongside.people.undoing import undo_url
from alongside.rota.refusals import EXPECTED, words_for
from alongside.ui import flash

_asking = Asking("rota/ask.html", EXPECTED, words_for)
ask, press, sorry = _asking.ask, _asking.press, _asking.sorry


def done(request: MemberRequest, row: CommunityModel, words: str) -> str:
    """Say that it is done, with Undo while that is open. Returns "", so that `ask` and `press` say nothing more."""
    flash.done(request, words, undo_url=undo_url(row, by=request.user))
    return ""
