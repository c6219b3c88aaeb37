"""What Millbrook is asked: one question that is open, and one that is closed, with too few people to show groups."""

from datetime import datetime, timedelta

from alongside.decisions import actions as decisions
from alongside.decisions.models import OpenQuestion, Statement
from alongside.decisions.permissions.proposals import sides_of
from alongside.web.demo.history import Town

PEOPLE = (
    "Ben Okafor", "Hanna Weiss", "Lucía Romero", "Grace Osei", "Joon Park", "Priya Nair", "Tomás Herrera",
    "Amina Yusuf", "Walter Finch", "Daniel Brody", "Stella Marsh", "Ruth Hollis",
)  # fmt: skip
CLOSED = (
    ("Amina Yusuf", "The hall should be warm before people come."),
    ("Walter Finch", "One long table is better than many small ones."),
    ("Grace Osei", "Somebody should say hello at the door."),
    ("Ben Okafor", "Lunch could start half an hour later."),
)
OPEN = (
    ("Hanna Weiss", "A lift to the clinic would help me most."),
    ("Tomás Herrera", "We should meet in the evening too."),
    ("Priya Nair", "More people should know that hours count the same."),
)


def ask(town: Town, *, at: datetime) -> None:
    """A question about lunch closed last week; one about the next year is open, and a statement waits."""
    over = _asked(town, "What makes Friday lunch a good day?", at=at - timedelta(days=30), days=20)
    _answered(town, over, _let_in(town, over, CLOSED), part=0.9)
    still_open = _asked(
        town, "What should we do more of next year?", at=at - timedelta(days=4), days=21,
        words="The board plans the next year. What you all say comes to its table in a month.",
    )  # fmt: skip
    _answered(town, still_open, _let_in(town, still_open, OPEN), part=0.4)
    _written(town, still_open, "Joon Park", "Tools should be lent on Sundays.")
    decisions.work_out_due(at=at)


def _asked(town: Town, title: str, *, at: datetime, days: int, words: str = "") -> OpenQuestion:
    steward = town.by_name["Stella Marsh"]
    return decisions.ask_question(
        membership=steward,
        title=title,
        words=words,
        closes_at=at + timedelta(days=days),
        by=steward.person,
        at=at,
        key=town.key("question", title),
    )


def _written(town: Town, question: OpenQuestion, name: str, text: str) -> Statement:
    member = town.by_name[name]
    return decisions.write_statement(
        question=question,
        membership=member,
        text=text,
        source=Statement.Source.OWN,
        by=member.person,
        at=question.made_at + timedelta(hours=2),
        key=town.key("statement", text),
    )


def _let_in(town: Town, question: OpenQuestion, statements: tuple[tuple[str, str], ...]) -> list[Statement]:
    cora = town.by_name["Cora Lindqvist"]
    moment = question.made_at + timedelta(hours=5)
    return [
        decisions.let_in(
            statement=_written(town, question, name, text),
            membership=cora,
            seen=Statement.State.WAITING,
            by=cora.person,
            at=moment,
        )
        for name, text in statements
    ]


def _answered(town: Town, question: OpenQuestion, statements: list[Statement], *, part: float) -> None:
    """Some of the people answer, by the dice of the town."""
    moment = question.made_at + timedelta(days=1)
    for name in PEOPLE:
        member = town.by_name[name]
        sides = sides_of(member, on=town.community.day_of(moment))
        for statement in statements:
            if town.chance.random() < part:
                decisions.say_opinion(
                    statement=statement,
                    membership=member,
                    word=town.chance.choice(["agree", "agree", "agree", "disagree", "pass"]),
                    side=sides[-1] if sides else "",
                    by=member.person,
                    at=moment,
                )
