"""One of each thing that is decided together, for the walks through every address."""

from datetime import datetime, timedelta
from typing import Any

from alongside.charter import actions as charter
from alongside.charter.in_force import values_in_force
from alongside.charter.rules.values import difference
from alongside.decisions import actions as decisions
from alongside.decisions.models import AgendaItem, Decision, Meeting, RollEntry
from alongside.decisions.rules.sides import Tally
from alongside.decisions.tests.voting import proposal_of
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import person_in
from tests.support.cast import Town


def votes_things(town: Town) -> dict[str, Any]:
    """A vote that is open, and one that is closed and sealed, over which Thea looks."""
    thea, professional = town.members["themself"], person_in(town.community, "Pia", roles=[Role.PROFESSIONAL])
    votes = []
    for title in ("Open on Sundays", "A second kettle"):
        proposal, version = proposal_of(thea, title)
        votes.append(
            decisions.open_vote(
                proposal=proposal,
                version=version,
                sides=["uses", "provides"],
                scrutineers={"uses": thea, "provides": professional},
                closes_at=now() + timedelta(days=7),
                by=professional.person,
                at=now(),
                key=new_id(),
                leave_out_unsaid=True,
            )
        )
    still_open, closed = votes
    shared = _shared(town, thea, professional)
    decisions.cast(decision=closed, membership=thea, choice="yes", by=thea.person, at=now())
    decisions.close(decision=closed, by=None, at=closed.closes_at)
    return {
        "decision_id": still_open.pk,
        "decisions:certificate.decision_id": closed.pk,
        "decisions:sealed.decision_id": closed.pk,
        "decisions:my_share.decision_id": shared.pk,
        "proposal_id": still_open.proposal_id,
    }


def charter_things(town: Town) -> dict[str, Any]:
    """Thea proposes other values of the rules; her draft waits."""
    thea = town.members["themself"]
    charter.begin(community=town.community, by=None, at=now())
    before = values_in_force(town.community)
    change = difference(before, {**before, "hold_days": before["hold_days"] + 1})
    draft = charter.propose(
        membership=thea, title="Longer holds", change=change, by=thea.person, at=now(), key=new_id()
    )
    names = ("values", "change_values", "change_values_in_list")
    lists = ("propose_in_list", "found_in_list", "change_values_in_list")
    return {
        **{f"charter:{name}.proposal_id": draft.pk for name in names},
        **{f"charter:{name}.part": "limits" for name in ("propose", "found", "change_values")},
        **{f"charter:{name}.part": "help" for name in lists},
        **{f"charter:{name}.deed": "add" for name in lists},
    }


def _shared(town: Town, thea: Membership, professional: Membership) -> Decision:
    """A budget that was shared out in an open vote."""
    proposal, version = proposal_of(thea, "Money for the yard")
    vote = decisions.open_vote(
        proposal=proposal,
        version=version,
        sides=["uses", "provides"],
        scrutineers={"uses": thea, "provides": professional},
        closes_at=now() + timedelta(days=7),
        by=professional.person,
        at=now(),
        key=new_id(),
        leave_out_unsaid=True,
        is_secret=False,
        asked=decisions.Asked(
            rule="equal-power-mes",
            options=[decisions.OptionTold("A bench", 60), decisions.OptionTold("A tree", 60)],
            budget=100,
            unit="money",
        ),
    )
    for entry in RollEntry.objects.on(vote).select_related("membership__person"):
        entry.membership.community = town.community
        person = entry.membership.person
        decisions.cast(decision=vote, membership=entry.membership, choice="1", by=person, at=now())
    return decisions.close(decision=vote, by=None, at=now())


