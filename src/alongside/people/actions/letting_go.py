"""What becomes of somebody's ways in when they export, leave, are erased or found to be one with another."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alongside.people import departures
from alongside.people.actions import signing_in
from alongside.people.models import Device, Membership, Person, SignInCard

COVERS = ("people.SignInCard.membership", "people.SignInCard.issued_by", "people.Device.person")


def export_ways_in(person: Person) -> Mapping[str, list[dict[str, Any]]]:
    """Cards and sign-ins of the person; never what proves who they are."""
    cards = SignInCard.objects.filter(membership__person=person)
    devices = Device.objects.of_person(person).order_by("began_at")
    return {
        "cards": list(cards.values("community__name", "issued_at", "expires_at", "ended_at", "last_used_at")),
        "sign_ins": [{**row} for row in devices.values("began_at", "ended_at", "way", "browser", "shared")],
    }


def erase_ways_in(person: Person, *, by: Person | None, at: datetime) -> None:
    signing_in.forget_ways_in(person=person, at=at)
    Device.objects.of_person(person).delete()
    SignInCard.objects.filter(membership__person=person).delete()


def end_cards_of_leaver(membership: Membership, *, by: Person | None, at: datetime) -> None:
    _open_cards(membership).update(ended_at=at)


def merge_ways_in(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """The record that is used no more opens nothing any more; the kept one keeps its own ways in."""
    _open_cards(dropped).update(ended_at=at)


def _open_cards(membership: Membership) -> Any:
    return SignInCard.objects.of(membership.community).filter(membership=membership, ended_at=None)


def register() -> None:
    departures.register(
        room="signing_in",
        export=export_ways_in,
        erase=erase_ways_in,
        leave=end_cards_of_leaver,
        merge=merge_ways_in,
        covers=COVERS,
    )
