"""Sample things for the addresses of every room: one of each, about the person called Thea.

A key is the name of a parameter ("offer_id"), or "room:name.parameter" where two addresses mean
different things by the same word. A room adds a function here for its own.
"""

from typing import Any

from django.urls import reverse

from alongside.kernel import undo
from alongside.kernel.ids import new_id
from tests.support.cast import Town
from tests.support.permission_table import Address

UNDO_ACT = "tests.nothing"


@undo.inverse(UNDO_ACT)
def _nothing(args: dict[str, Any], by: Any, at: Any) -> None:
    """Undoing nothing."""


def furnish(town: Town) -> None:
    """Put one thing of every kind into a town."""
    for room in (web_things, people_things):
        town.things |= room(town)


def web_things(town: Town) -> dict[str, Any]:
    return {
        "offer_id": new_id(),
        "web:help_page.path": "explanation/privacy",
        "web:founding_question.name": "name",
    }


def people_things(town: Town) -> dict[str, Any]:
    return {"membership_id": town.members["themself"].pk}


def filled_in(address: Address, town: Town, *, things_of: Town | None = None) -> str:
    """The address in a town; `things_of`: take its things from there instead."""
    things = (things_of or town).things
    kwargs = {}
    for param in address.params:
        if param == "community_slug":
            kwargs[param] = town.community.slug
        else:
            kwargs[param] = things.get(f"{address.url_name}.{param}", things.get(param))
            assert kwargs[param] is not None, f"tests/support/samples.py has no {param} for {address.url_name}"
    return reverse(address.url_name, kwargs=kwargs)
