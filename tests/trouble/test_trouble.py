"""Processes die, lines break, people press twice and all at once: every form has its one effect."""

import http.client
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.db import is_postgresql
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.models import Community, Membership, Role, RoleHeld
from alongside.people.tests.factories import browser_of, community, coordinator_in, person_in
from alongside.strengths.models import Exchange
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account, Category, Transfer
from alongside.timebank.tests.shell import shell
from tests.trouble.server import Wire, gunicorn

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


@pytest.fixture
def town(committed_db: None) -> Community:
    """Cora keeps a time bank for Amina (2) and Ben (3)."""
    place = community()
    timebank.open_time_bank(community=place, by=None, at=now())
    coordinator_in(place)
    for number, name in ((2, "Amina"), (3, "Ben")):
        person_in(place, name, number=number)
    return place


def membership(town: Community, name: str) -> Any:
    return Membership.objects.of(town).get(person__name=name)


def slip(town: Community, **values: str) -> dict[str, str]:
    """What Cora writes down: Amina helped Ben for an hour, and both say so."""
    category = Category.objects.of(town).in_order().first()
    assert category is not None
    return {
        "giver": "2",
        "receiver": "3",
        "minutes": "1:00",
        "category": str(category.pk),
        "both_agree": "on",
        **values,
    }


def desk_of(town: Community) -> str:
    return reverse("strengths:desk", args=[town.slug])


def balances(town: Community) -> dict[str, int]:
    accounts = Account.objects.of(town).with_balance()
    return {str(account): account.exact_minutes for account in accounts if account.exact_minutes}


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Start every act in a thread of its own, together; their results, or errors, in order.

    SQLite lets one writer in and the others wait at its door: there no more are sent than web servers would.
    """
    acts = list(acts)
    seats = threading.Semaphore(len(acts) if is_postgresql() else 4)
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(position: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            with seats:
                results[position] = act()
        except Exception as error:
            results[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(position, act)) for position, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_web_process_killed_before_it_replies_and_the_form_sent_again(town, tmp_path):
    with gunicorn(tmp_path) as port:
        wire = Wire(port, membership(town, "Cora").person)
        form, token = wire.open(desk_of(town))

        with pytest.raises((ConnectionError, http.client.BadStatusLine)):
            wire.send(form, token, **slip(town))
        assert Transfer.objects.of(town).count() == 1
        again = wire.send(form, token, **slip(town))

    assert again == 302
    assert Transfer.objects.of(town).count() == 1
    assert balances(town) == {"Amina": 60, "Ben": -60}


@pytest.mark.postgresql_only
def test_a_database_connection_cut_under_a_running_web_process(town, tmp_path):
    (tmp_path / "died-once").touch()
    with gunicorn(tmp_path) as port:
        wire = Wire(port, membership(town, "Cora").person)
        form, token = wire.open(desk_of(town))
        first = wire.send(form, token, **slip(town))

        cut_every_other_connection()
        again = wire.send(form, token, **slip(town))

    assert (first, again) == (302, 302)
    assert Transfer.objects.of(town).count() == 1
    assert balances(town) == {"Amina": 60, "Ben": -60}


def cut_every_other_connection() -> None:
    connections.close_all()
    with shell() as opened:
        opened.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_the_same_form_sent_eight_times_at_once_has_one_effect(town):
    cora, sent = membership(town, "Cora"), slip(town, key=str(new_id()), channel="phone", helped_on=day(town))
    browsers = [browser_of(cora) for _press in range(8)]

    answers = at_once(partial(browser.post, desk_of(town), sent) for browser in browsers)

    assert {answer.status_code for answer in answers} == {302}
    assert Exchange.objects.of(town).count() == Transfer.objects.of(town).count() == 1
    assert balances(town) == {"Amina": 60, "Ben": -60}


def test_the_same_key_with_other_hours_is_refused_beside_the_hours(town):
    browser, sent = browser_of(membership(town, "Cora")), slip(town, channel="phone", helped_on=day(town))
    sent["key"] = str(new_id())
    browser.post(desk_of(town), sent)

    answer = browser.post(desk_of(town), {**sent, "minutes": "2:00"})

    assert answer.status_code == 200
    assert "minutes" in answer.context["form"].errors
    assert balances(town) == {"Amina": 60, "Ben": -60}


def test_fifty_people_spend_the_same_last_credit_and_exactly_seven_can(town):
    shared = timebank.account_of(community=town, person=membership(town, "Amina").person, by=None, at=now())
    timebank.set_limits(account=shared, floor_minutes=-70, by=None, at=now())
    browsers = [browser_of(person_in(town, f"Neighbor {number}", number=number)) for number in range(100, 150)]
    sent = {**slip(town), "side": "giver", "other": "2", "minutes": "10 min", "helped_on": day(town)}

    answers = at_once(partial(write_down, browser, town, sent) for browser in browsers)

    assert Counter(answer.status_code for answer in answers) == {302: 7, 200: 43}
    assert all(answer.context["form"].errors for answer in answers if answer.status_code == 200)
    shared.refresh_from_db()
    assert (shared.balance_minutes, shared.held_minutes) == (0, 70)
    assert check(town, at=now()).findings == []


def write_down(browser: Client, town: Community, sent: dict[str, str]) -> Any:
    return browser.post(reverse("strengths:write_down", args=[town.slug]), {**sent, "key": str(new_id())})


def day(town: Community) -> str:
    return town.day_of(now()).isoformat()


def test_a_role_taken_away_counts_at_the_next_request(town):
    cora = membership(town, "Cora")
    coordinator_in(town, "Another")
    browser = browser_of(cora)
    assert browser.get(desk_of(town)).status_code == 200

    people.end_role(role_held=RoleHeld.objects.get(membership=cora, role=Role.COORDINATOR), by=None, at=now())
    answer = browser.post(desk_of(town), slip(town, key=str(new_id()), channel="phone", helped_on=day(town)))

    assert answer.status_code == 403
    assert not Transfer.objects.of(town).exists()


def test_somebody_who_left_meets_a_closed_door_at_the_next_request(town):
    amina = membership(town, "Amina")
    browser = browser_of(amina)
    assert browser.get(reverse("web:home", args=[town.slug])).status_code == 200

    people.leave_community(membership=amina, by=amina.person, at=now())

    assert browser.get(reverse("web:home", args=[town.slug])).status_code == 404
