"""Draws that nobody in the house can steer, and that anybody draws again; and the report of who came again."""

import json
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.kernel.models import Activity
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.rewards import actions, draw_command, report, tasks
from alongside.rewards.models import Draw, DrawEntry
from alongside.rewards.rules import drawing
from alongside.rewards.rules.again import Told
from alongside.rewards.tests.scenes import DAY, NOON, gave, only, put_right, reward_of, small_program, url, volunteers

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CLOSES, MADE = NOON + 10 * DAY, NOON + 11 * DAY


def announced(program, cora, prizes=1, **told):
    given = {
        "from_day": NOON.date(), "until_day": (NOON + 9 * DAY).date(), "closes_at": CLOSES, "number_at": MADE, **told,
    }  # fmt: skip
    return actions.announce_draw(
        reward=reward_of(program, "backstage"), prizes=prizes, by=cora.person, at=NOON, key=uuid4(), **given
    )


def entered(draw, *members):
    return [actions.enter_draw(draw=draw, membership=each, by=each.person, at=NOON + DAY) for each in members]


def published(draw, signature="ab" * 48):
    """What the makers of the public number publish for the round of a draw."""
    draw.refresh_from_db()
    number = sha256(bytes.fromhex(signature)).hexdigest()
    return json.dumps({"round": draw.round, "randomness": number, "signature": signature})


def closed_draw(*minutes, prizes=1):
    """A draw among people who gave so many minutes, whose entries are closed."""
    program, cora = small_program()
    members = volunteers(program, *(f"Person {n}" for n in range(len(minutes))))
    draw = announced(program, cora, prizes)
    gave(program, *zip(members, minutes, strict=True))
    entered(draw, *members)
    tasks.close_draws(CLOSES)
    draw.refresh_from_db()
    draw.community = program.community
    return draw, cora, members


def test_everybody_has_a_ticket_for_each_whole_hour_up_to_the_most():
    draw, _cora, members = closed_draw(59, 60, 130, 700)

    tickets = [DrawEntry.objects.get(draw=draw, membership=each).tickets for each in members]

    assert tickets == [0, 1, 2, 10]
    assert draw.digest == drawing.digest_of(str(draw.pk), 1, actions.drawing.published(list(draw.entries.all())))


def test_who_was_not_in_leaves_no_trace_of_stepping_out():
    program, cora = small_program()
    draw = announced(program, cora)
    (ana,) = volunteers(program, "Ana")
    entered(draw, ana)

    for _ in range(2):
        actions.step_out(draw=draw, membership=ana, by=ana.person, at=NOON)

    assert Activity.objects.filter(did="rewards.draw_left").count() == 1


def test_the_winner_is_the_one_whom_everybody_reckons_and_has_it_at_once():
    draw, cora, members = closed_draw(120, 300, 600, prizes=2)

    actions.draw_winners(draw=draw, told=published(draw), by=cora.person, at=MADE)

    won = list(DrawEntry.objects.on(draw).winners())
    draw.refresh_from_db()
    entries = [drawing.Entry(one.name, one.tickets) for one in draw.entries.all()]
    again = drawing.winners(entries, number=draw.public_number, draw=str(draw.pk), prizes=2)
    assert [one.name for one in won] == again
    for entry in won:
        assert only(entry.membership, "backstage").state == "issued"
    assert reward_of(draw.reward.program, "backstage").taken == 2
    assert actions.draw_winners(draw=draw, told="", by=cora.person, at=MADE).public_number == draw.public_number
    assert len(members) == 3


def test_no_other_number_gets_through():
    draw, cora, _members = closed_draw(120, 300)
    right = json.loads(published(draw))
    wrong = [
        "", "[]", "{}", json.dumps({**right, "round": right["round"] + 1}),
        json.dumps({**right, "randomness": "0" * 64}),
        json.dumps({**right, "signature": "zz"}), json.dumps({**right, "signature": "ac" * 48}), "[" * 100_000,
    ]  # fmt: skip

    for told in wrong:
        with pytest.raises(actions.NotThatNumber):
            actions.draw_winners(draw=draw, told=told, by=cora.person, at=MADE)
    with pytest.raises(actions.NotYetTime):
        actions.draw_winners(draw=draw, told=json.dumps(right), by=cora.person, at=MADE - timedelta(seconds=1))


def test_once_closed_nobody_comes_in_or_goes_out_and_time_put_right_changes_no_ticket():
    draw, cora, members = closed_draw(120, 300)
    nora = person_in(draw.community, "Nora")
    with pytest.raises(actions.DrawIsClosed):
        actions.enter_draw(draw=draw, membership=nora, by=nora.person, at=CLOSES)
    with pytest.raises(actions.DrawIsClosed):
        actions.step_out(draw=draw, membership=members[0], by=members[0].person, at=CLOSES)
    about = {"community": draw.community, "draw": draw, "membership": nora, "name": "EVE222", "entered_at": NOON}

    lies = [
        lambda: DrawEntry.objects.create(tickets=9, **about),
        lambda: DrawEntry.objects.filter(draw=draw).update(tickets=9),
        lambda: DrawEntry.objects.filter(membership=members[0]).delete(),
        lambda: Draw.objects.filter(pk=draw.pk).update(digest="x"),
        lambda: Draw.objects.filter(pk=draw.pk).update(number_at=MADE + DAY),
    ]
    for lie in lies:
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()
    assert cora.community == draw.community


