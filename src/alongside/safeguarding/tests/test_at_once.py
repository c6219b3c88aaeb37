"""Several people do the same thing at once, on real connections."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.notices.models import Notice
from alongside.people.tests.factories import NOON, TODAY
from alongside.people.tests.test_races import CROWD, at_once
from alongside.safeguarding import actions, apart
from alongside.safeguarding.models import Check, CheckKind, KeptApart, Lead, Together
from alongside.safeguarding.tasks import compare, tell_of_endings
from alongside.safeguarding.tests.scenes import kept_apart, kind_in, seen, street

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def count(got: list[Any], kind: type) -> int:
    return sum(isinstance(each, kind) for each in got)


def test_a_check_written_by_several_at_once_is_written_once():
    here = street()
    kind = kind_in(here.town)

    got = at_once(lambda number: seen(here.ana, kind, by=here.cora if number % 2 else here.stella))

    assert (count(got, Check), count(got, actions.WrittenAlready)) == (1, CROWD - 1)
    assert Check.objects.count() == 1


def test_a_form_pressed_several_times_at_once_writes_one_reference():
    here, key = street(), new_id()
    reference = kind_in(here.town, "Reference", needed=3)

    got = at_once(lambda number: seen(here.ana, reference, by=here.cora, key=key))

    assert {each.pk for each in got} == {Check.objects.get().pk}


def test_a_check_is_withdrawn_by_one_of_several():
    here = street()
    check = seen(here.ana, kind_in(here.town), by=here.cora)

    got = at_once(lambda number: actions.withdraw_check(check=check, why="ended", by=here.cora.person, at=NOON))

    assert (count(got, Check), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)


def test_a_pair_is_written_and_ended_by_one_of_several():
    here = street()

    wrote = at_once(lambda number: kept_apart(here, *([here.ana, here.ben] if number % 2 else [here.ben, here.ana])))
    pair = KeptApart.objects.get()
    ended = at_once(lambda number: actions.end_apart(pair=pair, by=here.lars.person, at=NOON))

    assert (count(wrote, KeptApart), count(wrote, actions.ApartAlready)) == (1, CROWD - 1)
    assert (count(ended, KeptApart), count(ended, SomeoneElseWasFaster)) == (1, CROWD - 1)


def test_a_lead_is_named_once_and_usual_kinds_come_once():
    here = street()

    got = at_once(
        lambda number: actions.name_lead(
            membership=here.ana, ends_on=TODAY + timedelta(days=9), by=here.stella.person, at=NOON
        )
    )
    at_once(lambda number: actions.add_usual_kinds(community=here.town, by=None, at=NOON))

    assert (count(got, Lead), count(got, actions.LeadsAlready)) == (1, CROWD - 1)
    assert CheckKind.objects.count() == 5


def test_clocks_that_run_at_once_tell_an_end_and_a_meeting_once():
    here = street()
    seen(here.ana, kind_in(here.town), by=here.cora)
    kept_apart(here, here.ana, here.ben)
    where = apart.Where(key="tests.tea:1", title="Tea", day=TODAY)
    apart.note_together([here.ana.person_id, here.ben.person_id], community=here.town, where=where, at=NOON)

    at_once(lambda number: (tell_of_endings(NOON + timedelta(days=350)), compare(NOON)))

    assert Together.objects.count() == 1
    assert Notice.objects.filter(kind="safeguarding.check_ends").count() == 1
    assert Notice.objects.filter(kind="safeguarding.for_leads").count() == 2
