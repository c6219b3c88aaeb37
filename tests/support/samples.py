"""Sample things for the addresses of every room: one of each, about the person called Thea.

A key is the name of a parameter ("offer_id"), or "room:name.parameter" where two addresses mean
different things by the same word. A room adds a function here for its own.
"""

from typing import Any

from django.urls import reverse

from alongside.kernel import undo
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.kernel.models import Progress
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.models import Delivery
from alongside.notices.stopping import stop_token
from alongside.people.models import Person
from tests.support.cast import Town
from tests.support.permission_table import Address

NOTICE_KIND = kinds.register("tests.word", label="When somebody writes").name
UNDO_ACT = "tests.nothing"


@undo.inverse(UNDO_ACT)
def _nothing(args: dict[str, Any], by: Any, at: Any) -> None:
    """Undoing nothing."""


def furnish(town: Town) -> None:
    """Put one thing of every kind into a town."""
    for room in (web_things, people_things, notices_things):
        town.things |= room(town)


def web_things(town: Town) -> dict[str, Any]:
    return {
        "offer_id": new_id(),
        "web:help_page.path": "explanation/privacy",
        "web:founding_question.name": "name",
    }


def people_things(town: Town) -> dict[str, Any]:
    return {"membership_id": town.members["themself"].pk}


def notices_things(town: Town) -> dict[str, Any]:
    """A notice to Thea that a coordinator has to phone through, and work that runs for her."""
    thea = town.members["themself"].person
    thea.preferred_channel = Person.PreferredChannel.PHONE
    thea.save()
    notice = notices.tell(person=thea, community=town.community, kind=NOTICE_KIND, title="A word", at=now())
    delivery = Delivery.objects.of(town.community).get(notice=notice)
    work = Progress.objects.create(
        person_id=thea.pk,
        community_id=town.community.pk,
        work="tests.work",
        title="Work",
        made_at=now(),
        heard_at=now(),
    )
    return {
        "notice_id": notice.pk if notice else None,
        "delivery_id": delivery.pk,
        "progress_id": work.pk,
        "notices:stop.token": stop_token(thea, town.community, NOTICE_KIND),
    }


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
