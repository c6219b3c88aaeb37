"""How the forms and buttons of this room work."""

from alongside.people.asking import Asking
from alongside.wellbeing.refusals import EXPECTED, words_for

_asking = Asking("wellbeing/ask.html", EXPECTED, words_for)
ask, press, sorry = _asking.ask, _asking.press, _asking.sorry
