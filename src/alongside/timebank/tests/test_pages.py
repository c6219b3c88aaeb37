"""My hours and statements: what people see of their own, and who sees it."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people.models import BodyMember, Group, Household, Membership, Person, Role
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.fold import fold
from alongside.timebank.models import Account, Transfer
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    any_category,
    make_account,
    make_coordinator,
    make_member,
    neighbors,
    pay,
    pot_of,
)
from alongside.timebank.tests.pages import MINUS, browser, key, look, pay_often, text_of, url

pytestmark = pytest.mark.django_db


def test_my_hours_say_what_i_have_gave_and_received():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 90)
    pay(ben, amina, 30, after_minutes=1)

    page = look(amina.person, "home", amina.community)

    assert f"Balance {MINUS}1 hour" in page
    assert "You gave 30 minutes" in page
    assert "You received 1 h 30 min" in page
    assert f"Ben helped you {any_category(amina.community)}" in page


def test_given_and_received_are_the_same_before_and_after_the_fold():
    amina, ben = neighbors("Amina", "Ben")
    first = pay(amina, ben, 90)
    timebank.reverse(transfer=first, minutes=30, reason="Shorter", by=ben.person, at=NOON, key=key())
    before = look(ben.person, "home", ben.community)

    fold(NOON)

    assert "You gave 1 hour" in before
    assert "You gave 1 hour" in look(ben.person, "home", ben.community)


def test_my_hours_show_what_is_held_and_how_far_the_balance_can_go():
    amina, ben = neighbors("Amina", "Ben")
    timebank.hold(
        payer=amina, payee=ben, minutes=60, category=any_category(amina.community), by=None, at=NOON, key=key()
    )

    page = look(amina.person, "home", amina.community)

    assert "1 hour set aside for what is arranged." in page
    assert f"It may go down to {MINUS}10 hours. So 9 hours can still go out." in page


def test_a_low_balance_brings_a_gentle_word_to_the_person_alone():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 540)

    assert "something small you would like to do" in look(amina.person, "home", amina.community)
    assert "something small" not in look(ben.person, "home", ben.community)


def test_somebody_without_an_account_is_told_when_it_opens():
    amina, _ben = neighbors("Amina", "Ben")
    newcomer = make_member(amina.community, "Noor", Role.PARTICIPANT)

    assert "Your account opens with the first help" in look(newcomer, "home", amina.community)
    assert not Account.objects.of_person(newcomer).exists()


def test_a_statement_runs_from_opening_to_closing():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60, at=NOON)
    pay(amina, ben, 30, at=NOON + timedelta(days=35), note="Shelves")

    page = look(amina.person, "account", amina.community, amina.pk, period="2026-04")

    assert f"Closing balance {MINUS}1:30" in page
    assert f"Opening balance {MINUS}1:00" in page
    assert "“Shelves”" in page
    assert page.count("Ben helped you") == 1


def test_a_statement_turns_pages_and_loses_nothing():
    amina, ben = neighbors("Amina", "Ben")
    pay_often(amina, ben, 45)
    client = browser(amina.person)

    first = client.get(url("account", amina.community, amina.pk))
    second = client.get(url("account", amina.community, amina.pk) + first.context["older_url"])

    seen = [row.balance_minutes for page in (first, second) for row in page.context["rows"]]
    assert seen == list(range(-45, 0))
    assert "Opening balance" in text_of(second)
    assert "Opening balance" not in text_of(first)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({"period": "2026-13"}, "Select a valid choice", id="no such month"),
        pytest.param({"since": "2026-02-30"}, "Write a day that exists.", id="no such day"),
        pytest.param({"since": "2026-03-05", "until": "2026-03-01"}, "comes before the first one", id="backwards"),
        pytest.param({"since": "0001-01-01"}, "or a later day", id="the year one"),
        pytest.param({"until": "9999-12-31"}, "or an earlier day", id="the last year"),
        pytest.param({"before": "9" * 40}, "Ben helped you", id="a place beyond all"),
        pytest.param({"before": "٣"}, "Ben helped you", id="another script's digit"),
        pytest.param({"at": "yesterday"}, "Write a day that exists.", id="a word for a day"),
    ],
)
def test_an_odd_address_still_shows_a_statement(query, said):
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)

    assert said in look(amina.person, "account", amina.community, amina.pk, **query)


def test_the_balance_at_the_end_of_a_day_long_gone():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60, at=NOON)
    pay(amina, ben, 60, at=NOON + timedelta(days=2))

    page = look(amina.person, "account", amina.community, amina.pk, at=str(DAY + timedelta(days=1)))

    assert f"Wednesday 4 March : {MINUS}1 hour" in page


def test_what_was_given_back_is_linked_both_ways():
    amina, ben = neighbors("Amina", "Ben")
    first = pay(amina, ben, 60)
    back = timebank.reverse(transfer=first, reason="By mistake", by=ben.person, at=NOON, key=key())

    html = browser(amina.person).get(url("account", amina.community, amina.pk)).content.decode()

    assert html.count(url("transfer", amina.community, back.pk)) == 2
    assert html.count(url("transfer", amina.community, first.pk)) == 2
    assert "Given back since" in html


def test_an_erased_person_stands_as_former_member():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    Person.objects.filter(accounts=ben).update(name="", search_name="", erased_at=NOON)

    page = look(amina.person, "account", amina.community, amina.pk)

    assert "Former member helped you" in page
    assert "Ben" not in page


def test_the_statement_as_a_file_cannot_run_anything():
    amina, ben = neighbors("Amina", "=HYPERLINK(1)")
    pay(amina, ben, 60, note="@SUM(A1)")

    response = browser(amina.person).get(url("account_csv", amina.community, amina.pk))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert rows[1][2] == "Opening balance"
    assert rows[2][3:6] == ["'=HYPERLINK(1)", str(any_category(amina.community)), "'@SUM(A1)"]
    assert rows[2][7:9] == ["-60", "-60"]
    assert rows[3][8] == "-60"


def test_the_paper_statement_comes_in_large_print_too():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)

    html = browser(amina.person).get(url("account_print", amina.community, amina.pk), {"large": "1"}).content.decode()

    assert "large-print" in html
    assert "Statement of hours" in html


def test_a_household_s_statement_is_seen_by_who_lives_there_and_by_nobody_else():
    amina, ben = neighbors("Amina", "Ben")
    home = Household.objects.create(community=amina.community, name="The Diallos", made_at=NOON)
    account = timebank.open_account(community=amina.community, holder=home, by=None, at=NOON)

    assert browser(ben.person).get(url("account", ben.community, account.pk)).status_code == 403


def test_a_statement_of_another_community_is_not_there():
    [amina], [eve] = neighbors("Amina"), neighbors("Eve")

    assert browser(eve.person).get(url("account", eve.community, amina.pk)).status_code == 404
    assert browser(eve.person).get(url("account", amina.community, amina.pk)).status_code == 404


def test_a_commissioner_sees_no_names_in_the_community_pot():
    [amina] = neighbors("Amina")
    graham = make_member(amina.community, "Graham", Role.COMMISSIONER)

    assert browser(graham).get(url("account", amina.community, pot_of(amina.community).pk)).status_code == 403
    assert "History" not in look(graham, "pots", amina.community)


@pytest.mark.parametrize("name", ["home", "account", "account_print", "account_csv"])
def test_more_rows_ask_no_more_questions(name):
    amina, ben = neighbors("Amina", "Ben")
    coordinator = make_coordinator(amina.community)
    others = [make_account(amina.community, f"Neighbor {number}") for number in range(6)]
    viewer = amina.person if name == "home" else coordinator
    args = [] if name == "home" else [amina.pk]
    client = browser(viewer)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name, amina.community, *args)).status_code == 200
        return len(asked)

    pay(amina, ben, 1)
    questions()
    few = questions()
    for other in others:
        back = pay(other, amina, 2, note="Thanks")
        timebank.reverse(transfer=back, minutes=1, reason="Half", by=coordinator, at=NOON, key=key())

    assert questions() == few


def test_more_pots_ask_no_more_questions():
    [amina] = neighbors("Amina")
    client, counts = browser(amina.person), []
    for group in range(6):
        pot_of_a_group(amina, f"Group {group}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url("pots", amina.community)).content.decode()
        counts.append(len(asked))

    assert page.count("Grant<") == page.count("History<") == 6
    assert len(set(counts[1:])) == 1, counts


def pot_of_a_group(speaker, name):
    """The pot of a group for which somebody speaks."""
    group = Group.objects.create(community=speaker.community, name=name, made_at=NOON)
    membership = Membership.objects.get(person=speaker.person)
    BodyMember.objects.create(
        community=speaker.community, membership=membership, group=group, part=BodyMember.Part.SPEAKS_FOR, since=DAY
    )
    return timebank.open_account(community=speaker.community, holder=group, by=None, at=NOON)


def test_credits_on_their_way_into_a_pot_are_shown_and_counted():
    [amina] = neighbors("Amina")
    pot = pot_of(amina.community)
    pay(amina, pot, 45, kind=Transfer.Kind.GIFT, category=None)

    page = look(make_coordinator(amina.community), "account", amina.community, pot.pk)

    assert "Closing balance 0:45" in page
    assert "Gift from Amina" in page
