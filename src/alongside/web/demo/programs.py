"""What Millbrook does together: a course in its third design, a walk that is still being designed, a new idea."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal, Version
from alongside.people import actions as people
from alongside.people.models import BodyMember, Membership
from alongside.programs import actions as programs
from alongside.programs import shipped
from alongside.programs.models import Program, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import applied, difference
from alongside.web.demo import votes
from alongside.web.demo.history import Town

Answers = Mapping[str, Any]
OLDEST = timedelta(days=200)


def run(town: Town, *, began: datetime, at: datetime) -> None:
    """Programs at different stages; a town that is younger than their history has none."""
    if at - began < OLDEST:
        return
    _course(town, at=at)
    _walk(town, at=at)


def _course(town: Town, *, at: datetime) -> None:
    """From the first blueprint of the shelf: it began half a year ago, changed twice, and is being delivered."""
    course = next(each for each in shipped.shipped() if "completed" in str(each.sections["pathway"]))
    answers = {"condition": "People in Millbrook who live with a long-term condition", "place": "Library room"}
    program = started(
        town, course.id, "Living well in Millbrook", answers, by="Daniel Brody", at=at - timedelta(days=170)
    )
    first, second = ("Walter Finch", "Daniel Brody")
    join(town, program, _number_of(town, 22), at=at - timedelta(days=160))
    _adopt(
        town,
        program,
        "Afternoons instead of mornings",
        "Many of us need the morning to get going.",
        {"sessions.starts": "14:00"},
        author="Walter Finch",
        at=at - timedelta(days=140),
    )
    plan = [*design_of(program)["sessions"]["plan"], {"title": "A cooking week", "happens": ["We cook, and we eat"]}]
    _adopt(
        town,
        program,
        "A cooking week",
        "Eating well is easier learned at a stove than on a chair.",
        {"sessions.plan": plan, "sessions.complete_after": 5},
        author="Amina Yusuf",
        at=at - timedelta(days=100),
    )
    for days, words in (
        (150, "We asked forty people at the lunch club."),
        (90, "Both sides agreed."),
        (70, "£300, the library room, and 60 hours of leaders' time."),
    ):
        finish(town, program, {"uses": first, "provides": second}, words, at=at - timedelta(days=days))
    lead(town, program, {"uses": first, "provides": second}, at=at - timedelta(days=60))


def _walk(town: Town, *, at: datetime) -> None:
    """From nothing: people have said what matters to them, and propose the first changes."""
    answers = {
        "what": "We walk along the river for an hour, then cook soup together.",
        "why": "Walking alone is dull, and so is soup for one.",
        "for_whom": "Anybody in Millbrook who likes company",
        "providers": "The surgery, and the people who keep the garden",
        "day": "wednesday",
        "starts": "10:30",
        "length": "2h30",
        "place": "Old Mill bridge",
    }
    program = started(town, shipped.BLANK_ID, "Walk and soup", answers, by="Stella Marsh", at=at - timedelta(days=40))
    join(town, program, _number_of(town, 14), at=at - timedelta(days=38))
    pair = {"uses": "Grace Osei", "provides": "Daniel Brody"}
    finish(
        town,
        program,
        pair,
        "Company first, then the legs. Nobody wants a timetable on the wall.",
        at=at - timedelta(days=20),
    )
    lead(town, program, {"uses": "Grace Osei"}, at=at - timedelta(days=19))
    _proposed(
        town,
        program,
        "A seat to rest every ten minutes",
        "Some of us walk well for ten minutes, and then need to sit.",
        {"purpose.good_looks_like": ["Nobody is left behind", "We know three more people by name"]},
        author="Grace Osei",
        at=at - timedelta(days=5),
    )


def _number_of(town: Town, count: int) -> list[Membership]:
    """The first so many grown people by number, and everybody who provides."""
    members = sorted(town.by_name.values(), key=lambda each: each.number)
    named = [town.by_name[name] for name in ("Walter Finch", "Amina Yusuf", "Grace Osei")]
    providing = [
        town.by_name[one.name]
        for one in town.characters
        if votes.PROVIDING & set(one.roles) and one.name in town.by_name
    ]
    return list(dict.fromkeys([*named, *providing, *members[:count]]))


def started(town: Town, shipped_id: str, title: str, answers: Answers, *, by: str, at: datetime) -> Program:
    """A program from a blueprint of the shelf, with the usual answers but for those told."""
    who = town.by_name[by]
    beginning = programs.begin(membership=who, shipped=shipped_id, by=who.person, at=at)
    source = programs.source_of(beginning)
    told = {**{ask.key: ask.usual for ask in source.asks}, **answers, "title": title}
    for key in source.questions:
        beginning = programs.answer(beginning=beginning, key=key, value=told[key], by=who.person, at=at)
    return programs.start(beginning=beginning, by=who.person, at=at, key=town.key("program", title))


def join(town: Town, program: Program, members: list[Membership], *, at: datetime) -> None:
    """Let people belong to it."""
    inside = set(BodyMember.objects.of(town.community).filter(group=program.group).values_list("membership", flat=True))
    for member in members:
        if member.pk not in inside:
            people.join_body(
                body=program.group, membership=member, part=BodyMember.Part.BELONGS, by=member.person, at=at
            )


def lead(town: Town, program: Program, pair: Mapping[str, str], *, at: datetime) -> StageRun:
    """Let people lead the stage that goes on, each for a side."""
    run: StageRun = StageRun.objects.on(program).open().get()
    run.community = town.community
    for side, name in pair.items():
        who = town.by_name[name]
        programs.lead(run=run, membership=who, side=side, by=who.person, at=at)
    return run


def finish(town: Town, program: Program, pair: Mapping[str, str], words: str, *, at: datetime) -> None:
    """Let two people lead the stage that goes on, write down in these words all it makes, and call it finished."""
    run = lead(town, program, pair, at=at)
    for number, what in enumerate(run.makes):
        who = town.by_name[list(pair.values())[number % 2]]
        programs.produce(
            run=run,
            membership=who,
            makes=what,
            told=words,
            by=who.person,
            at=at,
            key=town.key("made", f"{run.pk}{what}"),
        )
    for name in pair.values():
        who = town.by_name[name]
        programs.call_finished(run=run, membership=who, by=who.person, at=at)
    program.refresh_from_db()
    program.community = town.community


def _adopt(town: Town, program: Program, title: str, text: str, values: Answers, *, author: str, at: datetime) -> None:
    decision = votes.opened_on(
        town, _proposed(town, program, title, text, values, author=author, at=at), at=at + timedelta(days=8), days=7
    )
    votes.say(town, decision, yes=0.9, part=0.6, at=at + timedelta(days=10))
    decisions.close(decision=decision, by=None, at=decision.closes_at)
    programs.adopt(decision=Decision.objects.get(pk=decision.pk), at=decision.closes_at)


def _proposed(
    town: Town, program: Program, title: str, text: str, values: Answers, *, author: str, at: datetime
) -> tuple[Proposal, Version]:
    member, design = town.by_name[author], design_of(program)
    after = applied(design, {name: [None, value] for name, value in values.items()})
    proposal = programs.propose(
        program=program,
        membership=member,
        title=title,
        words={"text": text, "summary": text},
        change=difference(design, after),
        by=member.person,
        at=at,
        key=town.key("design", title),
    )
    seen = Draft.objects.of(town.community).get(proposal=proposal).changed_at
    version = decisions.put_forward(proposal=proposal, membership=member, seen=seen, by=member.person, at=at)
    proposal.community = town.community
    return proposal, version
