"""Notes on one sheet, what is outstanding by age, and who hears that a draw is open."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.notices import actions as notices
from alongside.notices.models import Choice, Delivery, Notice
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.rewards import actions, report
from alongside.rewards.models import Entitlement, PaperNote
from alongside.rewards.rules.ages import HALF_YEAR, MONTH, OLDER, QUARTER, age_of
from alongside.rewards.tests.scenes import DAY, NOON, follow, gave, only, reward_of, small_program, url, volunteers

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def with_tickets(*names: str):
    """A program in which each of these has a ticket ready."""
    program, cora = small_program()
    members = volunteers(program, *names)
    gave(program, *((member, 240) for member in members))
    return program, cora, members


def announced(program, cora):
    return actions.announce_draw(
        reward=reward_of(program, "backstage"), prizes=1, from_day=NOON.date(), until_day=(NOON + 9 * DAY).date(),
        closes_at=NOON + 10 * DAY, number_at=NOON + 11 * DAY, by=cora.person, at=NOON + DAY, key=uuid4(),
    )  # fmt: skip


# paper


def test_notes_for_several_are_one_sheet_with_serials_that_run_on():
    program, cora, members = with_tickets("Ana", "Ben", "Cy")
    actions.print_note(entitlement=only(members[0]), by=cora.person, at=NOON)

    made = actions.print_notes(
        reward=reward_of(program), entitlements=[only(each).pk for each in members], by=cora.person, at=NOON + DAY
    )

    assert [(note.number, note.entitlement.membership.person.name) for note in made] == [
        (2, "Ana"), (3, "Ben"), (4, "Cy")
    ]  # fmt: skip
    assert list(PaperNote.objects.order_by("number").values_list("number", "state")) == [
        (1, "void"), (2, "out"), (3, "out"), (4, "out")
    ]  # fmt: skip
    page = browser_of(cora).get(url("sheet", program.community, reward_of(program).pk, made[0].pk)).content.decode()
    assert all(str(note) in page for note in made)
    assert page.count("data:image/svg+xml") == 3


def test_what_cannot_be_used_and_what_is_of_another_reward_is_not_printed():
    program, cora, (ana, ben) = with_tickets("Ana", "Ben")
    other, _clara, (cy,) = with_tickets("Cy")
    actions.redeem(entitlement=only(ana), by=cora.person, at=NOON)

    made = actions.print_notes(
        reward=reward_of(program), entitlements=[only(each).pk for each in (ana, ben, cy)], by=cora.person, at=NOON
    )

    assert [note.entitlement.membership_id for note in made] == [ben.pk]
    assert PaperNote.objects.of(other.community).count() == 0


def test_a_sheet_takes_no_more_questions_for_more_notes(django_assert_max_num_queries):
    program, cora, members = with_tickets("Ana", *(f"Person {n}" for n in range(11)))
    ids, said = [only(each).pk for each in members], {"by": cora.person, "at": NOON}
    with django_assert_max_num_queries(30) as one:
        actions.print_notes(reward=reward_of(program), entitlements=ids[:1], **said)

    with django_assert_max_num_queries(len(one)):
        assert len(actions.print_notes(reward=reward_of(program), entitlements=ids, **said)) == 12


def test_the_page_of_the_stock_prints_for_those_ticked_or_for_all_without_a_note():
    program, cora, (ana, ben) = with_tickets("Ana", "Ben")
    browser, town, reward = browser_of(cora), program.community, reward_of(program)
    Entitlement.objects.update(expires_on=None)
    page = url("print_notes", town, reward.pk)

    browser.post(page, {"for": [str(only(ana).pk), "nothing"]})
    assert [note.entitlement_id for note in PaperNote.objects.all()] == [only(ana).pk]
    browser.post(page, {"all": "yes"})
    assert [note.entitlement_id for note in PaperNote.objects.order_by("number")] == [only(ana).pk, only(ben).pk]
    assert "Nothing is printed." in browser.post(page, {"for": ["nothing"]}, follow=True).content.decode()
    assert "Everybody who has one ready has a note." in browser.post(page, {"all": "yes"}, follow=True).content.decode()


def test_a_sheet_of_another_reward_or_community_is_not_there():
    program, cora, (ana,) = with_tickets("Ana")
    note = actions.print_note(entitlement=only(ana), by=cora.person, at=NOON)
    other, clara, _members = with_tickets("Cy")

    browser = browser_of(clara)
    assert browser.get(url("sheet", other.community, reward_of(other).pk, note.pk)).status_code == 404
    backstage = reward_of(program, "backstage")
    assert browser_of(cora).get(url("sheet", program.community, backstage.pk, note.pk)).status_code == 404
    assert browser_of(ana).get(url("sheet", program.community, reward_of(program).pk, note.pk)).status_code == 403


def test_who_stands_at_a_desk_comes_there_and_back_from_the_pages_of_rewards():
    program, _cora, (ana,) = with_tickets("Ana")
    lead = person_in(program.community, "Lea", roles=[Role.PEER_LEADER])
    desk, pages = url("desk", program.community), ("mine", "program")
    address = {"mine": url("mine", program.community), "program": url("program", program.community, program.pk)}

    for name in pages:
        assert desk in browser_of(lead).get(address[name]).content.decode()
        assert desk not in browser_of(ana).get(address[name]).content.decode()
    assert address["mine"] in browser_of(lead).get(desk).content.decode()


# what is outstanding


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 4, 30), MONTH), (date(2026, 3, 31), MONTH), (date(2026, 2, 28), QUARTER),
        (date(2026, 1, 30), QUARTER), (date(2026, 1, 29), HALF_YEAR), (date(2025, 10, 30), HALF_YEAR),
        (date(2025, 10, 29), OLDER),
    ],
)  # fmt: skip
def test_an_age_goes_up_to_the_same_day_of_a_month(day, age):
    assert age_of(day, on=date(2026, 4, 30)) == age


def test_small_numbers_by_age_are_hidden_with_what_they_could_be_reckoned_from():
    program, _cora, members = with_tickets(*(f"Person {n}" for n in range(15)))
    Entitlement.objects.filter(membership__in=members[:3]).update(issued_at=NOON - 70 * DAY)
    Entitlement.objects.filter(membership__in=members[3:9]).update(issued_at=NOON - 300 * DAY)
    on = NOON.date() + DAY

    (row,) = report.outstanding_of(program, report.rows_of(program), on=on)

    assert (row.count, row.ages) == (15, {MONTH: None, QUARTER: None, HALF_YEAR: 0, OLDER: 6})


def test_a_number_that_another_table_hides_is_not_told_by_age():
    program, cora, members = with_tickets(*(f"Person {n}" for n in range(9)))
    for member in members[:2]:
        actions.redeem(entitlement=only(member), by=cora.person, at=NOON + DAY)
    rows = report.rows_of(program)
    ticket = next(row for row in rows if row.reward.key == "ticket")
    assert (ticket.issued, ticket.redeemed, ticket.in_hand) == (9, None, None)

    (row,) = report.outstanding_of(program, rows, on=NOON.date() + DAY)

    assert (row.count, set(row.ages.values())) == (None, {None})


def test_nothing_outstanding_takes_no_room():
    program, cora = small_program()

    assert report.outstanding_of(program, report.rows_of(program), on=NOON.date()) == []
    page = browser_of(cora).get(url("sums", program.community, program.pk)).content.decode()
    assert "not used yet" not in page


# who hears of a draw


def told(kind: str = "rewards.draws") -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_who_belongs_or_gave_time_hears_once_that_a_draw_is_open():
    program, cora, _members = with_tickets("Ana", "Ben")
    passer_by = person_in(program.community, "Pia")
    gave(program, (passer_by, 60), at=NOON + DAY)
    person_in(program.community, "Zoe, who has nothing to do with it")

    draw = announced(program, cora)
    announced_again = actions.announce_draw(
        reward=draw.reward, prizes=1, from_day=draw.from_day, until_day=draw.until_day, closes_at=draw.closes_at,
        number_at=draw.number_at, by=cora.person, at=NOON + DAY, key=draw.key,
    )  # fmt: skip

    assert (announced_again.pk, told()) == (draw.pk, ["Ana", "Ben", "Pia"])
    notice = Notice.objects.filter(kind="rewards.draws").first()
    assert notice is not None
    assert (notice.title, notice.link) == ("A draw is open", url("draw", program.community, draw.pk))
    assert "until Friday 13 March" in notice.body, "noon of that day"


def test_nobody_under_18_hears_of_it_nor_anybody_who_has_left():
    program, cora, (ana, ben) = with_tickets("Ana", "Ben")
    ana.person.born_on = NOON.date() - timedelta(days=16 * 365)
    ana.person.save(update_fields=["born_on"])
    ben.left_at = NOON
    ben.save(update_fields=["left_at"])

    announced(program, cora)

    assert told() == []


def test_nothing_is_sent_to_who_said_no_to_such_letters():
    program, cora, (ana, ben, _cy) = with_tickets("Ana", "Ben", "Cy")
    said: dict[str, Any] = {"community": program.community, "at": NOON}
    notices.choose(person=ana.person, choices={"rewards.draws": Choice.When.NEVER}, by=ana.person, **said)
    notices.stop(person=ben.person, by=ben.person, **said)

    announced(program, cora)

    sent = Delivery.objects.filter(notice__kind="rewards.draws")
    assert list(sent.values_list("notice__person__name", flat=True)) == ["Cy"]


def test_many_people_take_no_more_questions(django_assert_max_num_queries):
    program, cora, _members = with_tickets("Ana")
    with django_assert_max_num_queries(60) as few:
        announced(program, cora)
    volunteers(program, *(f"Person {n}" for n in range(12)))
    follow(program, backstage={**reward_of(program, "backstage").terms, "stock": 9})

    with django_assert_max_num_queries(len(few)):
        announced(program, cora)
