"""Votes that choose among several, from opening to a recount in another process."""

import csv
import io
import zipfile
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from alongside.decisions import actions
from alongside.decisions.actions import OptionTold
from alongside.decisions.certificate import public_zip, sealed_zip
from alongside.decisions.counting import Wishes, count, read_file
from alongside.decisions.models import Ballot, Decision, Option, Proposal
from alongside.decisions.recount_command import main as recount
from alongside.decisions.tests.voting import LATER, NOON, opened, scene

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MENU = [OptionTold(name) for name in ("Soup", "Stew", "Salad")]


def cast(decision, members, *ballots):
    for member, text in zip(members, ballots, strict=False):
        actions.cast(decision=decision, membership=member, choice=text, by=member.person, at=NOON)


def over(place, uses, provides, **terms):
    decision = opened(place, **terms)
    cast(decision, place.sides["uses"], *uses)
    cast(decision, place.sides["provides"], *provides)
    return actions.close(decision=decision, by=None, at=LATER)


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def counted_again(decision, folder, *, sealed=False):
    (folder / "count.zip").write_bytes(public_zip(decision))
    files = [str(folder / "count.zip")]
    if sealed:
        (folder / "sealed.zip").write_bytes(sealed_zip(decision))
        files.append(str(folder / "sealed.zip"))
    return recount(files)


FIVE = {
    "approval": (["1", "2", "1,2", "3", "2,3"], ["2", "1,2", "3", "1", "2"]),
    "score": (["1=5", "2=4", "3=1", "2=5,1=1", "1=2"], ["2=3", "1=1", "3=3", "2=2", "1=4"]),
    "schulze": (["1>2>3", "2>1", "3>2", "2>3", "1>3"], ["2>1>3", "1", "3>1", "2", "2>3"]),
}


@pytest.mark.parametrize("rule", FIVE)
def test_a_choice_is_counted_kept_and_counted_again_by_anybody(rule, tmp_path, capsys):
    decision = over(scene(), *FIVE[rule], rule=rule, options=MENU)

    assert decision.outcome == "passed"
    assert Proposal.objects.get().state == "decided"
    assert Ballot.objects.count() == 10
    assert counted_again(decision, tmp_path) == 0
    assert "The recount agrees." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rule", "file"), [("approval", "count.pb"), ("schulze", "count.soi"), ("schulze", "count.blt")]
)
def test_others_read_the_ballots_and_come_to_the_same(rule, file, tmp_path):
    decision = over(scene(), *FIVE[rule], rule=rule, options=MENU)
    (tmp_path / file).write_text(unpacked(public_zip(decision))[file])

    found = count(rule, read_file(tmp_path / file), Wishes(seed=decision.lot_seed))

    assert [int(one) for one in found.winners or ()] == decision.result["winners"]


def test_points_are_told_with_the_side_of_each_ballot():
    decision = over(scene(), *FIVE["score"], rule="score", options=MENU)

    table = unpacked(public_zip(decision))["count.pb"].partition("VOTES\n")[2]

    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert sorted(row["side"] for row in rows) == ["provides"] * 5 + ["uses"] * 5
    assert {row["points"] for row in rows if row["vote"] == "1,2"} == {"1,5"}


def test_a_sealed_side_is_counted_again_with_what_the_scrutineers_hold(tmp_path, capsys):
    decision = over(scene(provides=2), FIVE["approval"][0], ["3", "3"], rule="approval", options=MENU)

    public = unpacked(public_zip(decision))
    assert "count.pb" not in public
    assert '"provides"' not in public["ballots.json"]
    assert counted_again(decision, tmp_path) == 0
    assert "cannot be counted" in capsys.readouterr().out
    assert counted_again(decision, tmp_path, sealed=True) == 0
    assert "Chosen:" in capsys.readouterr().out


def test_a_certificate_with_other_winners_is_found_out(tmp_path, capsys):
    decision = over(scene(), *FIVE["approval"], rule="approval", options=MENU)
    decision.result = {**decision.result, "winners": [3]}

    assert counted_again(decision, tmp_path) == 1
    assert "does NOT agree" in capsys.readouterr().out