def conciliation_things(town: Town) -> dict[str, Any]:
    """Two conciliations in which Thea sits and writes with a professional, and one for which nobody has volunteered."""
    thea, pia = town.members["themself"], person_in(town.community, "Petra", roles=[Role.PROFESSIONAL])
    sitting, calling = (_split(town, thea, pia, title) for title in ("A quieter kitchen", "A later bell"))
    round_ = sitting.conciliations.get()
    for member in (thea, pia):
        decisions.volunteer(conciliation=round_, membership=member, by=member.person, at=now())
    decisions.draw_seats(conciliation=round_, by=None, at=now())
    names = ("step_back", "say_among_them", "begin_together", "agree_to_words", "would_stop", "conciliation")
    return {
        **{f"decisions:{name}.decision_id": sitting.pk for name in names},
        **{f"decisions:{name}.decision_id": calling.pk for name in ("volunteer", "draw_seats")},
    }


def follow_up_things(town: Town) -> dict[str, Any]:
    """Something that was adopted and that Thea sees to; it is time to say what came of it."""
    thea, paula = town.members["themself"], person_in(town.community, "Paula", roles=[Role.PROFESSIONAL])
    decision = _voted(town, thea, paula, "Soup on Mondays", {"uses": "yes", "provides": "yes"})
    day = town.community.day_of(now())
    Decision.objects.filter(pk=decision.pk).update(owner=thea, due_on=day, review_on=day)
    names = ("unanswered", "name_owner", "note_progress", "rate")
    return {f"decisions:{name}.decision_id": decision.pk for name in names}


def _split(town: Town, thea: Membership, pia: Membership, title: str) -> Decision:
    return _voted(town, thea, pia, title, {"uses": "yes", "provides": "no"})


def _voted(town: Town, thea: Membership, pia: Membership, title: str, says: dict[str, str]) -> Decision:
    proposal, version = proposal_of(thea, title)
    decision = decisions.open_vote(
        proposal=proposal,
        version=version,
        sides=["uses", "provides"],
        scrutineers={"uses": thea, "provides": pia},
        closes_at=now() + timedelta(days=7),
        by=pia.person,
        at=now(),
        key=new_id(),
        leave_out_unsaid=True,
    )
    for entry in RollEntry.objects.on(decision).select_related("membership__person"):
        entry.membership.community = town.community
        decisions.cast(
            decision=decision,
            membership=entry.membership,
            choice=says[entry.side],
            by=entry.membership.person,
            at=now(),
        )
    return decisions.close(decision=decision, by=None, at=now())


def rounds_things(town: Town) -> dict[str, Any]:
    """A consent round that Thea facilitates for her side; a neighbor objects, and she writes the next version."""
    thea, provider = town.members["themself"], person_in(town.community, "Paz", roles=[Role.PROFESSIONAL])
    proposal, version = proposal_of(thea, "A third kettle")
    opened = decisions.open_round(
        proposal=proposal,
        version=version,
        sides=["uses", "provides"],
        facilitators={"uses": thea, "provides": provider},
        closes_at=now() + timedelta(days=7),
        review_on=(now() + timedelta(days=100)).date(),
        by=provider.person,
        at=now(),
        key=new_id(),
        leave_out_unsaid=True,
    )
    objection = decisions.object_to(
        decision=opened, membership=provider, reason="It is loud.", harms="Quiet", by=provider.person, at=now()
    )
    decisions.begin_next(proposal=proposal, by=thea.person, at=now())
    standing = ("round", "stand", "concern", "object", "round_next", "end_round", "call_off_round")
    rounds = (*standing, "round_seen", "small_edit", "round_slips", "key_stance")
    return {"objection_id": objection.pk, **{f"decisions:{name}.decision_id": opened.pk for name in rounds}}


