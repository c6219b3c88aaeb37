"""Checks that too few have are told in one line, and keepers hear when a duty has lost what one of them must have."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of
from alongside.rota import actions
from alongside.rota.lacking import missing_checks, without_training
from alongside.rota.models import Duty, Version
from alongside.rota.planning import plan_of
from alongside.rota.saying import told
from alongside.rota.tests.exchanges import FREELY, shared_out
from alongside.rota.tests.scenes import BACKGROUND, INDUCTION, NOON, Nursery, duty_of, held_in, stands, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db
AID = "First aid"
DUTY = {
    "name": "Cook", "people": 1, "on": ["monday", "tuesday"], "starts": "09:00", "length": "4 hours",
    "everybody_has": [INDUCTION], "somebody_has": [AID],
}  # fmt: skip
PAIR = {"name": "Parents", "people": 2, "on": ["monday"], "starts": "09:00", "length": "4 hours",
        "everybody_has": [INDUCTION]}  # fmt: skip
WITH_RATIO: dict[str, Any] = {**FREELY, "duties": [PAIR], "ratio": {"adults": 2, "counts_with": [BACKGROUND]}}


def lines(here: Nursery, rota: Any) -> list[str]:
    return [one.sentence for one in missing_checks(plan_of(stands(rota), at=NOON))]


def test_before_any_search_one_line_says_which_check_is_missing_and_where_it_is_written_down():
    here = Nursery(says=WITH_RATIO)
    for name in ("Ana", "Ben"):
        here.family(name, checks=(INDUCTION,))
    rota = here.rota()

    with later(NOON):
        cora, stella = (
            browser_of(who).get(url("rota", here.town, rota.pk)).content.decode() for who in (here.cora, here.stella)
        )

    assert lines(here, rota) == ["Background check: nobody has it yet, and 2 are needed at once."]
    assert "Checks are missing" in cora
    assert "/safety/checks/many/" in cora
    assert "/safety/checks/many/" not in stella
    assert "Where checks are written down" in stella


def test_how_many_have_it_is_counted_and_nobody_is_named():
    here = Nursery(1, says=WITH_RATIO)
    here.family("Ana", checks=(INDUCTION,))

    assert lines(here, here.rota()) == ["Background check: 1 adult has it, and 2 are needed at once."]


def test_two_checks_that_nobody_has_together_are_told_together():
    here = Nursery(says={**FREELY, "duties": [{**DUTY, "everybody_has": [INDUCTION, BACKGROUND]}]})
    here.family("Ana", checks=(INDUCTION,))
    here.family("Ben", checks=(BACKGROUND,))
    here.kinds[AID] = here._kind(AID)
    here.seen(here.parents[0], AID)

    assert lines(here, here.rota()) == ["Background check + Induction: nobody has it yet, and 1 is needed at once."]


def test_nothing_is_missing_where_enough_have_it():
    here = Nursery(2, says=WITH_RATIO)

    assert lines(here, here.rota()) == []


def test_a_search_says_the_line_again_and_no_clash_that_says_no_more():
    here = Nursery(says=WITH_RATIO)
    for name in ("Ana", "Ben", "Cem"):
        here.family(name, checks=())
    rota = here.rota()

    version = here.searched(rota)

    assert version.result == "impossible"
    assert version.told != []
    assert told(version, plan_of(stands(rota), at=NOON)) == []
    assert len(lines(here, rota)) == 2


def test_other_clashes_follow_the_line():
    here = Nursery(says=WITH_RATIO)
    here.family("Ana", checks=())
    clash = [
        {"code": "clash", "facts": {"many": 2}},
        {"code": "rule.everybody", "facts": {"detail": INDUCTION, "which": []}},
        {"code": "relief.still", "facts": {}},
        {"code": "clash.next", "facts": {}},
        {"code": "clash", "facts": {"many": 2}},
        {"code": "rule.week.one", "facts": {}},
        {"code": "relief.still", "facts": {}},
        {"code": "clash.more", "facts": {}},
    ]

    shown = told(Version(told=clash), plan_of(stands(here.rota()), at=NOON))

    assert [(one.kind, one.words.split(".")[0]) for one in shown] == [
        ("clash", "These 2 rules cannot all be kept"),
        ("rule", "Each household has at most one duty a week"),
        ("clash", "There may be more clashes, which could not be found out in time"),
    ]


def test_that_a_rule_alone_does_not_help_is_said_of_the_first_clash_alone():
    here = Nursery(2, says=FREELY)
    one = [
        {"code": "clash", "facts": {"many": 2}},
        {"code": "rule.week.one", "facts": {}},
        {"code": "relief.still", "facts": {}},
    ]
    clashes = [*one, {"code": "clash.next", "facts": {}}, *one]

    shown = [each.kind for each in told(Version(told=clashes), plan_of(stands(here.rota()), at=NOON))]

    assert shown == ["clash", "rule", "relief", "clash", "clash", "rule"]


class Aid:
    """Ana and Ben have first aid; duties need one who has it."""

    def __init__(self) -> None:
        self.here = Nursery(2, says={**FREELY, "duties": [DUTY]})
        self.here.kinds[AID] = self.here._kind(AID)
        for parent in self.here.parents:
            self.here.seen(parent, AID)
        self.rota = shared_out(self.here)
        self.ana = self.here.parents[0]

    def lapses(self) -> None:
        check = self.here.seen_of(self.ana, AID)
        self.here.withdraws(check)

    def days(self) -> set[Any]:
        return set(without_training(plan_of(stands(self.rota), at=NOON)))


def test_keepers_hear_once_that_nobody_on_a_duty_has_what_one_of_them_must_have():
    it = Aid()
    mine = {one.duty.day for one in held_in(it.rota) if one.membership_id == it.ana.pk}
    assert it.days() == set()

    it.lapses()
    actions.free_unchecked(community=it.here.town, person_id=it.ana.person_id, kind=AID, by=None, at=NOON)

    heard = Notice.objects.filter(person=it.here.cora.person, title="A duty lacks something")
    assert it.days() == mine
    assert heard.count() == len(mine)
    assert "(First aid)" in heard[0].body
    assert duty_of(it.rota, it.ana).ended_at is None, "nobody is taken off for it"


def test_the_rota_shows_the_day_to_who_keeps_it_alone():
    it = Aid()
    it.lapses()

    with later(NOON):
        pages = [browser_of(who).get(url("rota", it.here.town, it.rota.pk)) for who in (it.here.cora, it.ana)]

    assert ["nobody with First aid" in page.content.decode() for page in pages] == [True, False]


def test_a_check_that_ends_in_the_middle_lacks_on_the_days_after_alone():
    it = Aid()
    last = it.rota.first_day + timedelta(days=8)
    it.here.ends(it.ana, it.here.kinds[AID], last)

    mine = {one.duty.day for one in held_in(it.rota) if one.membership_id == it.ana.pk}
    assert it.days() == {day for day in mine if day > last}


def test_where_another_there_has_it_nobody_hears():
    it = Aid()
    for one in held_in(it.rota):
        Duty.objects.filter(pk=one.duty_id).update(people=2)
    other = it.here.parents[1]
    place = duty_of(it.rota, it.ana)
    actions.place(duty=place.duty, membership=other, by=it.here.cora.person, at=NOON)

    it.lapses()

    assert place.duty.day not in it.days()
