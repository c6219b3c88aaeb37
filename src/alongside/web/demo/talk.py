"""What Millbrook talks over: a proposal in its second version, one still being written, one taken back."""

from datetime import datetime, timedelta

from alongside.decisions import actions as decisions
from alongside.decisions.models import Contribution, Draft, Proposal, Version
from alongside.decisions.permissions.proposals import sides_of
from alongside.people.models import Membership
from alongside.web.demo.history import Town

STANDS = (
    ("Ben Okafor", "helps"), ("Hanna Weiss", "helps"), ("Lucía Romero", "worries"), ("Grace Osei", "helps"),
    ("Joon Park", "unsure"), ("Priya Nair", "worries"), ("Tomás Herrera", "helps"), ("Cora Lindqvist", "helps"),
)  # fmt: skip


def go_on(town: Town, *, at: datetime) -> None:
    """The lunch club on two days is talked over, a bench is being written, a fee was taken back."""
    amina, ben = town.by_name["Amina Yusuf"], town.by_name["Ben Okafor"]
    _lunch_on_two_days(town, amina, at=at)
    _begun(
        town, amina, "A bench by the river path",
        text="We put a bench with a back and arms halfway along the river path.",
        why="It is a long way to the shop for people who need to rest.",
        at=at - timedelta(days=2),
    )  # fmt: skip
    fee = _begun(
        town, ben, "Two hours a year from everybody for the tool shed",
        text="Everybody who belongs gives two hours a year to look after the shed.",
        summary="Everybody helps in the shed for two hours a year.",
        at=at - timedelta(days=26),
    )  # fmt: skip
    version = _forward(fee, ben, at=at - timedelta(days=25))
    _say(
        town,
        version,
        "Walter Finch",
        "I cannot stand for long. What would I do?",
        at=at - timedelta(days=24),
        asks=True,
    )
    why = "Helping should stay free. We ask for helpers at the shed instead."
    decisions.withdraw(proposal=fee, why=why, by=ben.person, at=at - timedelta(days=20))


def _lunch_on_two_days(town: Town, amina: Membership, *, at: datetime) -> None:
    lunch = _begun(
        town, amina, "The lunch club on two days",
        text=(
            "The lunch club cooks on Tuesdays and Fridays.\n\n"
            "Everybody may bring a guest.\n\n"
            "The club asks for half an hour from each who eats."
        ),
        why="On Fridays the hall is full, and people are turned away at the door.",
        affects="People who come to eat, the cooks, and the library, whose hall it is.",
        changes="A second team of four cooks, and the hall on Tuesdays from ten to two.",
        summary="We cook lunch together on two days a week, not on one. Nobody is turned away.",
        at=at - timedelta(days=16),
    )  # fmt: skip
    first = _forward(lunch, amina, at=at - timedelta(days=15))
    decisions.add_author(
        proposal=lunch, membership=town.by_name["Hanna Weiss"], by=amina.person, at=at - timedelta(days=15)
    )
    half_hour = _say(
        town, first, "Lucía Romero", "Half an hour is hard for me after the clinic. Must I?",
        at=at - timedelta(days=14), paragraph=3, asks=True,
    )  # fmt: skip
    thursdays = _say(
        town,
        first,
        "Priya Nair",
        "Could it be Thursdays? The nurses are here then.",
        at=at - timedelta(days=13),
        paragraph=1,
    )
    for place, (name, kind) in enumerate(STANDS[:5]):
        _stand(town, first, name, kind, at=at - timedelta(days=12, hours=place))
    _answer(half_hour, amina, "taken_up", "Nobody has to. The next version says so.", at=at - timedelta(days=9))
    why = "The hall is taken on Thursdays. We ask the library again in the autumn."
    _answer(thursdays, amina, "not_taken_up", why, at=at - timedelta(days=9))
    second = _second_version(lunch, amina, at=at - timedelta(days=8))
    for place, (name, kind) in enumerate(STANDS[3:]):
        _stand(town, second, name, kind, at=at - timedelta(days=6, hours=place))
    _say(town, second, "Grace Osei", "My mother would love the Tuesdays.", at=at - timedelta(days=5), paragraph=1)
    _say(town, second, "Tomás Herrera", "Who washes up on Tuesdays?", at=at - timedelta(days=1), asks=True)
    _other_words(town, second, amina, at=at)
    _taken_from_view(town, second, at=at)


