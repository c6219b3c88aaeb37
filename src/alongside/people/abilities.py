"""What may be done for another person, as named abilities that rooms register in `apps.ready`.

from alongside.people import abilities
abilities.register("timebank.give", _("give hours of mine to a pot"))
"""

from alongside.kernel.errors import Refusal

_labels: dict[str, object] = {}


class UnknownAbility(Refusal):
    """No room has registered this ability; `ability` is its name."""

    def __init__(self, *, ability: str) -> None:
        super().__init__(ability)
        self.ability = ability


def register(ability: str, label: object) -> None:
    """Name an ability; `label` finishes "… may" in the words of the person: "give hours from my account"."""
    _labels[ability] = label


def every() -> dict[str, object]:
    """All abilities and their labels, in the order they were registered."""
    return dict(_labels)


def label_of(ability: str) -> object:
    """The words for an ability; its bare name when its room is gone."""
    return _labels.get(ability, ability)


def check(names: list[str]) -> None:
    """Raise UnknownAbility for the first name that no room has registered."""
    for ability in names:
        if ability not in _labels:
            raise UnknownAbility(ability=ability)
