"""Naming people to the books, which hold ids alone."""

from uuid import UUID

from alongside.people.models import Person


def id_of(person: Person | None) -> UUID | None:
    """The person's id; None for the house itself."""
    return person.id if person else None
