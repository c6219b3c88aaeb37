"""The sections of a blueprint that `programs` itself serves, in the order in which people read a design."""

from alongside.programs.rules.section import Section
from alongside.programs.rules.sections import agreeing, course, giving, people, purpose

_ORDER = (
    "blueprint", "purpose", "sessions", "topics", "enrolment", "roles", "pathway", "credits", "board", "stages",
    "sides", "deciding", "requires", "measures",
)  # fmt: skip
_SERVED = {section.name: section for room in (purpose, agreeing, people, course, giving) for section in room.SECTIONS}
FRAME: tuple[Section, ...] = tuple(_SERVED[name] for name in _ORDER)
