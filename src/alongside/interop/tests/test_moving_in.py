"""Small files: met people, taken numbers, errors, undo and a second try."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from alongside.interop import actions
from alongside.interop.models import Import, ImportedRow, ImportFile
from alongside.interop.rules.tables import NotATable
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import NOON, community, coordinator_in, person_in
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer, TransferNote

pytestmark = pytest.mark.django_db

MEMBERS = b"""1,2024-08-04,Ana,Puig,,1,1942-12-09,0638,,ana@example.org
2,2024-10-19,Ben,Li,,2,,,,
"""
TRANSFERS = b"""1,member,2,member,3600,2025-02-16 11:45:00,thanks!,
2,member,5007,organization,1800,2025-01-10 09:00:00,,77
1,member,2,member,3600,2025-02-16 11:45:00,thanks!,
"""


def a_time_bank(name="Maple Street"):
    town = community(name)
    timebank.open_time_bank(community=town, by=None, at=NOON)
    return town


def move(town, *, by=None, **files):
    waiting = actions.read_files(community=town, files=files, by=by, at=NOON)
    return actions.move_in(waiting=waiting, by=by, at=NOON)


def balances(town):
    accounts = Account.objects.of(town).filter(kind=Account.Kind.PERSON)
    return {str(account): account.balance_minutes for account in accounts.with_holders()}


def test_identical_rows_in_one_file_both_count_and_keep_their_dates():
    town = a_time_bank()

    move(town, members=MEMBERS, transfers=TRANSFERS)

    assert balances(town) == {"Ana Puig": -120, "Ben Li": 90}
    first = Transfer.objects.of(town).earliest("posted_at")
    assert (str(first.helped_on), first.posted_at.isoformat()) == ("2025-01-10", "2025-01-10T09:00:00+00:00")


def test_members_may_come_first_and_their_history_another_day():
    town = a_time_bank()
    move(town, members=MEMBERS)

    move(town, transfers=TRANSFERS)

    assert balances(town) == {"Ana Puig": -120, "Ben Li": 90}


def test_a_row_that_meets_somebody_by_e_mail_does_not_make_them_twice():
    town = a_time_bank()
    ana = person_in(town, "Ana P.", email="ana@example.org")

    moved = move(town, members=MEMBERS, transfers=TRANSFERS)

    assert Membership.objects.of(town).count() == 2
    assert moved.report["met"] == [ana.number]
    assert balances(town) == {"Ana P.": -120, "Ben Li": 90}


def test_a_number_somebody_has_already_gives_way_to_the_next_free_one():
    town = a_time_bank()
    person_in(town, "Zoe")

    moved = move(town, members=MEMBERS)

    assert moved.report["new_numbers"] == ["1"]
    numbers = dict(Membership.objects.of(town).values_list("person__name", "number"))
    assert numbers == {"Zoe": 1, "Ben Li": 2, "Ana Puig": 3}


def test_one_bad_row_moves_nothing_in_unless_it_is_left_behind_on_purpose():
    town = a_time_bank()
    waiting = actions.read_files(community=town, files={"members": MEMBERS + b"x,,Nobody,,,,,,,\n"}, by=None, at=NOON)

    with pytest.raises(actions.ImportHasErrors) as refusal:
        actions.move_in(waiting=waiting, by=None, at=NOON)

    assert refusal.value.count == 1
    assert not Membership.objects.of(town).exists()
    actions.move_in(waiting=waiting, by=None, at=NOON, without_errors=True)
    assert Membership.objects.of(town).count() == 2


def test_hours_of_somebody_no_file_knows_are_an_error_of_that_row():
    town = a_time_bank()

    waiting = actions.read_files(community=town, files={"transfers": TRANSFERS}, by=None, at=NOON)

    assert {(error["line"], error["why"]) for error in waiting.report["errors"]} == {
        (1, "no_such_member"), (2, "no_such_member"), (3, "no_such_member"),
    }  # fmt: skip


def test_what_lies_ahead_is_an_error_of_its_row():
    town = a_time_bank()
    files = {
        "members": MEMBERS + b"3,2062-08-04,Cem,,,1,1942-12-09,,,\n4,2024-08-04,Dora,,,1,2042-12-09,,,\n",
        "posts": b"1,Offer,Bread,,3,2062-05-07 10:00:00,,\n",
        "transfers": b"1,member,2,member,3600,2026-03-03 12:00:01,soon,\n1,member,2,member,60,2026-03-03 12:00,now,\n",
    }

    waiting = actions.read_files(community=town, files=files, by=None, at=NOON)

    found = [(error["file"], error["line"], error["column"], error["why"]) for error in waiting.report["errors"]]
    assert found == [
        ("members", 3, "entry_date", "in_the_future"),
        ("members", 4, "date_of_birth", "in_the_future"),
        ("posts", 1, "created_at", "in_the_future"),
        ("transfers", 1, "created_at", "in_the_future"),
    ]


def test_what_moved_in_cannot_move_in_again_from_the_same_preview():
    town = a_time_bank()
    moved = move(town, members=MEMBERS)

    with pytest.raises(actions.NotWaiting) as refusal:
        actions.move_in(waiting=moved, by=None, at=NOON)

    assert refusal.value.state == Import.State.MOVED_IN
    assert not ImportFile.objects.exists()


def test_after_an_undo_the_same_people_come_back_with_the_same_numbers():
    town = a_time_bank()
    cora = coordinator_in(town).person
    moved = move(town, by=cora, members=MEMBERS, transfers=TRANSFERS)
    before = set(Membership.objects.of(town).current().values_list("number", "person__name"))

    actions.undo_import(moved=moved, by=cora, at=NOON)
    gone = set(Membership.objects.of(town).current().values_list("number", "person__name"))
    move(town, by=cora, members=MEMBERS, transfers=TRANSFERS)

    assert gone == {(1, "Cora")}
    assert set(Membership.objects.of(town).current().values_list("number", "person__name")) == before
    assert balances(town) == {"Ana Puig": -120, "Ben Li": 90}


def test_who_asked_to_be_erased_is_not_named_again_by_the_same_files():
    town = a_time_bank()
    move(town, members=MEMBERS, transfers=TRANSFERS)
    ana, _ben = Membership.objects.of(town).select_related("person").order_by("number")
    people.erase_person(person=ana.person, by=ana.person, at=NOON + timedelta(days=1))

    move(town, members=MEMBERS, transfers=TRANSFERS)

    assert balances(town) == {"Former member": -120, "Ben Li": 90}
    assert not Membership.objects.of(town).current().filter(pk=ana.pk).exists()


def test_words_that_came_with_an_hour_go_with_whoever_of_the_two_is_erased():
    town = a_time_bank()
    move(town, members=MEMBERS, transfers=TRANSFERS)
    _ana, ben = Membership.objects.of(town).select_related("person").order_by("number")
    before = list(TransferNote.objects.of(town).exclude(note="").values_list("note", flat=True))

    people.erase_person(person=ben.person, by=ben.person, at=NOON)

    assert before == ["thanks!", "thanks!"]
    assert not TransferNote.objects.of(town).exclude(note="").exists()


def test_an_undo_keeps_people_who_have_exchanged_since():
    town = a_time_bank()
    cora = coordinator_in(town).person
    moved = move(town, by=cora, members=MEMBERS)
    ana, ben = (timebank.account_of(community=town, person=person, by=cora, at=NOON) for person in people_by_name(town))
    category = town_category(town)
    timebank.pay(
        payer=ana, payee=ben, minutes=60, category=category, helped_on=NOON.date(), by=cora, at=NOON, key="an hour"
    )

    actions.undo_import(moved=moved, by=cora, at=NOON)

    moved.refresh_from_db()
    assert moved.report["stayed"] == 2
    assert balances(town) == {"Ana Puig": -60, "Ben Li": 60}


def test_an_undo_ends_no_role_that_somebody_has_taken_on_since():
    town = a_time_bank()
    cora = coordinator_in(town).person
    moved = move(town, by=cora, members=MEMBERS)
    ana = Membership.objects.of(town).get(person=people_by_name(town)[0])
    people.give_role(membership=ana, role=Role.STEWARD, by=None, at=NOON)

    actions.undo_import(moved=moved, by=cora, at=NOON)

    ana = Membership.objects.select_related("person").get(pk=ana.pk)
    assert (ana.person.name, ana.left_at) == ("Ana Puig", None)
    assert Membership.objects.of(town).current().holding(Role.STEWARD, on=NOON.date()).get() == ana


def test_an_undo_keeps_people_who_were_credited_for_a_session_since():
    town = a_time_bank()
    cora = coordinator_in(town).person
    moved = move(town, by=cora, members=MEMBERS, transfers=TRANSFERS)
    ana, _ben = people_by_name(town)
    timebank.pay(
        payer=Account.objects.of(town).get(kind=Account.Kind.COMMUNITY_POT),
        payee=timebank.account_of(community=town, person=ana, by=cora, at=NOON),
        minutes=30, category=town_category(town), helped_on=NOON.date(), by=cora, at=NOON, key="a session",
        kind=Transfer.Kind.GRANT,
    )  # fmt: skip

    actions.undo_import(moved=moved, by=cora, at=NOON)

    assert set(Membership.objects.of(town).current().values_list("person__name", flat=True)) == {"Cora", "Ana Puig"}


def test_an_undo_keeps_somebody_who_was_here_before_under_the_record_that_came():
    town = a_time_bank()
    cora = coordinator_in(town).person
    moved = move(town, by=cora, members=MEMBERS)
    came, was_here = Membership.objects.of(town).get(person=people_by_name(town)[0]), person_in(town, "Anita")
    kept = people.merge_members(one=came, other=was_here, by=cora, at=NOON)

    actions.undo_import(moved=moved, by=cora, at=NOON)

    assert kept == came
    assert set(Membership.objects.of(town).current().values_list("person__name", flat=True)) == {"Cora", "Ana Puig"}


def people_by_name(town):
    members = Membership.objects.of(town).filter(number__gt=1).select_related("person")
    return [member.person for member in members.order_by("person__name")]


def town_category(town):
    return timebank.add_category(community=town, name="Company", division=7, by=None, at=NOON)


def test_an_import_that_was_dropped_forgets_its_files():
    town = a_time_bank()
    waiting = actions.read_files(community=town, files={"members": MEMBERS}, by=None, at=NOON)

    actions.drop(waiting=waiting, by=None, at=NOON)

    assert not ImportFile.objects.exists()
    with pytest.raises(actions.NotWaiting):
        actions.move_in(waiting=waiting, by=None, at=NOON)


@pytest.mark.parametrize("end", [actions.drop, partial(actions.move_in, without_errors=True)], ids=["drop", "move in"])
def test_what_stood_in_a_cell_is_forgotten_with_the_files(end):
    town = a_time_bank()
    twice = MEMBERS + b"3,,Ana,Again,,1,,,,ana@example.org\n"
    waiting = actions.read_files(community=town, files={"members": twice}, by=None, at=NOON)
    shown = waiting.report["errors"][0]["text"]

    end(waiting=waiting, by=None, at=NOON)

    waiting.refresh_from_db()
    assert shown == "ana@example.org"
    assert waiting.report["errors"] == [
        {"file": "members", "line": 3, "column": "email", "why": "repeated", "text": ""}
    ]


def test_files_nobody_says_yes_to_are_forgotten_after_thirty_days():
    waiting = actions.read_files(community=a_time_bank(), files={"members": MEMBERS}, by=None, at=NOON)

    assert actions.drop_forgotten(at=NOON + timedelta(days=29)) == 0
    assert actions.drop_forgotten(at=NOON + timedelta(days=30)) == 1

    waiting.refresh_from_db()
    assert waiting.state == Import.State.DROPPED
    assert not ImportFile.objects.exists()


def test_a_file_that_is_no_table_is_named():
    with pytest.raises(NotATable) as refusal:
        actions.read_files(community=a_time_bank(), files={"posts": b" "}, by=None, at=NOON)

    assert (refusal.value.file, refusal.value.why) == ("posts", "empty")


def test_the_same_numbers_in_two_communities_are_two_people():
    maple, elm = a_time_bank(), a_time_bank("Elm Street")

    move(maple, members=MEMBERS, transfers=TRANSFERS)
    move(elm, members=MEMBERS)

    assert Membership.objects.of(elm).count() == 2
    assert not Transfer.objects.of(elm).exists()


def test_the_database_moves_a_row_in_once():
    town = a_time_bank()
    moved = move(town, members=MEMBERS)
    row = ImportedRow.objects.of(town).filter(told="1").get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedRow.objects.create(community=town, source=moved, holds=row.holds, told="1", became_id=row.became_id)


def test_nobody_gets_letters_about_limits_passed_long_ago():
    town = a_time_bank()
    long_ago = "".join(f"1,member,2,member,36000,2024-0{month}-16 11:45:00,,\n" for month in range(1, 9)).encode()

    move(town, members=MEMBERS, transfers=long_ago)

    assert balances(town) == {"Ana Puig": -4800, "Ben Li": 4800}
    assert not Notice.objects.of(town).exists()