def _other_words(town: Town, version: Version, amina: Membership, *, at: datetime) -> None:
    """One change was refused with a reason, another waits for the authors."""
    changes = (
        ("Grace Osei", 2, "Everybody may bring two guests.", "Families are often more than two.", 5),
        ("Joon Park", 2, "Everybody may bring a guest, who is asked to wash up.", "Then guests feel at home.", 2),
    )
    offered = [
        decisions.amend(
            version=version, membership=town.by_name[name], paragraph=paragraph, text=text, why=why,
            by=town.by_name[name].person, at=at - timedelta(days=days), key=town.key("change", text),
        )
        for name, paragraph, text, why, days in changes
    ]  # fmt: skip
    decisions.refuse_amendment(
        amendment=offered[0], membership=amina, reason="The hall holds sixty. Two guests each would be too many.",
        by=amina.person, at=at - timedelta(days=4),
    )  # fmt: skip


def _taken_from_view(town: Town, version: Version, *, at: datetime) -> None:
    """Words that told of somebody's health were reported and taken from view; their appeal waits."""
    ben, cora, hanna = (town.by_name[name] for name in ("Ben Okafor", "Cora Lindqvist", "Hanna Weiss"))
    said = _say(
        town, version, "Ben Okafor", "After his operation Walter should not carry pots.", at=at - timedelta(days=4)
    )
    decisions.report(contribution=said, membership=hanna, rule="private", by=hanna.person, at=at - timedelta(days=3))
    entry = decisions.hide(
        contribution=said, moderator=cora, rule="private", words="It tells of somebody's health.", by=cora.person,
        at=at - timedelta(days=3),
    )  # fmt: skip
    decisions.appeal(
        entry=entry, text="Walter told everybody himself.", by=ben.person, at=at - timedelta(days=2, hours=3)
    )


def _second_version(lunch: Proposal, amina: Membership, *, at: datetime) -> Version:
    draft = decisions.begin_next(proposal=lunch, by=amina.person, at=at)
    text = draft.text.replace(
        "The club asks for half an hour from each who eats.",
        "Who likes gives half an hour in the kitchen. Nobody has to, and everybody eats.",
    )
    decisions.save_draft(proposal=lunch, words={"text": text}, seen=draft.changed_at, by=amina.person, at=at)
    return _forward(lunch, amina, at=at)


def _begun(town: Town, author: Membership, title: str, *, at: datetime, **words: str) -> Proposal:
    key = town.key("proposal", title)
    return decisions.begin(membership=author, title=title, words=words, by=author.person, at=at, key=key)


def _forward(proposal: Proposal, author: Membership, *, at: datetime) -> Version:
    seen = Draft.objects.of(proposal.community).get(proposal=proposal).changed_at
    return decisions.put_forward(proposal=proposal, membership=author, seen=seen, by=author.person, at=at)


def _say(
    town: Town,
    version: Version,
    name: str,
    text: str,
    *,
    at: datetime,
    paragraph: int | None = None,
    asks: bool = False,
) -> Contribution:
    member = town.by_name[name]
    return decisions.speak(
        version=version,
        membership=member,
        kind=Contribution.Kind.QUESTION if asks else Contribution.Kind.COMMENT,
        text=text,
        paragraph=paragraph,
        side=_side(town, member, at=at),
        by=member.person,
        at=at,
        key=town.key("said", text),
    )


def _answer(said: Contribution, author: Membership, status: str, text: str, *, at: datetime) -> None:
    decisions.answer(
        contribution=said, membership=author, status=status, text=text, seen=said.answered_at, by=author.person, at=at
    )


def _stand(town: Town, version: Version, name: str, kind: str, *, at: datetime) -> None:
    member = town.by_name[name]
    side = _side(town, member, at=at)
    decisions.react(version=version, membership=member, kind=kind, side=side, by=member.person, at=at)


def _side(town: Town, member: Membership, *, at: datetime) -> str:
    """Who could speak for several provides here."""
    sides = sides_of(member, on=town.community.day_of(at))
    return "provides" if "provides" in sides else sides[0] if sides else ""
