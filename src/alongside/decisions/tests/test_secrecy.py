"""From the attacker's chair: after the close nobody learns how somebody voted, from the database neither."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Ballot, BallotSecret, Decision, OpenBallot, PaperKeying, Receipt, RollEntry
from alongside.decisions.tests.voting import LATER, opened, say, scene, voted
from alongside.kernel.clock import now
from alongside.kernel.models import Activity
from alongside.people import departures
from alongside.people.actions.leaving import erase_person
from alongside.people.tests.factories import browser_of, coordinator_in

pytestmark = pytest.mark.django_db


def everything() -> list[dict[str, Any]]:
    """Every row of the room and of what all rooms share, as a thief of the database reads it."""
    models: list[Any] = [
        *apps.get_app_config("decisions").get_models(),
        Activity,
        *apps.get_app_config("notices").get_models(),
    ]
    rows: list[dict[str, Any]] = [
        row for model in models for row in json.loads(serializers.serialize("json", model.objects.all()))
    ]
    return rows


def test_no_row_after_the_close_holds_a_voter_and_a_word():
    place = scene()
    decision = opened(place)
    receipts = say(decision, place.everybody, "yyynny" + "nynyny")
    voters = {str(one.pk) for one in place.everybody} | {str(one.person_id) for one in place.everybody}
    actions.close(decision=decision, by=None, at=LATER)

    for model in (OpenBallot, BallotSecret, PaperKeying):
        assert not model.objects.exists()
    for row in everything():
        written = json.dumps(row)
        assert not (row["model"] == "decisions.ballot" and any(voter in written for voter in voters))
        assert row["model"] == "decisions.receipt" or not any(code in written for code in receipts)
        if any(voter in written for voter in voters):
            assert row["fields"].get("choice") is None


def test_ballots_and_receipts_hold_no_time_and_no_order():
    place = scene(uses=20, provides=5)
    decision = opened(place)
    receipts = say(decision, place.everybody, "y" * 10 + "n" * 10 + "y" * 5)
    actions.close(decision=decision, by=None, at=LATER)

    kept = list(Ballot.objects.order_by("pk").values_list("choice", flat=True))
    codes = list(Receipt.objects.values_list("code", flat=True))
    assert kept != ["yes"] * 10 + ["no"] * 10 + ["yes"] * 5
    assert codes != receipts
    assert {one.pk.version for one in Ballot.objects.all()} == {4}
    assert {one.pk.version for one in Receipt.objects.all()} == {4}
    for model in (Ballot, Receipt, OpenBallot, RollEntry):
        kinds = {field.get_internal_type() for field in model._meta.local_fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}


def test_rows_as_the_database_keeps_them_tell_no_order():
    """Receipts come in the order of the votes, and none are kept in it."""
    in_order = 0
    for n in range(8):
        place = scene(name=f"Street {n}", uses=6, provides=6)
        decision = opened(place)
        receipts = say(decision, place.everybody, "yyyyynyyyyyn")
        actions.close(decision=decision, by=None, at=LATER)
        in_order += list(Receipt.objects.on(decision).values_list("code", flat=True)) == receipts
    assert in_order == 0


def test_the_log_says_who_voted_and_when_and_never_how():
    place = scene()
    decision = opened(place)
    say(decision, place.everybody, "yyynnynynyny")

    rows = Activity.objects.filter(did="decisions.voted")

    assert rows.count() == 12
    assert {row.about_id for row in rows} == {decision.pk}
    assert not {"yes", "no", "abstain"} & {row.did.rpartition(".")[2] for row in rows}


def test_while_it_is_open_no_page_shows_a_vote_not_even_to_its_voter_or_helper():
    place = scene()
    at_once = now()
    decision = opened(place, at=at_once, closes_at=at_once + timedelta(days=1))
    voter, cora = place.sides["uses"][0], coordinator_in(place.town)
    actions.cast(decision=decision, membership=voter, choice="abstain", by=voter.person, at=at_once)
    receipt = OpenBallot.objects.get().receipt

    for who in (voter, cora):
        for name in ("decision", "vote", *(["turnout"] if who is cora else [])):
            text = (
                browser_of(who).get(reverse(f"decisions:{name}", args=[place.town.slug, decision.pk])).content.decode()
            )
            assert "checked" not in text
            assert (receipt in text) is (who is voter and name == "vote")


def test_what_a_person_takes_along_does_not_say_how_they_voted_in_secret():
    place = scene()
    voted(place, "yyyyyn", "yyyyyn")
    room = next(one for one in departures.rooms() if one.room == "votes")

    taken = room.export(place.everybody[5].person)

    assert taken["votes"][0]["took_part"] is True
    assert taken["votes"][0]["choice"] == ""


@pytest.mark.parametrize(
    ("uses", "provides", "sealed"),
    [
        pytest.param("yyyyyn", "yyyyyy", ["provides"], id="all alike"),
        pytest.param("yyyyyn", "yyn", ["provides"], id="fewer than five voted"),
        pytest.param("yyyyyn", "yyyyyn", [], id="nobody is given away"),
        pytest.param("yyyyyn", "", [], id="nobody voted"),
    ],
)
def test_numbers_that_give_somebody_away_are_not_kept_among_the_results(uses, provides, sealed):
    decision = voted(scene(), uses, provides)

    assert [side for side in decision.sides if side not in decision.result["tallies"]] == sealed
    told = [step for step in decision.result["steps"] if step.get("side") in sealed]
    assert told == []


def test_a_roll_under_five_is_sealed_however_it_voted():
    decision = voted(scene(provides=4), "yyyyyn", "yyyn")

    assert list(decision.result["tallies"]) == ["uses"]
    assert decision.result["says"]["provides"] == "agrees"


def test_in_an_open_vote_nothing_is_sealed_and_an_erased_person_loses_their_name():
    place = scene(provides=3)
    decision = voted(place, "yyyyyn", "yyn", is_secret=False)
    assert set(decision.result["tallies"]) == {"uses", "provides"}

    erase_person(person=place.sides["provides"][2].person, by=None, at=LATER)

    assert Ballot.objects.filter(side="provides", membership=None).get().choice == "no"


def test_a_vote_of_another_community_is_not_found():
    place, other = scene(), scene(name="Elm Street")
    decision = voted(other, "yyyyyn", "yyyyyn")
    browser = browser_of(place.everybody[0])

    for name in ("decision", "vote", "certificate"):
        assert browser.get(reverse(f"decisions:{name}", args=[place.town.slug, decision.pk])).status_code == 404
    assert Decision.objects.count() == 1


@pytest.mark.sqlite_only
def test_what_is_deleted_is_written_over_on_sqlite():
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