def test_entries_that_nobody_closed_in_time_wait_for_another_number():
    program, cora = small_program()
    draw = announced(program, cora)

    tasks.close_draws(MADE + DAY)

    draw.refresh_from_db()
    assert draw.closed_at is not None
    assert draw.number_at == MADE + 2 * DAY


def test_nobody_announces_more_than_there_are_or_days_out_of_order():
    program, cora = small_program()
    announced(program, cora, prizes=3)

    with pytest.raises(actions.NoneLeft):
        announced(program, cora, prizes=2)
    with pytest.raises(actions.DaysDoNotFit):
        announced(program, cora, closes_at=NOON - DAY)
    with pytest.raises(actions.DaysDoNotFit):
        announced(program, cora, number_at=CLOSES)
    with pytest.raises(actions.NotOffered):
        actions.announce_draw(
            reward=reward_of(program), prizes=1, from_day=NOON.date(), until_day=NOON.date(), closes_at=CLOSES,
            number_at=MADE, by=cora.person, at=NOON, key=uuid4(),
        )  # fmt: skip


def test_the_published_file_is_drawn_again_by_the_command(tmp_path, capfd):
    draw, cora, _members = closed_draw(120, 300, 240)
    actions.draw_winners(draw=draw, told=published(draw), by=cora.person, at=MADE)
    file = browser_of(cora).get(url("draw_file", draw.community, draw.pk)).content
    path = tmp_path / "draw.json"
    path.write_bytes(file)

    assert draw_command.main([str(path)]) == 0
    told = json.loads(file)
    path.write_text(json.dumps({**told, "winners": ["EVE222"]}))
    assert draw_command.main([str(path)]) == 1
    path.write_text(json.dumps({**told, "entries": [{"entry": "x", "tickets": "many"}]}))
    assert draw_command.main([str(path)]) == 2
    path.write_text("{")
    assert draw_command.main([str(path)]) == 2

    out = capfd.readouterr()
    assert "the same entries win" in out.out
    assert "does NOT agree" in out.out
    for member in ("Person 0", "Person 1", "Person 2"):
        assert member not in file.decode()


def test_an_erased_winner_leaves_the_draw_as_it_was(tmp_path):
    draw, cora, members = closed_draw(120, 300, prizes=2)
    people.leave_community(membership=members[0], by=members[0].person, at=CLOSES + timedelta(hours=1))
    people.erase_person(person=members[1].person, by=None, at=CLOSES + timedelta(hours=1))

    actions.draw_winners(draw=draw, told=published(draw), by=cora.person, at=MADE)

    assert DrawEntry.objects.on(draw).winners().count() == 2
    assert set(DrawEntry.objects.on(draw).values_list("membership", flat=True)) == {members[0].pk, None}
    assert reward_of(draw.reward.program, "backstage").taken == 0


def test_who_came_again_without_a_ticket_within_six_months_is_told_without_small_numbers():
    program, _cora = small_program()
    members = volunteers(program, *(f"Person {n:02}" for n in range(14)))
    gave(program, *((member, 240) for member in members))
    gave(program, *((member, 30) for member in members[:8]), at=NOON + 100 * DAY)
    gave(program, (members[9], 60), at=NOON + 250 * DAY)

    assert report.again_of(program, on=(NOON + 100 * DAY).date()) == Told(0, 0, 0, 0, 14)
    assert report.again_of(program, on=(NOON + 300 * DAY).date()) == Told(14, 8, 0, 6, 0)


def test_fewer_than_five_are_hidden_and_cannot_be_reckoned():
    program, _cora = small_program()
    members = volunteers(program, *(f"Person {n:02}" for n in range(12)))
    gave(program, *((member, 240) for member in members))
    gave(program, *((member, 30) for member in members[:10]), at=NOON + 100 * DAY)

    assert report.again_of(program, on=(NOON + 300 * DAY).date()) == Told(12, None, 0, None, 0)


def test_who_had_theirs_withdrawn_is_not_among_those_rewarded():
    program, cora = small_program()
    members = volunteers(program, *(f"Person {n:02}" for n in range(6)))
    day = gave(program, *((member, 240) for member in members))
    for member in members:
        put_right(day, member, 10, by=cora, at=NOON + DAY)
    actions.issue_due(program=program, by=None, at=NOON + DAY)

    assert report.again_of(program, on=(NOON + 300 * DAY).date()) == Told(0, 0, 0, 0, 0)


def test_the_sums_of_a_funder_name_nobody(settings):
    program, _cora = small_program()
    members = volunteers(program, *(f"Volunteer {n:02}" for n in range(6)))
    gave(program, *((member, 240) for member in members))
    funder = person_in(program.community, "Fritz", roles=[Role.COMMISSIONER])

    page = browser_of(funder).get(url("sums", program.community, program.pk)).content.decode()

    assert not any(str(member.person) in page for member in members)
    assert 'data-label="Issued">6' in page
