"""What comes of what Millbrook decides: a garden that is open, and words that both sides still look for."""

from datetime import datetime, timedelta

from alongside.decisions import actions as decisions
from alongside.decisions.models import Conciliation, Conciliator, Decision, RollEntry
from alongside.decisions.models.voting import RollEntryQuerySet
from alongside.people.models import Membership
from alongside.web.demo.history import Town


def see_to(town: Town, decision: Decision, *, at: datetime) -> None:
    """Somebody sees to the garden: it is begun and half way, and people look at it again in spring."""
    owner, steward = on_roll(town, decision, "Walter Finch"), town.by_name["Stella Marsh"].person
    day = town.community.day_of(at)
    decisions.name_owner(
        decision=decision,
        owner=owner,
        due_on=day + timedelta(days=20),
        review_on=day + timedelta(days=110),
        by=steward,
        at=at - timedelta(days=20),
    )
    for step, words, days in (
        ("begun", "We have two keys, and a list of who opens and closes.", 16),
        ("half_way", "Open on two Sundays so far. Last time fourteen people came.", 3),
    ):
        decisions.note_progress(
            decision=decision,
            membership=owner,
            step=step,
            text=words,
            by=owner.person,
            at=at - timedelta(days=days),
            key=town.key("progress", step),
        )


def on_roll(town: Town, decision: Decision, name: str) -> Membership:
    """Who is called so, when the town is old enough for them to be on the roll; else the first that is."""
    entries = RollEntry.objects.on(decision).select_related("membership__person", "membership__community")
    wanted = entries.filter(membership=town.by_name[name]).first() or _by_number(entries, "uses")[0]
    found: Membership = wanted.membership
    return found


def look_for_words(town: Town, decision: Decision, *, at: datetime) -> None:
    """Those who use the room say no, those who provide it say yes; three of each write new words, and one agrees."""
    entries = RollEntry.objects.on(decision).select_related("membership__person", "membership__community")
    members = {side: [one.membership for one in _by_number(entries, side)] for side in decision.sides}
    for side, word in (("uses", "no"), ("provides", "yes")):
        for number, member in enumerate(members[side][:40]):
            said = "abstain" if number % 9 == 8 else word
            decisions.cast(
                decision=decision, membership=member, choice=said, by=member.person, at=at - timedelta(days=6)
            )
    decisions.close(decision=decision, by=None, at=decision.closes_at)
    round_ = Conciliation.objects.of(town.community).get(decision=decision)
    amina = on_roll(town, decision, "Amina Yusuf")
    for member in dict.fromkeys([amina, *members["uses"][:2], *members["provides"][:3]]):
        decisions.volunteer(conciliation=round_, membership=member, by=member.person, at=at - timedelta(days=2))
    decisions.draw_seats(conciliation=round_, by=None, at=at - timedelta(days=1))
    other = Conciliator.objects.of_round(round_).seated().filter(side="provides").with_people().in_order()[0]
    _write(town, round_, amina, other.membership, at=at)


def _by_number(entries: RollEntryQuerySet, side: str) -> list[RollEntry]:
    return list(entries.filter(side=side).order_by("membership__number"))


def _write(town: Town, round_: Conciliation, amina: Membership, other: Membership, *, at: datetime) -> None:
    for number, (member, words) in enumerate(
        (
            (amina, "Could it be quiet until ten? I come with the children in the morning."),
            (other, "Ten is early for those who write. What about eleven, and Saturdays free?"),
            (amina, "That would do for us. I put it into the draft."),
        )
    ):
        decisions.say_among_them(
            conciliation=round_,
            membership=member,
            text=words,
            by=member.person,
            at=at - timedelta(hours=20 - number),
            key=town.key("among them", str(number)),
        )
    moment = at - timedelta(hours=12)
    begun = decisions.begin_together(conciliation=round_, membership=amina, by=amina.person, at=moment)
    draft = decisions.save_draft(
        proposal=round_.proposal,
        words={
            "text": "The room is for quiet work until eleven, but not on Saturdays. After that, music is welcome.",
            "summary": "The library room is quiet until eleven, but not on Saturdays.",
        },
        seen=begun.changed_at,
        by=amina.person,
        at=moment + timedelta(minutes=20),
    )
    decisions.agree_to_words(
        conciliation=round_,
        membership=amina,
        seen=draft.changed_at,
        by=amina.person,
        at=moment + timedelta(minutes=21),
    )
