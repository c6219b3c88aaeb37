"""Why something about a reward cannot be; each carries facts."""

from datetime import date, datetime

from alongside.kernel.errors import Refusal


class NotInHand(Refusal):
    """It cannot be used: it was before, at `settled_at`, or never was ready; `state` says which."""

    def __init__(self, *, state: str, settled_at: datetime | None) -> None:
        super().__init__(state)
        self.state = state
        self.settled_at = settled_at


class HasRunOut(Refusal):
    """Its last day, `expires_on`, has passed."""

    def __init__(self, *, expires_on: date | None) -> None:
        super().__init__(str(expires_on))
        self.expires_on = expires_on


class OwnReward(Refusal):
    """Nobody hands a reward over to themself."""


class NotThatWay(Refusal):
    """By the rule of the program this one cannot be handed on to that person; `rule` is it."""

    def __init__(self, *, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class HandedOnBefore(Refusal):
    """What came from somebody else goes no further."""


class NotOffered(Refusal):
    """The program has not, or not any more, agreed on it."""


class NoneLeft(Refusal):
    """All of them are taken."""


class EnoughForOne(Refusal):
    """One person has at most so many; `at_most`."""

    def __init__(self, *, at_most: int) -> None:
        super().__init__(str(at_most))
        self.at_most = at_most


class NoPot(Refusal):
    """The pot to which the hours would go is not open."""


class DaysDoNotFit(Refusal):
    """The days and moments of a draw are not in order, or not to come."""


class DrawIsClosed(Refusal):
    """Nobody comes in or goes out any more."""


class NotYetTime(Refusal):
    """The public number is made only at `number_at`, or the entries are not closed."""

    def __init__(self, *, number_at: datetime) -> None:
        super().__init__(number_at.isoformat())
        self.number_at = number_at


class NotThatNumber(Refusal):
    """What was pasted is not round `round` of the public number, or a letter of it is wrong."""

    def __init__(self, *, round: int) -> None:
        super().__init__(str(round))
        self.round = round