def advice_things(town: Town) -> dict[str, Any]:
    """Thea decides after asking, with advice she has not answered; and another such thing that nobody decides now."""
    thea, percy = town.members["themself"], person_in(town.community, "Percy", roles=[Role.PROFESSIONAL])
    uses = person_in(town.community, "Ula")
    begun = []
    for title in ("A fourth kettle", "A fifth kettle"):
        proposal, version = proposal_of(thea, title)
        begun.append(
            decisions.open_advice(
                proposal=proposal,
                version=version,
                sides=["uses", "provides"],
                deciders=[thea],
                facilitators={"uses": uses, "provides": percy},
                wait_days=3,
                closes_at=now() + timedelta(days=20),
                by=thea.person,
                at=now(),
                key=new_id(),
                leave_out_unsaid=True,
            )
        )
    mine, empty = begun
    given = decisions.advise(
        decision=mine,
        membership=percy,
        affected=True,
        expert=True,
        text="A small one will do.",
        by=percy.person,
        at=now(),
        key=new_id(),
    )
    decisions.give_up_deciding(decision=empty, membership=thea, by=thea.person, at=now())
    waiting, _version = proposal_of(thea, "A sixth kettle")
    names = ("advice", "advise", "object_to_plan", "ask_advice", "publish_plan", "decide", "give_up_deciding")
    return {
        "advice_id": given.pk,
        "decisions:open_advice.proposal_id": waiting.pk,
        **{f"decisions:{name}.decision_id": mine.pk for name in (*names, "call_off_advice")},
        "decisions:name_decider.decision_id": empty.pk,
    }


def proposals_things(town: Town) -> dict[str, Any]:
    """Thea is writing a proposal, and has put another one forward, about which a neighbor asks."""
    thea, noa, at = town.members["themself"], person_in(town.community, "Noa"), now()
    begun = [
        decisions.begin(
            membership=thea, title=title, words={"text": "Every Friday."}, by=thea.person, at=at, key=new_id()
        )
        for title in ("A bench in the yard", "Lunch for all")
    ]
    draft, open_one = begun
    version = decisions.put_forward(proposal=open_one, membership=thea, seen=at, by=thea.person, at=at)
    asked = decisions.speak(
        version=version, membership=noa, kind="question", text="Who cooks?", by=noa.person, at=at, key=new_id()
    )
    author = decisions.add_author(proposal=open_one, membership=noa, by=thea.person, at=at)
    rude = decisions.speak(
        version=version, membership=thea, kind="comment", text="Nonsense.", by=thea.person, at=at, key=new_id()
    )
    hana = person_in(town.community, "Hana", roles=[Role.COORDINATOR])
    hidden = decisions.hide(
        contribution=rude, moderator=hana, rule="respect", words="Say what troubles you.", by=hana.person, at=at
    )
    decisions.appeal(entry=hidden, text="It was a joke.", by=thea.person, at=at)
    source = decisions.add_source(
        proposal=open_one, membership=thea, title="The hall's prices", file=decisions.FileTold("a.txt", b"Ten a day"),
        by=thea.person, at=at, key=new_id(),
    )  # fmt: skip
    offered = [
        decisions.amend(
            version=version, membership=member, text="Every Monday.", why="Fridays are full.", by=member.person, at=at,
            key=new_id(),
        )
        for member in (noa, thea)
    ]  # fmt: skip
    writing = ("write", "write_part", "check", "discard")
    talking = (
        "proposal", "version", "versions", "talk", "on_paper", "speak", "react", "begin_next", "authors", "step_down",
        "withdraw", "amend", "add_source",
    )  # fmt: skip
    return {
        **{f"decisions:{name}.proposal_id": draft.pk for name in writing},
        **{f"decisions:{name}.proposal_id": open_one.pk for name in talking},
        "decisions:write_part.part": "why",
        "source_id": source.pk,
        "decisions:version.number": 1,
        "contribution_id": asked.pk,
        "entry_id": hidden.pk,
        "amendment_id": offered[1].pk,
        "author_id": author.pk,
    }


