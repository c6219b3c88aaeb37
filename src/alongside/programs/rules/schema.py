"""The JSON Schema of blueprints, for editors that complete and check while somebody writes."""

from collections.abc import Sequence
from typing import Any

from alongside.programs.rules.asks import ASKS
from alongside.programs.rules.section import Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(sections: Sequence[Section]) -> dict[str, Any]:
    """Of the whole file; what sections ask of each other is checked by `alongside blueprint check` alone."""
    properties = {section.name: section.shape.schema() for section in sections}
    return {
        "$schema": DIALECT,
        "title": "Blueprint",
        "description": "A kind of program, written down so that people can read, share and change it.",
        "type": "object",
        "properties": {**properties, "ask": ASKS.schema()},
        "required": [section.name for section in sections if section.shape.must],
        "additionalProperties": False,
    }