def test_a_budget_of_hours_is_shared_so_that_each_side_pays_for_its_own(tmp_path):
    options = [OptionTold("Pans", 300), OptionTold("A bus", 300), OptionTold("A band", 600)]

    decision = over(
        scene(uses=8, provides=6),
        ["2"] * 7 + ["3"],
        ["1"] * 5 + ["3"],
        rule="equal-power-mes",
        options=options,
        budget=600,
        unit="hours",
    )

    assert decision.result["winners"] == [1, 2] or decision.result["winners"] == [2, 1]
    assert decision.settings["budget"] == 600
    assert counted_again(decision, tmp_path) == 0


def test_co_chairs_are_elected_by_their_own_side_and_named_in_no_file(tmp_path):
    place = scene()
    people = [(side, member) for side in ("uses", "provides") for member in place.sides[side][:2]]
    options = [OptionTold(member=member, side=side) for side, member in people]

    decision = over(
        place,
        ["1>2", "2", "2>1", "1", "2"],
        ["3", "4>3", "3>4", "4", "3"],
        rule="scottish-stv",
        options=options,
        seats=1,
    )

    assert decision.result["winners"] == [2, 3]
    assert counted_again(decision, tmp_path) == 0
    for text in unpacked(public_zip(decision)).values():
        assert "Uma 1" not in text
        assert "Pia 0" not in text


def test_nobody_votes_for_candidates_of_the_other_side():
    place = scene()
    options = [OptionTold(member=place.sides[side][n], side=side) for side in ("uses", "provides") for n in (0, 1)]
    decision = opened(place, rule="scottish-stv", options=options)

    with pytest.raises(actions.NotCounted):
        cast(decision, place.sides["uses"], "3>1")


def test_gradients_are_counted_side_by_side_and_again(tmp_path):
    decision = over(scene(), ["8", "7", "6", "6", "3"], ["7", "6", "8", "7", "5"], rule="gradients")

    assert decision.outcome == "passed"
    assert counted_again(decision, tmp_path) == 0


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"options": MENU[:1]}, "few"),
        ({"options": MENU, "seats": 3}, "seats"),
        ({"options": [OptionTold(f"Choice {n}") for n in range(25)]}, "many"),
        ({"rule": "equal-power-mes", "options": [OptionTold("a", 5), OptionTold("b", 5)], "budget": 10}, "budget"),
        ({"rule": "equal-power-mes", "options": [OptionTold("a", 5), OptionTold("b", 50)], "budget": 10}, "budget"),
        ({"rule": "scottish-stv", "options": [OptionTold(side="uses"), OptionTold(side="uses")]}, "seats"),
    ],
)
def test_too_little_to_choose_from_is_refused_and_nothing_is_opened(terms, why):
    with pytest.raises(actions.NoChoices) as refusal:
        opened(scene(), **{"rule": "approval", **terms})

    assert refusal.value.why == why
    assert not Decision.objects.exists()


@pytest.mark.parametrize("ballot", ["4", "", "yes", "1,1", "1>2"])
def test_a_ballot_that_cannot_be_counted_is_refused_and_the_earlier_one_stands(ballot):
    place = scene()
    decision = opened(place, rule="approval", options=MENU)
    cast(decision, place.sides["uses"], "2")

    with pytest.raises(actions.NotCounted):
        cast(decision, place.sides["uses"], ballot)

    cast(decision, place.sides["uses"][1:], "2", "1")
    assert actions.close(decision=decision, by=None, at=LATER).result["rolls"]["uses"] == 6


def test_what_is_on_the_ballot_never_changes():
    place = scene()
    decision = opened(place, rule="approval", options=MENU)
    cast(decision, place.sides["uses"], "1")

    for change in (
        lambda: Option.objects.filter(number=1).update(name="Cake"),
        lambda: Option.objects.filter(number=3).delete(),
        lambda: Option.objects.create(community=place.town, decision=decision, number=4, name="Cake"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_terms_stay_guarded_after_the_tables_were_laid_out_anew():
    decision = opened(scene(), key=uuid4())

    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(rule="approval")
