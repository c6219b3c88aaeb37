"""What people's time counts for, what must be in order before anything starts, and what is looked at afterwards."""

from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Section
from alongside.programs.rules.shapes import Choice, ListOf, Table, Text, Written, YesNo
from alongside.programs.rules.times import minutes_of

NONE, TIME_GIVEN = "none", "time given"


def credit_of(text: str) -> int | None:
    """Minutes that are credited a session: a length, 0 for "none", and None for "time given", which is what it took.

    Raises NotATime for anything else.
    """
    if text == TIME_GIVEN:
        return None
    return 0 if text == NONE else minutes_of(text)


def _credit(label: str) -> Written:
    return Written(
        read=credit_of,
        example=TIME_GIVEN,
        what=_('"none", "time given", or a length of time for each session'),
        label=label,
    )


PAYERS = {"community pot": _("the community's pot"), "program pot": _("the program's pot")}

CREDITS = Table(
    label=_("Whose time earns hours"),
    of={
        "attending": _credit(_("Attending")),
        "leading": _credit(_("Leading")),
        "helping": _credit(_("Lending a hand")),
        "preparing": _credit(_("Preparing")),
        "from": Choice(of=PAYERS, label=_("Who gives the hours")),
        "paid_people_earn": YesNo(label=_("People who are paid earn hours too")),
    },
)

REQUIRES = Table(
    label=_("What must be in order"),
    of={
        "licence": Table(
            label=_("A licence"),
            of={
                "of": Text(longest=120, label=_("What it is for"), must=True),
                "expires": YesNo(label=_("It runs out")),
            },
        ),
    },
)

MEASURES = Table(
    label=_("What is looked at"),
    help=_("names only; nobody must answer"),
    of={
        "names": ListOf(of=Text(longest=60), label=_("Names"), help=_("one a line"), most=12),
        "when": ListOf(of=Text(longest=60), label=_("When"), help=_("one a line"), most=8),
    },
)


SECTIONS = (
    Section("credits", CREDITS, icon="clock"),
    Section("requires", REQUIRES, icon="shield-check"),
    Section("measures", MEASURES, icon="gauge"),
)
