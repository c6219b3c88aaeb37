"""Checks are facts that somebody else writes down; they do not change, and they say who is in a pool."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.kernel.models import Activity, UndoOffer
from alongside.people import actions as people
from alongside.people.models import Group, Person, Role
from alongside.people.tests.factories import NOON, TODAY, community, person_in
from alongside.safeguarding import actions, pool, signals
from alongside.safeguarding.models import Check, CheckKind, Requirement
from alongside.safeguarding.tests.scenes import Street, kind_in, seen, street

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def here() -> Street:
    return street()


def test_a_check_holds_for_the_months_of_its_kind(here: Street):
    check = seen(here.ana, kind_in(here.town, months=12), by=here.cora, on=date(2024, 2, 29))

    assert check.ends_on == date(2025, 2, 28)
    assert Check.objects.holding(on=date(2025, 2, 28)).get() == check
    assert not Check.objects.holding(on=date(2025, 3, 1)).exists()
    assert not Check.objects.holding(on=date(2024, 2, 28)).exists()


def test_a_day_that_the_paper_names_goes_before_the_usual_one(here: Street):
    check = seen(here.ana, kind_in(here.town), by=here.cora, until=TODAY + timedelta(days=5))

    assert check.ends_on == TODAY + timedelta(days=5)


def test_what_is_written_keeps_its_last_day_when_its_kind_changes(here: Street):
    kind = kind_in(here.town, months=12)
    check = seen(here.ana, kind, by=here.cora)

    actions.change_kind(kind=kind, name="DBS", months=1, needed=1, by=None, at=NOON)

    check.refresh_from_db()
    assert check.ends_on == date(2027, 3, 3)


def test_nobody_writes_down_their_own_check(here: Street):
    kind = kind_in(here.town)

    with pytest.raises(actions.NotYourOwn):
        seen(here.cora, kind, by=here.cora)
    with pytest.raises(actions.NotYourOwn):
        seen(here.cora, kind, by=here.cora, seen_by=here.stella.person)
    with pytest.raises(actions.NotYourOwn):
        seen(here.ana, kind, by=here.cora, seen_by=here.ana.person)
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        pytest.param({"on": TODAY + timedelta(days=1)}, actions.NotYetSeen, id="tomorrow"),
        pytest.param({"until": YESTERDAY}, actions.UntilBeforeSeen, id="it ends before it was seen"),
    ],
)
def test_days_that_cannot_be_are_refused(here: Street, told: dict[str, Any], refusal: type[Exception]):
    with pytest.raises(refusal):
        seen(here.ana, kind_in(here.town), by=here.cora, **told)


def test_a_kind_out_of_use_and_somebody_who_left_take_no_check(here: Street):
    kind = kind_in(here.town)
    people.leave_community(membership=here.ben, by=here.ben.person, at=NOON)
    with pytest.raises(SomeoneElseWasFaster):
        seen(here.ben, kind, by=here.cora)
    actions.archive_kind(kind=kind, by=None, at=NOON)

    with pytest.raises(actions.KindNotInUse):
        seen(here.ana, kind, by=here.cora)


def test_the_same_check_of_one_day_is_written_once_and_two_references_twice(here: Street):
    check, reference = kind_in(here.town), kind_in(here.town, "Reference", kind="reference", needed=2)
    seen(here.ana, check, by=here.cora)
    for _time in range(2):
        seen(here.ana, reference, by=here.cora)

    for kind in (check, reference):
        with pytest.raises(actions.WrittenAlready):
            seen(here.ana, kind, by=here.stella)
    assert sorted(Check.objects.values_list("kind__name", "place")) == [
        ("Background check", 1),
        ("Reference", 1),
        ("Reference", 2),
    ]


def test_a_form_sent_twice_writes_once(here: Street):
    reference, key = kind_in(here.town, "Reference", needed=2), new_id()

    first = seen(here.ana, reference, by=here.cora, key=key)

    assert seen(here.ana, reference, by=here.cora, key=key) == first
    assert Check.objects.count() == 1


def test_the_person_finds_in_their_trail_what_was_written_of_them(here: Street):
    check = seen(here.ana, kind_in(here.town), by=here.cora, channel="paper")

    entry = Activity.objects.get(did="safeguarding.check_written")
    assert (entry.about_id, entry.by_id, entry.on_behalf_of_id, entry.channel) == (
        check.pk,
        here.cora.person_id,
        here.ana.person_id,
        "paper",
    )


def test_an_evening_is_written_down_at_once_and_what_stands_already_stays(here: Street):
    induction, key = kind_in(here.town, "Induction", months=None), new_id()
    seen(here.ana, induction, by=here.cora)

    told: dict[str, Any] = {
        "memberships": [here.ana, here.ben, here.lea],
        "kind": induction,
        "seen_on": TODAY,
        "key": key,
    }
    made = actions.write_many(by=here.cora.person, at=NOON + timedelta(hours=1), **told)

    assert {check.person.name for check in made} == {"Ben", "Lea"}
    assert actions.write_many(by=here.cora.person, at=NOON + timedelta(hours=2), **told) == []
    assert Check.objects.count() == 3


def test_an_evening_with_one_who_cannot_be_written_down_writes_nobody(here: Street):
    with pytest.raises(actions.NotYourOwn):
        actions.write_many(
            memberships=[here.ana, here.cora],
            kind=kind_in(here.town),
            seen_on=TODAY,
            by=here.cora.person,
            at=NOON,
            key=new_id(),
        )
    assert not Check.objects.exists()


def test_what_was_written_by_mistake_is_taken_back_in_ten_seconds_all_of_it(here: Street):
    actions.write_many(
        memberships=[here.ana, here.ben],
        kind=kind_in(here.town),
        seen_on=TODAY,
        by=here.cora.person,
        at=NOON,
        key=new_id(),
    )
    offer = UndoOffer.objects.get(act="safeguarding.write")

    undo.perform(id=offer.pk, by=here.cora.person_id, at=NOON + timedelta(seconds=5))

    assert set(Check.objects.values_list("withdrawn_why", flat=True)) == {"mistake"}
    assert not Check.objects.standing().exists()


def test_a_check_is_withdrawn_once_and_written_anew(here: Street):
    kind = kind_in(here.town)
    check = seen(here.ana, kind, by=here.cora)
    actions.withdraw_check(check=check, why="mistake", by=here.cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.withdraw_check(check=check, why="ended", by=here.stella.person, at=NOON)
    assert seen(here.ana, kind, by=here.cora) != check
    check.refresh_from_db()
    assert (check.withdrawn_why, check.withdrawn_by) == ("mistake", here.cora.person)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"seen_on": YESTERDAY}, id="the day"),
        pytest.param({"ends_on": None}, id="the last day"),
        pytest.param({"channel": "phone"}, id="how it came"),
        pytest.param({"written_at": NOON + timedelta(days=1)}, id="when it was written"),
        pytest.param({"written_by": None}, id="who wrote it"),
        pytest.param({"withdrawn_why": "ended"}, id="why it was withdrawn"),
        pytest.param({"withdrawn_at": None, "withdrawn_by": None, "withdrawn_why": ""}, id="that it was withdrawn"),
    ],
)
def test_the_database_lets_no_check_change(here: Street, change: dict[str, Any]):
    check = seen(here.ana, kind_in(here.town), by=here.cora)
    actions.withdraw_check(check=check, why="mistake", by=here.cora.person, at=NOON)

    with pytest.raises(IntegrityError, match="stays as it was written"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(**change)


def test_the_database_gives_no_check_to_somebody_of_elsewhere_and_lets_none_go(here: Street):
    check = seen(here.ana, kind_in(here.town), by=here.cora)
    stranger = person_in(community("Elsewhere"), "Zoë")

    with pytest.raises(IntegrityError, match="stays as it was written"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(person=stranger.person)
    with pytest.raises(IntegrityError, match="goes only with a person"), transaction.atomic():
        check.delete()


@pytest.mark.sqlite_only
def test_no_check_is_put_in_the_place_of_another(here: Street):
    check = seen(here.ana, kind_in(here.town), by=here.cora)
    columns = ", ".join(f'"{field.column}"' for field in Check._meta.local_concrete_fields)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO safeguarding_check ({columns}) SELECT {columns} FROM safeguarding_check"
            f" WHERE id = '{check.pk.hex}'"
        )


# Pools


def test_who_has_everything_is_in_the_pool_on_the_days_on_which_all_of_it_holds(here: Street):
    check, reference = kind_in(here.town), kind_in(here.town, "Reference", months=None, needed=2)
    for member in (here.ana, here.ben):
        seen(member, check, by=here.cora)
        seen(member, reference, by=here.cora)
    seen(here.ana, reference, by=here.cora, on=YESTERDAY)
    everybody: list[Person | UUID] = [here.ana.person, here.ben.person_id, here.lea.person]

    assert pool.in_pool(everybody, [check, reference], on=TODAY) == {here.ana.person_id}
    assert pool.in_pool(everybody, [check, reference], on=YESTERDAY) == set()
    assert pool.in_pool(everybody, [check, reference], on=date(2027, 3, 3)) == {here.ana.person_id}
    assert pool.in_pool(everybody, [check, reference], on=date(2027, 3, 4)) == set()
    assert pool.in_pool(everybody, [], on=TODAY) == {here.ana.person_id, here.ben.person_id, here.lea.person_id}
    assert pool.missing(here.ben.person, [check, reference], on=TODAY) == {reference: 1}


def test_a_check_is_found_as_a_design_writes_it_and_what_nobody_knows_is_left_out(
    here: Street, django_assert_num_queries: Any
):
    check, other = kind_in(here.town), street("Oak Street").town
    kind_in(other, "First aid")

    with django_assert_num_queries(1):
        found = pool.named(here.town, ["background  check", "First aid"])

    assert found == {"background  check": check}
    with django_assert_num_queries(0):
        assert pool.named(here.town, []) == {}


def test_a_pool_of_many_costs_one_query(here: Street, django_assert_num_queries):
    check, reference = kind_in(here.town), kind_in(here.town, "Reference", needed=2)
    crowd = [person_in(here.town, f"Person {n}") for n in range(30)]
    for member in crowd:
        seen(member, check, by=here.cora)

    with django_assert_num_queries(1):
        assert len(pool.in_pool([member.person_id for member in crowd], [check], on=TODAY)) == 30
    with django_assert_num_queries(1):
        assert len(pool.missing_of([member.person_id for member in crowd], [check, reference], on=TODAY)) == 30


def test_a_check_of_another_community_counts_there_alone(here: Street):
    elsewhere = street("Elsewhere")
    theirs = kind_in(elsewhere.town)
    also = people.begin_membership(
        community=elsewhere.town, person=here.ana.person, roles=[Role.PARTICIPANT], by=None, at=NOON
    )
    seen(also, theirs, by=elsewhere.cora)

    assert pool.in_pool([here.ana.person_id], [theirs], on=TODAY) == {here.ana.person_id}
    assert pool.in_pool([here.ana.person_id], [kind_in(here.town)], on=TODAY) == set()


def test_a_role_asks_everywhere_and_a_duty_in_its_group(here: Street):
    check, driving = kind_in(here.town), kind_in(here.town, "Driving")
    choir = Group.objects.create(community=here.town, name="Choir", made_at=NOON)
    actions.require(kind=check, role=Role.PEER_LEADER, by=None, at=NOON)
    actions.require(kind=driving, duty="driving", group=choir, by=None, at=NOON)
    actions.require(kind=check, duty="driving", by=None, at=NOON)

    assert pool.kinds_for(here.town, role=Role.PEER_LEADER) == [check]
    assert pool.kinds_for(here.town, duty="driving") == [check]
    assert pool.kinds_for(here.town, duty="driving", group=choir) == [check, driving]
    assert pool.kinds_for(here.town, duty="cooking") == []


def test_what_is_asked_for_twice_is_asked_for_once_and_can_be_let_go(here: Street):
    check = kind_in(here.town)
    asked = actions.require(kind=check, duty="driving", by=None, at=NOON)

    assert actions.require(kind=check, duty="driving", by=None, at=NOON) == asked
    actions.no_longer_require(requirement=asked, by=None, at=NOON)
    with pytest.raises(SomeoneElseWasFaster):
        actions.no_longer_require(requirement=Requirement(pk=new_id(), community=here.town), by=None, at=NOON)
    assert not Requirement.objects.exists()


def test_a_kind_out_of_use_is_asked_for_nowhere(here: Street):
    check = kind_in(here.town)
    actions.require(kind=check, duty="driving", by=None, at=NOON)

    actions.archive_kind(kind=check, by=None, at=NOON)

    assert pool.kinds_for(here.town, duty="driving") == []
    with pytest.raises(SomeoneElseWasFaster):
        actions.archive_kind(kind=check, by=None, at=NOON)


def test_who_lacks_what_their_role_asks_for_is_found(here: Street, django_assert_num_queries):
    check = kind_in(here.town)
    leader = person_in(here.town, "Petra", roles=[Role.PEER_LEADER])
    seen(person_in(here.town, "Paul", roles=[Role.PEER_LEADER]), check, by=here.cora)
    actions.require(kind=check, role=Role.PEER_LEADER, by=None, at=NOON)

    with django_assert_num_queries(4):
        lacking = pool.lacking_for_roles(here.town, on=TODAY)

    assert [(each.person, each.role, each.kinds) for each in lacking] == [(leader.person, Role.PEER_LEADER, {check: 1})]


def test_usual_kinds_come_once_in_the_language_of_the_community(here: Street):
    aldea = community("Aldea", language="es")

    assert len(actions.add_usual_kinds(community=aldea, by=None, at=NOON)) == 5
    assert actions.add_usual_kinds(community=aldea, by=None, at=NOON) == []
    assert CheckKind.objects.of(aldea).filter(name="Referencia", needed=2).exists()


def test_two_kinds_in_use_have_two_names(here: Street):
    kind = kind_in(here.town)
    with pytest.raises(actions.NameTaken):
        kind_in(here.town)
    actions.archive_kind(kind=kind, by=None, at=NOON)

    assert kind_in(here.town) != kind


# Rooms above


@pytest.fixture
def heard():
    told: list[tuple[Person, CheckKind, date]] = []

    def hear(sender: object, person: Person, kind: CheckKind, on: date, **more: Any) -> None:
        told.append((person, kind, on))

    signals.out_of_pool.connect(hear, weak=False, dispatch_uid="tests")
    yield told
    signals.out_of_pool.disconnect(dispatch_uid="tests")


def test_rooms_above_hear_when_a_withdrawal_leaves_too_few(here, heard, django_capture_on_commit_callbacks):
    kind = kind_in(here.town)
    first, second = (seen(here.ana, kind, by=here.cora, on=day) for day in (TODAY, YESTERDAY))

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_check(check=first, why="mistake", by=here.cora.person, at=NOON)
    assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_check(check=second, why="ended", by=here.cora.person, at=NOON)

    assert heard == [(here.ana.person, kind, TODAY)]
