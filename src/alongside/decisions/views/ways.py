"""The ways of deciding that a vote can take, told in plain words before anybody chooses one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Way:
    """One way: when it fits, how it counts, and what happens if the two sides differ."""

    rule: str
    name: Words
    icon: str
    when: Words
    how: Sequence[Words]
    differ: Sequence[Words]

    @property
    def help_page(self) -> str:
        """The page of the handbook that tells how this way counts, with an example."""
        return f"explanation/rules/{self.rule}"


_TOO_FEW = _("On each side enough people must take part. Otherwise things stay as they are.")

WAYS: dict[str, Way] = {
    way.rule: way
    for way in (
        Way(
            "double-majority",
            _("Yes or no, by both sides"),
            "scale",
            _("For one proposal that changes something. This is the usual way."),
            [
                _("Each side counts by itself. It is adopted only when both sides agree."),
                _("A side agrees when enough of its people say yes, and more say yes than no."),
                _("A tie leaves things as they are. So does silence."),
            ],
            [
                _("An example: the people who use it say yes, the people who provide it say no."),
                _("Then nobody is outvoted, and nothing changes yet."),
                _("Three people from each side look for a new version together. Then everybody votes again."),
            ],
        ),
        Way(
            "gradients",
            _("How strongly do we agree?"),
            "message-square-text",
            _("For one proposal that needs willing hands, not only a majority."),
            [
                _("Everybody chooses one of eight steps, from a veto to full support."),
                _("It is adopted when the middle answer of each side supports it, and nobody vetoes."),
                _TOO_FEW,
            ],
            [
                _("An example: in the middle one side supports it, the other is of two minds."),
                _("Then nobody is outvoted, and nothing is adopted. You talk on."),
            ],
        ),
        Way(
            "approval",
            _("Tick all that you want"),
            "check",
            _("For choosing one or a few out of several, such as days or dishes."),
            [
                _("Everybody ticks as many as they like. The most ticked are chosen."),
                _("Equal numbers are settled by a lot. Its seed stands there before anybody votes."),
                _TOO_FEW,
            ],
            [
                _("All ticks count together. An example: ten people tick Monday, six tick Friday. Monday is chosen."),
                _("So one side can be outvoted. Take it where that does no harm."),
            ],
        ),
        Way(
            "score",
            _("Give points"),
            "star",
            _("For choosing out of several, when it matters how much people want each."),
            [
                _("Everybody gives each choice from 0 to 5 points. The most points are chosen."),
                _("Equal numbers are settled by a lot. Its seed stands there before anybody votes."),
                _TOO_FEW,
            ],
            [
                _("All points count together. An example: tea has 40 points, soup has 31. Tea is chosen."),
                _("So one side can be outvoted. Take it where that does no harm."),
            ],
        ),
        Way(
            "schulze",
            _("Put them in order"),
            "list",
            _("For choosing one out of several that most can live with."),
            [
                _("Everybody numbers the choices: 1 for the best. Some may stay without a number."),
                _("Each two are compared. Who beats all the others is chosen."),
                _TOO_FEW,
            ],
            [
                _("All orders count together. An example: more people put Oak Hall before the library than after it."),
                _("Then Oak Hall beats the library, whichever side they are on."),
            ],
        ),
        Way(
            "scottish-stv",
            _("Elect people, as many from each side"),
            "users",
            _("For co-chairs and groups in which both sides have the same number of seats."),
            [
                _("Each side elects its own people. Everybody numbers those who stand: 1 for the best."),
                _("A vote that is not needed, or cannot help, goes on to the next number."),
                _TOO_FEW,
            ],
            [
                _("They cannot outvote each other. An example: each side elects one of two co-chairs."),
            ],
        ),
        Way(
            "equal-power-mes",
            _("Share out a budget"),
            "hand-coins",
            _("For hours or money, when several things could be paid for."),
            [
                _("Half of it belongs to each side. Everybody of a side holds the same part of that half."),
                _("Everybody ticks what they want. Your part helps to pay for what you ticked."),
                _("What is left goes to what most people want and still fits."),
                _TOO_FEW,
            ],
            [
                _("Each side can pay for what matters to it."),
                _("An example: two cooks want pans, eight guests want a bus."),
                _("The cooks hold half of the budget. Pans and bus are both paid for."),
            ],
        ),
    )
}
