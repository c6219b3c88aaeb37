"""The books at a glance, the self-check in plain words, and signals."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.kernel.clock import now, today
from alongside.people.models import Role
from alongside.timebank.ledger import selfcheck
from alongside.timebank.ledger.fold import fold
from alongside.timebank.models import BookCheck
from alongside.timebank.rules import hidden_cells, hidden_places
from alongside.timebank.showing.glance import direction_of
from alongside.timebank.showing.periods import month_after
from alongside.timebank.tests.factories import (
    NOON,
    any_category,
    make_account,
    make_community,
    make_coordinator,
    make_member,
    neighbors,
    pay,
)
from alongside.timebank.tests.pages import browser, look, text_of, url

pytestmark = pytest.mark.django_db


def busy_town():
    """Six neighbors who each helped the next for half an hour, and a coordinator."""
    accounts = neighbors(*(f"Neighbor {number}" for number in range(6)))
    for number, account in enumerate(accounts):
        pay(account, accounts[number - 1], 30, after_minutes=number)
    fold(NOON)
    return accounts, make_coordinator(accounts[0].community)


def town_of(accounts):
    return accounts[0].community


def test_the_books_say_how_much_by_how_many():
    accounts, cora = busy_town()

    page = look(cora, "books", town_of(accounts), year="2026")

    assert "Help given and received 3 hours" in page
    assert "People who took part 6" in page
    assert "people helped for 3 hours. The most was in March 2026, with 3 hours." in page
    assert "People helped each other 3:00 6" in page


def test_what_the_fold_has_not_reached_is_counted_too():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 90)

    assert "1 h 30 min" in look(make_coordinator(amina.community), "books", amina.community, year="2026")


def test_small_numbers_are_hidden_from_all_but_those_who_keep_the_books():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 95)
    fold(NOON)
    graham = make_member(amina.community, "Graham", Role.COMMISSIONER)

    for person in (graham, amina.person):
        page = look(person, "books", amina.community, year="2026")
        assert "1 h 35 min" not in page
        assert "1:35" not in page
        assert "People who took part fewer than 5" in page


@pytest.mark.parametrize("months", [pytest.param(range(1, 4), id="some months"), pytest.param(range(12), id="all")])
def test_the_picture_names_no_best_month_while_every_month_is_hidden(months):
    pairs = list(zip(*[iter(neighbors(*(f"Neighbor {number}" for number in range(6))))] * 2, strict=True))
    for number in months:
        helped, helper = pairs[number % 3]
        for _half in range(2):
            pay(helped, helper, 5, helped_on=month_after(today().replace(day=1), -number), at=now())
    fold(now())

    page = look(pairs[0][0].person, "books", pairs[0][0].community)

    assert "In these months people helped for" in page
    assert "The most was in" not in page


def test_many_exchanges_of_few_people_are_hidden_in_every_sum():
    amina, ben = neighbors("Amina", "Ben")
    for number in range(6):
        pay(amina, ben, 95, after_minutes=number)
    fold(NOON)

    page = look(amina.person, "books", amina.community, year="2026")

    assert "There was too little help in these months to show how much." in page
    assert "9:30" not in page
    assert "9 h 30 min" not in page


def test_the_file_of_the_books_hides_them_too():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 95)
    fold(NOON)

    def rows(person):
        reply = browser(person).get(url("books_csv", amina.community), {"year": "2026"})
        return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))[1:]

    kind = str(any_category(amina.community))
    assert rows(amina.person) == [["2026-03", kind, "fewer than 5, or hidden with it", ""]]
    assert rows(make_coordinator(amina.community)) == [
        ["2026-03", kind, "exchange", "People helped each other", "95", "1"]
    ]


def test_no_name_stands_in_the_books():
    accounts, cora = busy_town()

    assert "Neighbor" not in look(cora, "books", town_of(accounts), year="2026")


@pytest.mark.parametrize("query", [{"year": "0"}, {"year": "NaN"}, {"direction": "sideways"}, {"year": "1" * 5000}])
def test_odd_questions_to_the_books_show_the_last_year(query):
    accounts, cora = busy_town()

    assert "The last 12 months" in look(cora, "books", town_of(accounts), **query)


def test_more_months_and_kinds_ask_no_more_questions():
    accounts, cora = busy_town()
    client, address = browser(cora), url("books", town_of(accounts)) + "?year=2026"

    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    questions()
    few = questions()
    for days in range(0, 120, 15):
        pay(
            accounts[0], accounts[1], 10, at=NOON + timedelta(days=days), helped_on=(NOON + timedelta(days=days)).date()
        )
    fold(NOON)

    assert questions() == few


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        pytest.param([0, 7, 9], set(), id="nothing small"),
        pytest.param([3, 7, 9], {0, 1}, id="one small takes the smallest other along"),
        pytest.param([3, 4, 9], {0, 1}, id="two small protect each other"),
        pytest.param([3], {0}, id="one alone"),
        pytest.param([], set(), id="nothing"),
    ],
)
def test_small_counts_and_what_would_give_them_away_are_hidden(counts, hidden):
    assert hidden_places(counts) == hidden


def test_no_line_of_a_table_hides_exactly_one_cell_beside_others():
    counts = [[9, 8, 7], [6, 1, 7], [9, 9, 9]]

    hidden = hidden_cells(counts)

    for line in [*([(r, c) for c in range(3)] for r in range(3)), *([(r, c) for r in range(3)] for c in range(3))]:
        assert len(hidden & set(line)) != 1
    assert (1, 1) in hidden


@pytest.mark.parametrize(
    ("payer", "payee", "direction"),
    [
        ("person", "person", "people"),
        ("household", "person", "people"),
        ("organisation", "person", "to_bodies"),
        ("person", "organisation", "from_bodies"),
        ("organisation", "organisation", "between_bodies"),
        ("person", "group_pot", "into_pots"),
        ("community_pot", "person", "out_of_pots"),
        ("partner", "person", "elsewhere"),
        ("issuance", "person", "opening"),
    ],
)
def test_hours_flow_from_who_was_helped_to_who_helped(payer, payee, direction):
    assert direction_of(payer, payee) == direction


def test_members_read_that_the_books_add_up_and_see_the_seal():
    accounts, _cora = busy_town()
    town = town_of(accounts)
    selfcheck.keep(selfcheck.check(town, at=now()))

    page = look(accounts[0].person, "check", town)

    assert "The books add up" in page
    assert "6 movements were looked at." in page
    assert "Movement number 6 carries this seal:" in page


def test_findings_are_shown_to_those_who_keep_the_books_alone():
    [amina] = neighbors("Amina")
    found = [{"name": "sum_is_not_zero", "facts": {"minutes": 5}}, {"name": "new_kind", "facts": {}}]
    BookCheck.objects.create(community=amina.community, checked_at=NOON, transfers=1, minutes=5, findings=found)

    told = look(make_coordinator(amina.community), "check", amina.community)
    member = look(amina.person, "check", amina.community)

    assert "sum_is_not_zero: minutes: 5" in told
    assert "Something does not add up" in member
    assert "sum_is_not_zero" not in member


def test_signals_name_people_by_the_alphabet_with_a_next_step():
    zoe, adam, ben = neighbors("Zoe", "Adam", "Ben", floor_minutes=-6000)
    pay(ben, zoe, 900)
    pay(ben, adam, 300, after_minutes=1)
    fold(NOON)

    page = look(make_coordinator(ben.community), "signals", ben.community, signal="give_only")

    assert page.index("Adam") < page.index("Zoe")
    assert "Ask what would make their week easier." in page


def test_signals_turn_pages():
    [amina] = neighbors("Amina")
    for number in range(31):
        make_account(amina.community, f"Quiet {number:02}")
    client = browser(make_coordinator(amina.community))

    first = client.get(url("signals", amina.community), {"signal": "inactive"})
    second = client.get(url("signals", amina.community) + first.context["older_url"])

    assert len(first.context["people"]) == 30
    assert "Quiet 30" in text_of(second)


def test_signals_are_for_coordinators_alone():
    [amina] = neighbors("Amina")

    assert browser(amina.person).get(url("signals", amina.community)).status_code == 403


@pytest.mark.parametrize("name", ["home", "books", "signals", "pots", "check"])
def test_a_page_stays_light_in_components(name, monkeypatch):
    from django_cotton.templatetags import _component

    accounts, cora = busy_town()
    drawn = []
    render = _component.CottonComponentNode.render

    def counted(node, context):
        drawn.append(node)
        return render(node, context)

    monkeypatch.setattr(_component.CottonComponentNode, "render", counted)

    browser(cora).get(url(name, town_of(accounts)))

    assert 0 < len(drawn) <= 100


def test_only_who_keeps_the_books_sees_one_direction_by_itself():
    accounts, coordinator = busy_town()
    town = accounts[0].community
    member = accounts[0].person

    def csv_of(person, **query):
        return browser(person).get(url("books_csv", town), query).content

    assert csv_of(member, direction="from_bodies") == csv_of(member)
    assert 'name="direction"' not in browser(member).get(url("books", town)).content.decode()
    assert 'name="direction"' in browser(coordinator).get(url("books", town)).content.decode()


def test_who_only_looks_is_led_from_hours_to_the_books():
    town = make_community()
    graham = make_member(town, "Graham", Role.COMMISSIONER)

    answer = browser(graham).get(url("home", town))

    assert (answer.status_code, answer.headers["Location"]) == (302, url("books", town))
    assert "My hours" not in look(graham, "books", town)
