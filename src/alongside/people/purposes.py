"""What consent may be asked for. Rooms register their purposes in `apps.ready`.

from alongside.people import purposes
purposes.register("evidence.research", _("Research"), _("My answers may be used, without my name, to …"))
"""

from dataclasses import dataclass

from alongside.kernel.errors import Refusal


@dataclass(frozen=True)
class Purpose:
    """`words` is the whole of what is agreed to, in plain words, as "I agree that …" or "My … may …"."""

    name: str
    title: object
    words: object


_purposes: dict[str, Purpose] = {}


class UnknownPurpose(Refusal):
    """No room has registered this purpose; `purpose` is its name."""

    def __init__(self, *, purpose: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose


def register(name: str, title: object, words: object) -> None:
    """Make a purpose known under "<room>.<purpose>"; `title` and `words` are translatable."""
    _purposes[name] = Purpose(name=name, title=title, words=words)


def every() -> list[Purpose]:
    """All purposes, in the order they were registered."""
    return list(_purposes.values())


def called(name: str) -> Purpose:
    """The purpose of that name, or UnknownPurpose."""
    try:
        return _purposes[name]
    except KeyError:
        raise UnknownPurpose(purpose=name) from None
