"""How the forms and buttons of this room work."""

from alongside.people.asking import Asking
from alongside.rewards.refusals import EXPECTED, words_for

_asking = Asking("rewards/ask.html", EXPECTED, words_for)
ask, press = _asking.ask, _asking.press
