"""Topics: proposed in one's own words, wanted by others; with enough people one becomes the draft of a class."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs import letters_topics
from alongside.programs.actions.belonging import NotOfThisProgram, held_program, sides_in
from alongside.programs.models import Program, Topic, TopicClass, TopicWish
from alongside.programs.models.program import design_of


class NoTopics(Refusal):
    """The design does not say that people ask for topics."""


class TopicIsThere(Refusal):
    """Somebody has asked for it in the same words; `topic` is it."""

    def __init__(self, *, topic: Topic) -> None:
        super().__init__(topic.words)
        self.topic = topic


class TopicIsOthersToo(Refusal):
    """Others want it as well, or a class came of it: it is not taken back any more."""


@transaction.atomic
def propose_topic(
    *,
    program: Program,
    membership: Membership,
    words: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Topic:
    """Ask for a topic; whoever proposes it wants it. The same `key` again returns the first.

    Raises ProgramIsOver, NoTopics, NotOfThisProgram, TopicIsThere.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands, enough = _held(program, membership, at)
    rows = Topic.objects.on(stands)
    if mine := rows.filter(key=key).first():
        return mine  # type: ignore[no-any-return]
    if there := rows.filter(words__iexact=words.strip()).first():
        raise TopicIsThere(topic=there)
    made: Topic = Topic.objects.create(
        community=stands.community, program=stands, words=words.strip(), proposed_by=membership, at=at, key=key,
        **deed.keyed(),
    )  # fmt: skip
    _wish(made, membership, deed)
    deed.log("programs.topic_proposed", made)
    _become(made, enough, at=at)
    return made


@transaction.atomic
def want_topic(
    *,
    topic: Topic,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> TopicWish:
    """Want it too; twice is once. With enough people it becomes the draft of a class.

    Raises ProgramIsOver, NoTopics, NotOfThisProgram, and SomeoneElseWasFaster where the topic was deleted meanwhile.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands, enough = _held(topic.program, membership, at)
    if not Topic.objects.on(stands).filter(pk=topic.pk).exists():
        raise SomeoneElseWasFaster
    topic.program, topic.community = stands, stands.community
    mine = TopicWish.objects.of(stands.community).filter(topic=topic, membership=membership).first()
    if mine is None:
        mine = _wish(topic, membership, deed)
        deed.log("programs.topic_wanted", mine)
        undoing.offer("programs.want_topic", mine, by=by, at=at)
        _become(topic, enough, at=at)
    return mine


@transaction.atomic
def want_no_more(
    *,
    topic: Topic,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Take one's wish back; a draft that nobody hosts yet may be a topic again.

    Raises ProgramIsOver, SomeoneElseWasFaster.
    """
    stands = held_program(topic.program)
    mine = TopicWish.objects.of(stands.community).filter(topic=topic, membership=membership).first()
    if mine is None:
        raise SomeoneElseWasFaster
    Deed(by, at, on_behalf_of, channel).log("programs.topic_wanted_no_more", mine)
    mine.delete()
    _be_a_topic_again(topic, stands, at=at)


@undo.inverse("programs.want_topic")
@transaction.atomic
def wish_undone(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They have not asked for it. Raises SomeoneElseWasFaster."""
    rows = TopicWish.objects.filter(pk=args["row"], at=undoing.moment_of(args))
    mine = rows.select_related("topic__program", "community").first()
    if mine is None:
        raise SomeoneElseWasFaster
    mine.topic.program.community = mine.community
    stands = held_program(mine.topic.program)
    undoing.log("programs.topic_wanted_no_more", mine, by=by, at=at)
    mine.delete()
    _be_a_topic_again(mine.topic, stands, at=at)


@transaction.atomic
def take_topic_back(
    *,
    topic: Topic,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Delete a topic that one proposed and nobody else wants. Raises TopicIsOthersToo, SomeoneElseWasFaster."""
    stands = held_program(topic.program)
    mine = Topic.objects.on(stands).filter(pk=topic.pk, proposed_by=membership).first()
    if mine is None:
        raise SomeoneElseWasFaster
    others = mine.wishes.exclude(membership=membership)
    if others.exists() or TopicClass.objects.of(stands.community).filter(topic=mine).exists():
        raise TopicIsOthersToo
    Deed(by, at, on_behalf_of, channel).log("programs.topic_taken_back", stands)
    mine.delete()


def become_classes(program: Program, *, at: datetime) -> int:
    """Topics that enough people want become drafts, say when fewer are enough; how many. Call it in a transaction."""
    topics = design_of(program).get("topics")
    if topics is None:
        return 0
    rows = Topic.objects.on(program).asked_for().with_wishes().filter(wanted__gte=topics["enough"])
    made = 0
    for topic in rows.order_by("at", "id"):
        topic.program, topic.community = program, program.community
        made += _become(topic, topics["enough"], at=at)
    return made


def _held(program: Program, membership: Membership, at: datetime) -> tuple[Program, int]:
    """The program, held, and how many people are enough: two who are the last needed make one class."""
    stands = held_program(program)
    topics = design_of(stands).get("topics")
    if topics is None:
        raise NoTopics
    if not sides_in(stands, membership, at=at):
        raise NotOfThisProgram
    return stands, int(topics["enough"])


def _wish(topic: Topic, membership: Membership, deed: Deed) -> TopicWish:
    made: TopicWish = TopicWish.objects.create(
        community=topic.community, topic=topic, membership=membership, at=deed.at, **deed.keyed()
    )
    return made


def _become(topic: Topic, enough: int, *, at: datetime) -> bool:
    """The draft of a class, once: whoever wants it is told that a host is looked for."""
    if TopicClass.objects.of(topic.community).filter(topic=topic).exists() or topic.wishes.count() < enough:
        return False
    made = TopicClass.objects.create(community=topic.community, topic=topic, made_at=at)
    activity.log(did="programs.topic_became_a_class", about_what=made, by_id=None, at=at)
    letters_topics.became(topic, made, at=at)
    return True


def _be_a_topic_again(topic: Topic, program: Program, *, at: datetime) -> None:
    """A draft that nobody hosts or was asked to, and that too few want now, goes."""
    enough = design_of(program).get("topics", {}).get("enough", 0)
    drafts = TopicClass.objects.of(program.community).filter(topic=topic, host=None, asked=None, session=None)
    if topic.wishes.count() < enough and (draft := drafts.first()):
        letters_topics.take_back(draft, program.community, at=at)
        draft.delete()
