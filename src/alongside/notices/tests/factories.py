"""A small cast for notices: people reached in different ways, and something to tell them."""

from typing import Any

from alongside.notices import actions, kinds
from alongside.notices.models import Notice
from alongside.people.models import Community, Person
from alongside.people.tests.factories import NOON, person_in

THANKS = kinds.register("tests.thanks", label="When somebody thanks me in a test")
ALARM = kinds.register("tests.alarm", label="When somebody may be in danger", essential=True)
SECRET = kinds.register("tests.secret", label="When my circle writes", private=True)


def reader(town: Community, name: str, **details: Any) -> Person:
    """A person who signs in here, so that a notice on this site reaches them."""
    person = person_in(town, name, **details).person
    Person.objects.filter(pk=person.pk).update(last_login=NOON)
    person.refresh_from_db()
    return person


def by_email(town: Community, name: str = "Amina", **details: Any) -> Person:
    """A person who wants e-mail."""
    return reader(town, name, email=f"{name.lower()}@example.org", preferred_channel="email", **details)


def thank(person: Person, town: Community, **changes: Any) -> Notice:
    """Tell a person of a thank-you, at noon."""
    words: dict[str, Any] = {
        "kind": "tests.thanks",
        "title": "Ben thanks you",
        "body": "For the hour in the garden.",
        "at": NOON,
    }
    notice = actions.tell(person=person, community=town, **(words | changes))
    assert notice is not None
    return notice
