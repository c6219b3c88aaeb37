"""Puts the made-up people into their community, with their roles, bodies and helpers."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.actions import bodies, helping
from alongside.people.models import BodyMember, Community, Group, Household, Membership, Organisation
from alongside.strengths import actions as strengths
from alongside.strengths.actions import Answer
from alongside.strengths.models import StrengthsProfile
from alongside.strengths.rules.pictures import Section
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account
from alongside.web.demo import cast
from alongside.web.demo.cast import Character

PEOPLE = 120
ORGANISATIONS_FLOOR_MINUTES = -200 * 60


def characters(chance: random.Random) -> list[Character]:
    """The named people, and others until there are `PEOPLE`; the same for the same `chance`."""
    names = [f"{first} {last}" for first in cast.FIRST_NAMES for last in cast.SURNAMES]
    chance.shuffle(names)
    others = [_somebody(name, chance) for name in names[: PEOPLE - len(cast.NAMED)]]
    return [*cast.NAMED, *others]


def _somebody(name: str, chance: random.Random) -> Character:
    age = chance.choice([19, 24, 31, 36, 42, 47, 52, 58, 63, 67, 70, 72, 75, 78, 81, 85])
    speaks = chance.choice(cast.LANGUAGES)
    return Character(
        name=name,
        age=age,
        gender=chance.choice(["female", "female", "male", "other", ""]),
        language="es" if speaks[0] == "es" else "en",
        speaks=speaks,
        goes_online=chance.random() > (0.45 if age >= 70 else 0.08),
        gives=chance.choice([0.0, 0.2, 0.5, 1.0, 1.0, 1.5, 2.5]),
        receives=chance.choice([0.0, 0.3, 0.6, 1.0, 1.0, 1.4, 2.0]),
        shares=tuple(chance.sample(cast.STRENGTHS, 3)),
    )


def bring_in(
    community: Community, everyone: list[Character], *, began: datetime, chance: random.Random
) -> dict[str, Membership]:
    """Add everybody, the founders on the first day and the others over the months; by name."""
    by_name: dict[str, Membership] = {}
    founder = None
    for count, character in enumerate(everyone):
        at = began + timedelta(days=0 if count < 10 else chance.randint(1, 420), hours=chance.randint(0, 7))
        membership = people.add_person(
            community=community,
            name=character.name,
            by=founder,
            at=at,
            roles=character.roles,
            joined_on=at.date(),
            area=chance.choice(cast.AREAS),
            born_on=_born(character.age, at.date(), chance),
            gender=character.gender if character.gender in {"female", "male", "other"} else "",
            language=character.language,
            **_contact(character, count),
        )
        founder = founder or membership.person
        by_name[character.name] = membership
    return by_name


def _born(age: int, on: date, chance: random.Random) -> date:
    return date(on.year - age - 1, chance.randint(1, 12), chance.randint(1, 28))


def _contact(character: Character, count: int) -> dict[str, Any]:
    phone = f"01632 960{count:03d}"
    if not character.goes_online:
        return {"phone": phone, "preferred_channel": "phone" if character.age < 80 else "letter"}
    mail = character.name.lower().replace(" ", ".").replace("'", "")
    address = mail.encode("ascii", "ignore").decode() + f".{count}@example.org"
    return {"phone": phone, "email": address, "preferred_channel": "email"}


def describe(everyone: list[Character], by_name: dict[str, Membership], *, at: datetime, chance: random.Random) -> None:
    """Fill in the strengths of three people in four."""
    for character in everyone:
        if character.own_words or chance.random() < 0.75:
            membership = by_name[character.name]
            sections = {section: [c for c in character.shares if c.startswith(f"{section}-")] for section in Section}
            sections[Section.LEARN] = chance.sample(cast.WISHES, 1)
            sections[Section.MATTERS] = chance.sample(cast.MATTERS, 2)
            words = {Section.SKILL: character.own_words}
            strengths.save_profile(
                membership=membership,
                answers={
                    section: Answer(pictures=codes, words=words.get(section, ()))
                    for section, codes in sections.items()
                    if codes or words.get(section)
                },
                by=membership.person,
                at=at,
                shown_to=StrengthsProfile.ShownTo.MEMBERS,
            )


def form_bodies(community: Community, by_name: dict[str, Membership], *, at: datetime) -> dict[str, Account]:
    """Households, organisations and groups, each with its account; by name."""
    cora = by_name["Cora Lindqvist"].person
    accounts: dict[str, Account] = {}

    def keep(body: Household | Organisation | Group) -> Account:
        return accounts.setdefault(body.name, timebank.open_account(community=community, holder=body, by=cora, at=at))

    family, adults, children = cast.HOUSEHOLD
    household = bodies.make_body(
        kind=Household, community=community, name=family, leader=by_name[adults[0]], by=cora, at=at
    )
    for names, part in ((adults[1:], BodyMember.Part.ADULT), (children, BodyMember.Part.CHILD)):
        for name in names:
            bodies.join_body(body=household, membership=by_name[name], part=part, by=cora, at=at)
    keep(household)
    for name, contact in cast.ORGANISATIONS:
        account = keep(
            bodies.make_body(
                kind=Organisation, community=community, name=name, leader=by_name.get(contact), by=cora, at=at
            )
        )
        # Organisations thank their helpers with hours they earn back over a year.
        timebank.set_limits(
            account=account, by=cora, at=at, floor_minutes=ORGANISATIONS_FLOOR_MINUTES, soft_floor_minutes=None
        )
    for name, leader in cast.GROUPS:
        keep(bodies.make_body(kind=Group, community=community, name=name, leader=by_name[leader], by=cora, at=at))
    return accounts


def name_helpers(community: Community, by_name: dict[str, Membership], *, at: datetime) -> None:
    """Ruth acts for her mother; the coordinators act for two people who are never online."""
    cora = by_name["Cora Lindqvist"].person
    for name, helper in (("Margaret Hollis", by_name["Ruth Hollis"]), ("Walter Finch", None), ("Olive Trent", None)):
        helping.let_act(
            membership=by_name[name],
            helper=helper,
            abilities=list(abilities.every()),
            consent_how="in_person",
            consent_words="She told us at the kitchen table." if helper else "Said so on the phone.",
            expires_on=(at + timedelta(days=300)).date(),
            by=cora,
            at=at,
        )
