"""A program's design as a blueprint file, for others to begin with: what was agreed, and no name of anybody."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from alongside.kernel.text import folded
from alongside.programs.models import Program

LICENCE = "CC-BY-4.0"


def as_blueprint(program: Program, design: Mapping[str, Any]) -> str:
    """The words of the file. It asks nothing: whoever starts from it changes what they like."""
    version = program.versions.newest_first().values_list("number", flat=True)[0]
    about = {
        "id": blueprint_id(program.title),
        "version": str(version),
        "title": program.title,
        "summary": program.summary,
        "in_the_manner_of": program.manner,
        "principles": program.principles,
        "aim": program.aim,
        "sources": program.sources,
        "licence": LICENCE,
        "language": program.community.language,
    }
    return tomli_w.dumps({"blueprint": {key: each for key, each in about.items() if each}, **design})


def blueprint_id(title: str) -> str:
    """Small letters, digits and hyphens from a title."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded(title)).split()
    return "-".join(words) or "program"
