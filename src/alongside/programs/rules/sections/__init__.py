"""The sections of a blueprint that `programs` itself serves, in the order in which people read a design."""

from alongside.programs.rules.section import Section
from alongside.programs.rules.sections import agreeing, course, giving, jobs, people, purpose

_ORDER = (
    "blueprint", "purpose", "sessions", "topics", "enrolment", "roles", "jobs", "pathway", "credits", "board", "stages",
    "sides", "deciding", "requires", "measures",
)  # fmt: skip
_ROOMS = (purpose, agreeing, people, jobs, course, giving)
_SERVED = {section.name: section for room in _ROOMS for section in room.SECTIONS}
FRAME: tuple[Section, ...] = tuple(_SERVED[name] for name in _ORDER)
