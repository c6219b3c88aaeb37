"""The noticeboard: what each person sees of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from alongside.decisions.tests.proposals import asked, changed, proposed, reacted
from alongside.kernel.clock import now, today
from alongside.kernel.ids import new_id
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import NOON, TODAY, browser_of, community, person_in, standing_for
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests import factories as scenes
from alongside.timebank import actions as timebank
from alongside.timebank.models import Category, TimeBank
from alongside.web.noticeboard import board_for

pytestmark = pytest.mark.django_db


def bank(name: str = "Maple Street") -> Community:
    town = community(name)
    timebank.open_time_bank(community=town, by=None, at=now())
    return town


def helped(giver: Membership, receiver: Membership, minutes: int) -> Any:
    payer, payee = (
        timebank.account_of(community=giver.community, person=member.person, by=None, at=now())
        for member in (receiver, giver)
    )
    category = Category.objects.of(giver.community).first()
    return timebank.pay(
        payer=payer, payee=payee, minutes=minutes, category=category, helped_on=today(), by=giver.person, at=now(),
        key=str(new_id()),
    )  # fmt: skip


def board_of(member: Membership) -> Any:
    return board_for(standing_for(member, on=today()), at=now())


def test_the_bar_shows_what_was_given_and_received() -> None:
    town = bank()
    amina, ben = person_in(town, "Amina"), person_in(town, "Ben")
    helped(amina, ben, 90)
    helped(ben, amina, 30)

    assert (board_of(amina).hours.given, board_of(amina).hours.received) == (90, 30)


def test_hours_taken_back_are_neither_given_nor_received() -> None:
    town = bank()
    amina, ben, cora = person_in(town, "Amina"), person_in(town, "Ben"), person_in(town, "Cora")
    transfer = helped(amina, ben, 90)
    timebank.reverse(transfer=transfer, reason="Not today", by=cora.person, at=now(), key=str(new_id()))

    assert (board_of(amina).hours.given, board_of(ben).hours.received) == (0, 0)


def test_a_question_about_ones_proposal_and_new_words_wait_for_an_answer() -> None:
    town = bank()
    amina, ben = person_in(town, "Amina"), person_in(town, "Ben")
    version = proposed(amina)
    asked(version, ben)
    reacted(version, ben)
    changed(version, amina, text="Lunch is on Mondays.")

    assert [line.title for line in board_of(amina).answers] == ["Ben asks about “Lunch for all”"]
    assert [line.title for line in board_of(ben).answers] == ["“Lunch for all” has changed"]


def test_help_whose_day_is_over_is_asked_after() -> None:
    ben, amina = scenes.neighbors("Ben", "Amina")
    exchange = scenes.asked(ben, amina, helped_on=TODAY + timedelta(days=1))
    scenes.step(exchange, Step.AGREE, ben)
    standing = standing_for(amina.membership, on=TODAY)

    before, after = (board_for(standing, at=NOON + timedelta(days=days)) for days in (0, 2))

    assert [line.text for line in before.coming] == [""]
    assert [line.text for line in after.coming] == ["Did this happen?"]


def test_a_letter_about_what_waits_for_an_answer_is_not_told_twice() -> None:
    ben, amina = scenes.neighbors("Ben", "Amina")
    scenes.asked(ben, amina)

    board = board_for(standing_for(ben.membership, on=TODAY), at=NOON + timedelta(minutes=1))

    assert [(line.title, line.text, line.action) for line in board.answers] == [
        ("You help Amina", "Would that suit you?", "Answer")
    ]
    assert board.news == []


def test_of_several_letters_about_one_matter_only_the_newest_is_news() -> None:
    ben, amina = scenes.neighbors("Ben", "Amina")
    exchange = scenes.asked(ben, amina)
    scenes.step(exchange, Step.AGREE, ben)
    exchange.refresh_from_db()
    scenes.step(exchange, Step.CANCEL, ben, at=NOON + timedelta(minutes=1))

    board = board_for(standing_for(amina.membership, on=TODAY), at=NOON + timedelta(minutes=5))

    assert [line.title for line in board.news] == ["An exchange was called off"]


def test_everybody_finds_on_top_what_they_come_for() -> None:
    town = bank()
    roles = {"Amina": Role.PARTICIPANT, "Cora": Role.COORDINATOR, "Frank": Role.COMMISSIONER}

    found = {name: [str(deed.label) for deed in board_of(person_in(town, name, roles=[role])).deeds]
             for name, role in roles.items()}  # fmt: skip

    assert found == {
        "Amina": ["Write down some help", "Ask for help"],
        "Cora": ["Record an exchange", "Add a person"],
        "Frank": ["See the books"],
    }


def test_who_is_here_alone_lets_people_in_first() -> None:
    cora = person_in(bank(), "Cora", roles=[Role.COORDINATOR])

    assert [str(deed.label) for deed in board_of(cora).deeds] == ["Add a person", "Invite people"]


def test_the_desk_is_for_coordinators() -> None:
    town = bank()

    assert board_of(person_in(town, "Amina")).desk == []
    assert board_of(person_in(town, "Cora", roles=[Role.COORDINATOR])).desk != []


def test_notices_to_carry_say_for_how_many_people_they_are() -> None:
    amina, ben = scenes.neighbors("Amina", "Ben")
    cora = person_in(amina.membership.community, "Cora", roles=[Role.COORDINATOR])
    for giver, receiver in ((amina, ben), (amina, ben), (ben, amina)):
        scenes.recorded(giver, receiver)

    carried = board_for(standing_for(cora, on=TODAY), at=NOON + timedelta(days=1)).desk[-1]

    assert (carried.value, carried.note) == ("3", "for 2 people")


def test_who_only_looks_at_sums_sees_no_name() -> None:
    town = bank()
    helped(person_in(town, "Zora Zimmermann"), person_in(town, "Quentin Quill"), 60)
    funder = person_in(town, "Frank", roles=[Role.COMMISSIONER])

    page = browser_of(funder).get(reverse("web:home", args=[town.slug])).content.decode()

    assert "Sums only." in page
    assert not any(name in page for name in ("Zora", "Zimmermann", "Quentin", "Quill"))


def test_sums_of_fewer_than_five_people_are_for_those_who_keep_the_books() -> None:
    town = bank()
    helped(person_in(town, "Amina"), person_in(town, "Ben"), 60)
    funder = person_in(town, "Frank", roles=[Role.COMMISSIONER])
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR])

    assert [tile.value for tile in board_of(funder).books[:2]] == ["*", "fewer than 5"]
    assert board_of(cora).books[1].value == "2"


def test_a_community_can_be_set_up_from_the_command_line() -> None:
    call_command("community_create", "Rosewood", "--float", "5", "--language", "es")

    made = Community.objects.get(name="Rosewood")
    assert TimeBank.objects.of(made).get().floor_minutes == -300


@pytest.mark.parametrize("options", [["--float", "plenty"], ["--slug", "maple-street"]], ids=["hours", "address"])
def test_the_command_says_what_is_wrong(options: list[str]) -> None:
    community("Maple Street")

    with pytest.raises(CommandError):
        call_command("community_create", "Rosewood", *options)

    assert not Community.objects.filter(name="Rosewood").exists()
