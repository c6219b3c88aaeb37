"""What a program is for: the file itself, why, and the stages it goes through again and again."""

from collections.abc import Iterator

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import Choice, ListOf, MapOf, Table, Text, Written, period

LANGUAGES = {"en": _("English"), "es": _("Spanish")}


def _id(text: str) -> object:
    if not text.isascii() or not all(part.isalnum() and part == part.lower() for part in text.split("-")):
        raise ValueError(text)
    return text


ABOUT = Table(
    label=_("This blueprint"),
    must=True,
    of={
        "id": Written(
            read=_id, example="our-course", what=_("small letters, digits and hyphens belong here"), must=True
        ),
        "version": Text(longest=20, must=True, help=_("the version of the file")),
        "title": Text(label=_("Title"), longest=100, must=True),
        "summary": Text(label=_("In one or two sentences"), longest=400, lines=True, must=True),
        "in_the_manner_of": Text(label=_("In the manner of"), help=_("a kind of program, no brand's own text")),
        "principles": ListOf(of=Choice(of=words.PRINCIPLES), label=_("Principles it serves"), least=1, must=True),
        "aim": Choice(of=words.AIMS, label=_("What it is part of"), must=True, help=_("prevention, treatment …")),
        "sources": ListOf(of=Text(longest=400), label=_("Sources")),
        "licence": Text(longest=60, label=_("Licence of this file"), must=True),
        "language": Choice(of=LANGUAGES, label=_("Language of its words")),
    },
)

PURPOSE = Table(
    label=_("What it is for"),
    must=True,
    of={
        "why": Text(label=_("Why we do it"), longest=1000, lines=True, must=True, help=_("in words all understand")),
        "for_whom": Text(label=_("Who it is for"), longest=400, lines=True, must=True, help=_("as they would say it")),
        "good_looks_like": ListOf(
            of=Text(), label=_("What good looks like"), help=_("one thing a line, in people's own words"), most=12
        ),
    },
)

LEADERS = {
    "one of each side": _("one of each side"),
    "people": words.SIDE_NAMES["people"],
    "providers": words.SIDE_NAMES["providers"],
}

STAGE = Table(
    of={
        "lead": Choice(of=LEADERS, label=_("Who leads")),
        "makes": ListOf(of=Text(longest=160), label=_("What it must produce"), help=_("one thing a line"), most=12),
        "within": period(label=_("Within"), help=_("counted from the day the stage begins")),
    }
)

STAGES = MapOf(of=STAGE, keys=words.STAGES, label=_("Stages"), must=True, help=_("co-plan, co-design and so on"))


def _stages_that_matter(design: Design) -> Iterator[Fault]:
    """Whoever delivers together also asks together what came of it."""
    stages = design["stages"]
    if "co-assess" not in stages:
        yield Fault(
            ("stages", "co-assess"),
            _("a program asks together what came of it"),
            _("add [stages.co-assess]"),
        )
    for name, stage in stages.items():
        if not stage.get("makes"):
            yield Fault(("stages", name), _("a stage produces something"), _('say what with "makes"'))


SECTIONS = (
    Section("blueprint", ABOUT, is_open_to_change=False),
    Section("purpose", PURPOSE, icon="lightbulb"),
    Section("stages", STAGES, icon="route", check=_stages_that_matter),
)
