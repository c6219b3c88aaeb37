"""From the chair of somebody with a database shell: nothing but a version sets the rules, and none is made up."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.charter import actions
from alongside.charter.models import CharterLine, CharterVersion
from alongside.charter.tests.scenes import LATER, NOON, decided, scene_about, town_with_rules
from alongside.decisions import actions as decisions
from alongside.decisions.tests import voting
from alongside.kernel.db import is_postgresql
from alongside.timebank import actions as timebank
from alongside.timebank.models import Category, RecognisedKind, TimeBank

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refused(sql: str) -> bool:
    """Whether the database itself refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        "floor_minutes = -6000", "ceiling_minutes = 1", "soft_floor_minutes = NULL", "soft_ceiling_minutes = 1",
        "auto_confirm_days = 1", "hold_days = 1", "inactive_days = 1", "recognised_work_credits = (1 = 1)",
    ],
)  # fmt: skip
def test_no_value_of_a_time_bank_is_set_past_the_rules(change):
    town_with_rules()

    assert refused(f"UPDATE timebank_timebank SET {change}")


def test_not_even_by_the_action_that_used_to_set_them():
    town = town_with_rules()

    with pytest.raises(IntegrityError), transaction.atomic():
        timebank.update_time_bank(bank=TimeBank.objects.of(town).get(), floor_minutes=-6000, by=None, at=NOON)


def test_a_time_bank_is_not_thrown_away_and_made_anew():
    town_with_rules()

    assert refused("DELETE FROM timebank_timebank")


@pytest.mark.parametrize("model", [Category, RecognisedKind])
@pytest.mark.parametrize("change", ["name = 'Gambling'", "division = 1", "archived_at = '2026-03-03 12:00:00+00'"])
def test_no_list_is_changed_past_the_rules(model, change):
    town_with_rules()

    assert refused(f"UPDATE {model._meta.db_table} SET {change}")
    assert refused(f"DELETE FROM {model._meta.db_table}")


def test_no_kind_of_help_is_slipped_in_but_one_for_history_alone_is():
    town = town_with_rules()

    with pytest.raises(IntegrityError), transaction.atomic():
        timebank.add_category(community=town, name="Gambling", division=8, by=None, at=NOON)
    kept = timebank.add_category(community=town, name="Old kind", division=8, by=None, at=NOON, is_offered=False)

    assert refused("UPDATE timebank_category SET archived_at = NULL WHERE name = 'Old kind'")
    assert not Category.objects.of(town).in_use().filter(pk=kept.pk).exists()


def test_how_people_talk_is_not_said_by_one_person_alone():
    town = town_with_rules()

    with pytest.raises(IntegrityError), transaction.atomic():
        decisions.set_house_rules(community=town, words="Coordinators are always right.", by=None, at=NOON)


def test_a_version_stays_as_it_was_made_with_every_line():
    town_with_rules()

    assert refused("UPDATE charter_charterversion SET floor_minutes = -6000")
    assert refused("UPDATE charter_charterversion SET number = 7")
    assert refused("DELETE FROM charter_charterline")
    assert refused("DELETE FROM charter_charterversion")
    assert refused("UPDATE charter_charterline SET name = 'Gambling'")


def test_no_line_is_slipped_into_a_version():
    town = town_with_rules()
    version = CharterVersion.objects.of(town).get()

    with pytest.raises(IntegrityError), transaction.atomic():
        CharterLine.objects.create(
            community=town, version=version, kind="categories", position=99, target=version.pk, name="Gambling",
            division=8,
        )  # fmt: skip


def made_up(town, number, decision):
    old = CharterVersion.objects.of(town).newest_first().first()
    fields = {field.attname: getattr(old, field.attname) for field in CharterVersion._meta.fields}
    del fields["id"], fields["number"], fields["decision_id"]
    with transaction.atomic():
        return CharterVersion.objects.create(**{**fields, "floor_minutes": -6000}, number=number, decision=decision)


def test_no_version_is_made_up_from_a_vote_that_did_not_pass():
    place = scene_about(hold_days=30)
    lost = decided(place, "nnnnnn", "nnnnnn")

    with pytest.raises(IntegrityError):
        made_up(place.town, 2, lost)


def test_no_version_is_made_up_from_a_passed_vote_about_something_else():
    place = voting.scene()
    timebank.open_time_bank(community=place.town, by=None, at=NOON)
    actions.begin(community=place.town, by=None, at=NOON)
    passed = voting.voted(place, "yyyyyy", "yyyyyy")
    assert passed.outcome == "passed"

    with pytest.raises(IntegrityError):
        made_up(place.town, 2, passed)


def test_no_number_is_left_out_and_none_is_used_twice():
    town = town_with_rules()

    for number in (1, 3):
        with pytest.raises(IntegrityError):
            made_up(town, number, None)


def test_once_decided_together_nobody_makes_a_version_alone():
    place = scene_about(hold_days=30)
    actions.adopt(decision=decided(place), at=LATER)

    with pytest.raises(IntegrityError):
        made_up(place.town, 3, None)


def test_no_version_is_put_in_another_s_place():
    town_with_rules()
    columns = [field.column for field in CharterVersion._meta.fields if field.column]
    lower = ", ".join("-6000" if column == "floor_minutes" else column for column in columns)
    table, named = "charter_charterversion", ", ".join(columns)

    if is_postgresql():
        again = "ON CONFLICT (community_id, number) DO UPDATE SET floor_minutes = -6000"
        assert refused(f"INSERT INTO {table} ({named}) SELECT {named} FROM {table} {again}")
    else:
        assert refused(f"INSERT OR REPLACE INTO {table} ({named}) SELECT {lower} FROM {table}")
