"""Who must agree, and how: the sides of a program and its rule."""

from collections.abc import Iterator

from alongside.decisions.rules.exact import share
from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import Choice, MapOf, Table, Text, Whole, Written

BOTH = ("people", "providers")

SIDES = MapOf(
    of=Text(longest=200),
    keys=words.SIDE_NAMES,
    label=_("Who must agree"),
    help=_("each side in your own words"),
    must=True,
)

RULES = {
    "double majority": _("yes or no, and both sides must agree"),
    "gradients": _("from a full yes to a full no, and both sides must agree"),
    "consent": _("a round of consent: it goes on when no objection is open"),
}


def _share(text: str) -> object:
    part = share(text)
    if not part:
        raise ValueError(text)
    return part


DECIDING = Table(
    label=_("How changes are decided"),
    must=True,
    of={
        "rule": Choice(of=RULES, label=_("The rule"), must=True, help=_("how a change to the design is decided")),
        "share": Written(
            read=_share,
            example="1/4",
            what=_("a share belongs here"),
            label=_("At least this share of each side"),
            help=_("must say yes, or take part where it is not yes or no"),
            must=True,
        ),
        "open_days": Whole(least=1, most=90, label=_("Days a vote stays open"), must=True),
    },
)


def _both_sides(design: Design) -> Iterator[Fault]:
    for side in BOTH:
        if side not in design["sides"]:
            yield Fault(
                ("sides", side),
                _('"%(key)s" is missing'),
                _("who uses it and who provides it decide together"),
                {"key": side},
            )


SECTIONS = (
    Section("sides", SIDES, icon="users", check=_both_sides),
    Section("deciding", DECIDING, icon="vote"),
)
