"""Kinds of notices: each is registered by the room that sends it, and people choose by kind.

kinds.register("timebank.received", label=_("When I receive hours"))
"""

from dataclasses import dataclass

from django.utils.functional import Promise

_registered: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """`essential`: about safety or the way in, cannot be stopped.

    `private`: outside this site only a neutral line is sent, never the body.
    `made_of_others`: a daily summary, about which nobody chooses.
    `discreet`: nobody else may notice that it came. It stays here or goes by e-mail to an address that signs in;
    nobody carries it by hand, and no list of what did not arrive shows it.
    """

    name: str
    label: str | Promise
    essential: bool
    private: bool
    made_of_others: bool
    discreet: bool = False


def register(
    name: str,
    *,
    label: str | Promise,
    essential: bool = False,
    private: bool = False,
    made_of_others: bool = False,
    discreet: bool = False,
) -> Kind:
    """Register a kind "room.what", with a lazy label that says when such a notice comes."""
    if name in _registered:
        raise ValueError(f"the kind {name} is already registered")
    _registered[name] = Kind(
        name=name,
        label=label,
        essential=essential,
        private=private,
        made_of_others=made_of_others,
        discreet=discreet,
    )
    return _registered[name]


def get(name: str) -> Kind:
    """The registered kind; KeyError for a name that no room has registered."""
    return _registered[name]


def of(name: str) -> Kind:
    """The kind of a notice that is there already; one whose room is gone counts as private."""
    gone = Kind(name, name, essential=False, private=True, made_of_others=False)
    return _registered.get(name, gone)


def choosable() -> list[Kind]:
    """The kinds a person may choose about, by name."""
    return [kind for _, kind in sorted(_registered.items()) if not kind.essential and not kind.made_of_others]


def essential() -> list[Kind]:
    """The kinds that always arrive, by name."""
    return [kind for _, kind in sorted(_registered.items()) if kind.essential]


def discreet() -> list[str]:
    """The names of kinds of which nobody else may notice that one came."""
    return [kind.name for kind in _registered.values() if kind.discreet]