def questions_things(town: Town) -> dict[str, Any]:
    """An open question with two statements of Thea's, one let in and one that waits; and one that is closed."""
    thea, cora, at = town.members["themself"], town.members["coordinator"], now()
    asked = [
        decisions.ask_question(
            membership=cora, title=title, words="", closes_at=closes, by=cora.person, at=began, key=new_id()
        )
        for title, began, closes in (
            ("What would help?", at, at + timedelta(days=7)),
            ("What was good?", at - timedelta(days=2), at - timedelta(days=1)),
        )
    ]
    written = [
        decisions.write_statement(
            question=question,
            membership=thea,
            text=text,
            source="own",
            by=thea.person,
            at=question.made_at,
            key=new_id(),
        )
        for question, text in ((asked[0], "A quiet room."), (asked[0], "Music."), (asked[1], "The bread."))
    ]
    for statement in (written[0], written[2]):
        moment = statement.question.made_at
        decisions.let_in(statement=statement, membership=cora, seen="waiting", by=cora.person, at=moment)
        decisions.say_opinion(statement=statement, membership=thea, word="agree", by=thea.person, at=moment)
    decisions.work_out_due(at=at)
    closed = ("question_results", "question_on_paper")
    return {
        "question_id": asked[0].pk,
        "statement_id": written[1].pk,
        **{f"decisions:{name}.question_id": asked[1].pk for name in closed},
    }


def meetings_things(town: Town) -> dict[str, Any]:
    """A meeting that goes on, where hands were counted; and one that is over, whose minutes Thea can approve."""
    thea, cora, at = town.members["themself"], town.members["coordinator"], now()
    other = person_in(town.community, "Pim", roles=[Role.PROFESSIONAL])
    going_on, over = (_met(town, title, [thea, other], at=at) for title in ("Kitchen meeting", "House meeting"))
    proposal, _version = proposal_of(thea, "Tea at three")
    items = [
        decisions.bring_item(
            meeting=meeting, membership=thea, told=told, by=thea.person, at=at, key=new_id()
        )
        for meeting, told in (
            (going_on, decisions.ItemTold("Tea at three", 10, proposal=proposal, decides=True)),
            (going_on, decisions.ItemTold("The garden", 10)),
            (over, decisions.ItemTold("The roof", 10)),
        )
    ]  # fmt: skip
    AgendaItem.objects.filter(pk=items[0].pk).update(announced_at=at - timedelta(days=4))
    for item in (items[0], items[2]):
        decisions.take_item(item=item, by=cora.person, at=at)
    hands = decisions.enter_hands(
        item=items[0], membership=cora, counts={"uses": Tally(1, 1, 0), "provides": Tally(1, 1, 0)}, by=cora.person,
        at=at, key=new_id(),
    )  # fmt: skip
    decisions.write_passage(
        item=items[2], membership=thea, said="It leaks.", agreed="", number=0, by=thea.person, at=at
    )
    made = decisions.undertake(
        meeting=over, membership=cora, what="Call the roofer", owner=thea, due_on=town.community.day_of(at),
        by=cora.person, at=at, key=new_id(),
    )  # fmt: skip
    decisions.end_meeting(meeting=over, by=cora.person, at=at)
    decisions.put_minutes_forward(meeting=over, by=cora.person, at=at)
    asked = decisions.ask_correction(
        meeting=over, membership=other, revision=1, words="It does not.", by=other.person, at=at, key=new_id()
    )
    to_approve = ("approve_minutes", "correct_minutes")
    return {
        "meeting_id": going_on.pk,
        **{f"decisions:{name}.meeting_id": over.pk for name in to_approve},
        "item_id": items[1].pk,
        "decisions:enter_hands.item_id": items[0].pk,
        "hands_id": hands.pk,
        "correction_id": asked.pk,
        "undertaking_id": made.pk,
    }


def _met(town: Town, title: str, there: list[Membership], *, at: datetime) -> Meeting:
    """A meeting called ten days ago, to which these people have come."""
    cora = town.members["coordinator"]
    meeting = decisions.call_meeting(
        membership=cora,
        told=decisions.MeetingTold(title=title, starts_at=at + timedelta(minutes=5), minutes=60, place="The hall"),
        decides_by=decisions.DecidesBy(least_each_side=1),
        by=cora.person,
        at=at - timedelta(days=10),
        key=new_id(),
    )
    seats = zip(there, ("uses", "provides"), strict=True)
    came = {member: decisions.Seat(side) for member, side in seats}
    return decisions.keep_attendance(meeting=meeting, came=came, by=cora.person, at=at)
