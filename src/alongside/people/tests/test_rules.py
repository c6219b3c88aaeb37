"""Reckoning about people, without a database."""

from datetime import date

import pytest

from alongside.people.rules.ages import acts_alone, age_on, last_birthday_of_the_grown
from alongside.people.rules.constituencies import Constituency, constituencies
from alongside.people.rules.likeness import Likeness, Traits, likeness, name_words, phone_key
from alongside.people.rules.roles import roles_in_the_gift_of


@pytest.mark.parametrize(
    ("born_on", "day", "grown"),
    [
        pytest.param(date(2008, 3, 3), date(2026, 3, 2), False, id="the day before the 18th birthday"),
        pytest.param(date(2008, 3, 3), date(2026, 3, 3), True, id="on the 18th birthday"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), False, id="born on 29 February, on 28 February"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), True, id="born on 29 February, on 1 March"),
        pytest.param(date(2010, 2, 28), date(2028, 2, 29), True, id="grown the day before, on 29 February"),
        pytest.param(date(2010, 3, 1), date(2028, 2, 29), False, id="birthday tomorrow, on 29 February"),
        pytest.param(None, date(2026, 3, 3), True, id="nobody wrote the birthday down"),
    ],
)
def test_people_act_alone_from_their_18th_birthday(born_on: date | None, day: date, grown: bool) -> None:
    assert acts_alone(born_on, day) is grown
    if born_on is not None:
        assert (born_on <= last_birthday_of_the_grown(day)) is grown


def test_age_counts_full_years() -> None:
    assert age_on(date(2000, 2, 29), date(2001, 2, 28)) == 0
    assert age_on(date(2000, 2, 29), date(2004, 2, 29)) == 4


@pytest.mark.parametrize(
    ("roles", "is_kin", "sides"),
    [
        pytest.param({"participant"}, False, (Constituency.USES,), id="a participant uses it"),
        pytest.param({"peer_leader"}, False, (Constituency.USES, Constituency.PROVIDES), id="a peer leader does both"),
        pytest.param({"professional", "coordinator"}, False, (Constituency.PROVIDES,), id="two roles, one side"),
        pytest.param({"commissioner"}, False, (Constituency.FUNDS,), id="a commissioner funds it"),
        pytest.param({"participant"}, True, (Constituency.USES, Constituency.KIN), id="a mother who takes part"),
        pytest.param(set(), False, (), id="no role, no side"),
    ],
)
def test_sides_follow_from_roles(roles: set[str], is_kin: bool, sides: tuple[Constituency, ...]) -> None:
    assert constituencies(roles, is_kin=is_kin) == sides


def test_every_role_but_none_unknown_has_a_side() -> None:
    from alongside.people.models import Role

    assert all(constituencies({role}) for role in Role.values)
    assert constituencies({"emperor"}) == ()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param(Traits("Zoë Ortiz"), Traits("ORTIZ, Zoe"), {Likeness.NAME}, id="accents, case and order"),
        pytest.param(Traits("Maria Lopez"), Traits("María López García"), {Likeness.NAME}, id="a second surname"),
        pytest.param(Traits("Patrick O'Brien"), Traits("patrick obrien"), {Likeness.NAME}, id="an apostrophe"),
        pytest.param(Traits("Ana"), Traits("Ana Ruiz"), set(), id="a first name alone says little"),
        pytest.param(Traits("Ana"), Traits("ana"), {Likeness.NAME}, id="the same single name"),
        pytest.param(Traits("Null"), Traits("None"), set(), id="Null is a name"),
        pytest.param(Traits(""), Traits(""), set(), id="two empty names say nothing"),
        pytest.param(
            Traits("A", phones=("+44 7700 900100",)),
            Traits("B", phones=("", "07700900100")),
            {Likeness.PHONE},
            id="a phone with and without its country",
        ),
        pytest.param(Traits("A", phones=("12",)), Traits("B", phones=("12",)), set(), id="too few digits"),
        pytest.param(Traits("A", email="x@y.org"), Traits("B", email="X@Y.ORG"), {Likeness.EMAIL}, id="the e-mail"),
        pytest.param(
            Traits("Sam Hall", phones=("5550100",), born_on=date(1970, 1, 1)),
            Traits("Sam Hall", phones=("5550100",), born_on=date(2001, 1, 1)),
            set(),
            id="father and son of one name and phone",
        ),
        pytest.param(
            Traits("Sam Hall", born_on=date(1970, 1, 1)),
            Traits("Hall Sam", born_on=date(1970, 1, 1)),
            {Likeness.NAME, Likeness.BIRTH},
            id="name and birthday",
        ),
        pytest.param(
            Traits("Sam", born_on=date(1970, 1, 1)), Traits("Ana", born_on=date(1970, 1, 1)), set(), id="twins in time"
        ),
    ],
)
def test_records_that_look_like_one_person(one: Traits, other: Traits, found: set[Likeness]) -> None:
    assert likeness(one, other) == found
    assert likeness(other, one) == found


def test_names_in_every_script_have_words() -> None:
    assert name_words("李 小龙") == {"李", "小龙"}
    assert name_words("محمد") == {"محمد"}
    assert phone_key("٠٧٧٠٠٩٠٠١٠٠") == "700900100"


@pytest.mark.parametrize(
    ("roles", "stewards_exist", "gift"),
    [
        pytest.param({"participant", "professional"}, True, set(), id="others give nothing"),
        pytest.param(
            {"coordinator"},
            True,
            {"participant", "peer_leader", "professional", "coordinator"},
            id="a coordinator makes no steward",
        ),
    ],
)
def test_nobody_lifts_themself_up(roles: set[str], stewards_exist: bool, gift: set[str]) -> None:
    assert roles_in_the_gift_of(roles, stewards_exist=stewards_exist) == gift


def test_a_coordinator_names_the_first_steward() -> None:
    assert "steward" in roles_in_the_gift_of({"coordinator"}, stewards_exist=False)
    assert "commissioner" in roles_in_the_gift_of({"steward"}, stewards_exist=True)
