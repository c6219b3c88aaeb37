"""Everything of one person, gathered from all rooms into one file they can keep."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alongside.kernel.models import Activity
from alongside.kernel.text import spreadsheet_safe
from alongside.people import departures
from alongside.people.models import (
    BodyMember,
    Consent,
    ContactShare,
    Delegation,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    RoleHeld,
)

Row = dict[str, Any]

# Where people themselves point at Person and Membership, allauth's tables included.
COVERS = (
    "people.Membership.person",
    "people.Membership.added_by",
    "people.Membership.merged_into",
    "people.Person.merged_into",
    "people.RoleHeld.membership",
    "people.RoleHeld.given_by",
    "people.RoleHeld.ended_by",
    "people.BodyMember.membership",
    "people.JoinRequest.person",
    "people.JoinRequest.answered_by",
    "people.Invitation.made_by",
    "people.Invitation.revoked_by",
    "people.Delegation.membership",
    "people.Delegation.helper",
    "people.Delegation.recorded_by",
    "people.Delegation.ended_by",
    "people.Consent.membership",
    "people.Consent.by",
    "people.ContactShare.asker",
    "people.ContactShare.asked",
    "account.EmailAddress.user",
    "mfa.Authenticator.user",
)


def export_zip(person: Person) -> bytes:
    """A zip with `everything.json` and one CSV file a table, from every room."""
    tables = everything_of(person)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", json.dumps(tables, ensure_ascii=False, indent=2, default=_plain))
        for table, rows in tables.items():
            archive.writestr(f"{table}.csv", _csv(rows))
    return packed.getvalue()


def everything_of(person: Person) -> dict[str, list[Row]]:
    """Table name ("room.table") → rows, for the person and the records merged into theirs."""
    tables: dict[str, list[Row]] = {}
    for record in [person, *Person.objects.filter(merged_into=person)]:
        for room in departures.rooms():
            for table, rows in room.export(record).items():
                tables.setdefault(f"{room.room}.{table}", []).extend(rows)
    return tables


def _csv(rows: list[Row]) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({column: spreadsheet_safe(_plain(value)) for column, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def export_own_rows(person: Person) -> dict[str, list[Row]]:
    """What the people room itself holds about a person. Other people appear by name only."""
    mine = Membership.objects.of_person(person)
    return {
        "me": [_me(person)],
        "memberships": [
            {
                "community": membership.community.name,
                "number": membership.number,
                "joined_on": membership.joined_on,
                "left_at": membership.left_at,
                "area": membership.area,
                "contact_shown": membership.contact_shown,
            }
            for membership in mine.select_related("community")
        ],
        "roles": _roles(mine),
        "places": _places(mine),
        "helpers": _helpers(person, mine),
        "consents": list(
            Consent.objects.filter(membership__in=mine).values(
                "community__name", "purpose", "words", "given", "at", "channel"
            )
        ),
        "contact_shares": _shares(mine),
        "join_requests": list(
            JoinRequest.objects.filter(person=person).values(
                "community__name", "words", "asked_at", "answer", "answered_at", "reason"
            )
        ),
        "invitations": list(
            Invitation.objects.filter(made_by=person).values("community__name", "note", "made_at", "expires_at", "uses")
        ),
        "what_i_did": [
            {"at": entry.at, "did": entry.did, "channel": entry.channel}
            for entry in Activity.objects.filter(by_id=person.pk)
        ],
        "what_others_did_for_me": [
            {"at": entry.at, "did": entry.did, "channel": entry.channel}
            for entry in Activity.objects.filter(on_behalf_of_id=person.pk).exclude(by_id=person.pk)
        ],
    }


def _me(person: Person) -> Row:
    return {
        "name": person.name,
        "email": person.contact_email,
        "phone": person.phone,
        "other_phone": person.other_phone,
        "address": person.address,
        "born_on": person.born_on,
        "gender": person.gender,
        "language": person.language,
        "preferred_channel": person.preferred_channel,
        "made_at": person.made_at,
        "last_sign_in": person.last_login,
    }


def _roles(mine: Any) -> list[Row]:
    roles = RoleHeld.objects.filter(membership__in=mine).select_related("community", "group")
    return [
        {
            "community": held.community.name,
            "role": held.role,
            "group": held.group.name if held.group else "",
            "from": held.starts_on,
            "until": held.ends_on,
        }
        for held in roles
    ]


def _places(mine: Any) -> list[Row]:
    places = BodyMember.objects.filter(membership__in=mine)
    return [
        {
            "community": place.community.name,
            "in": str(place.household or place.organisation or place.group),
            "part": place.part,
            "since": place.since,
        }
        for place in places.select_related("community", "household", "organisation", "group")
    ]


def _helpers(person: Person, mine: Any) -> list[Row]:
    agreements = Delegation.objects.filter(membership__in=mine) | Delegation.objects.filter(helper__in=mine)
    agreements = agreements.select_related("community", "membership__person", "helper__person")
    return [
        {
            "community": agreement.community.name,
            "for": agreement.membership.person.name,
            "helper": agreement.helper.person.name if agreement.helper else "coordinators",
            "may": ", ".join(sorted(each.ability for each in agreement.abilities.all())),
            "agreed_on": agreement.consent_on,
            "how": agreement.consent_how,
            "words": agreement.consent_words if agreement.membership.person_id == person.pk else "",
            "until": agreement.expires_on,
            "ended_at": agreement.ended_at,
        }
        for agreement in agreements.prefetch_related("abilities")
    ]


def _shares(mine: Any) -> list[Row]:
    shares = ContactShare.objects.filter(asker__in=mine) | ContactShare.objects.filter(asked__in=mine)
    return [
        {
            "asker": share.asker.person.name,
            "asked": share.asked.person.name,
            "words": share.words,
            "asked_at": share.asked_at,
            "agreed": share.agreed,
            "ended_at": share.ended_at,
        }
        for share in shares.select_related("asker__person", "asked__person")
    ]
