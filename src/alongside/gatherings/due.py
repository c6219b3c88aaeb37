"""Who is due at a gathering: those with a place, and those whom a room above expects."""

from alongside.gatherings import hooks
from alongside.gatherings.models import Booking, Gathering
from alongside.people.models import Membership


def due_at(gathering: Gathering) -> list[Membership]:
    """Everybody who is due, by name; two or three queries however many."""
    booked = Booking.objects.of(gathering.community).booked().filter(gathering=gathering).with_people()
    people = {one.membership_id: one.membership for one in booked}
    people |= {member.pk: member for member in hooks.expected(gathering)}
    return sorted(people.values(), key=lambda member: (member.person.search_name, member.number))
