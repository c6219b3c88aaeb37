"""The pages of one program, in the order in which people need them: each with half a line of what is there."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.programs.links import Link, links_of
from alongside.programs.models import Program

SEES_PEOPLE = "programs.see_people"


def doors_of(program: Program, design: Mapping[str, Any]) -> list[Link]:
    """What there is to do, then what there is to read; pages of rooms above stand between."""
    to_do = [
        _door(program, "sessions", _("Sessions"), "calendar", _("When they are, and who leads"), SEES_PEOPLE),
        _door(program, "people", _("People"), "users", _("Who takes part, and who waits"), SEES_PEOPLE),
        _door(program, "pathway", _("Pathway"), "footprints", _("Your next step, if you like"), SEES_PEOPLE),
    ]
    if "topics" in design:
        about = _("Ask for something, or host it")
        to_do.append(_door(program, "topics", _("Topics and classes"), "lightbulb", about, "programs.see_topics"))
    if "jobs" in design:
        to_do.append(
            _door(program, "jobs", _("Jobs"), "handshake", _("Who does what, what is free"), "programs.see_jobs")
        )
    to_read = [
        _door(program, "looking_back", _("Look back together"), "message-square", _("Say how it goes")),
        _door(program, "design", _("Design"), "pencil", _("What is agreed, and how to change it")),
        _door(program, "versions", _("How it came about"), "history", _("Every change, and who decided it")),
    ]
    return [*to_do, *links_of(program), *to_read]


def _door(program: Program, name: str, label: str, icon: str, about: str, needs: str = "") -> Link:
    return Link(label, reverse(f"programs:{name}", args=[program.community.slug, program.pk]), icon, needs, about)
