"""What this room tells people about topics: that one became a class, and that somebody is asked to host it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.models import Notice
from alongside.people.models import Community, Person
from alongside.programs.models import Topic, TopicClass, TopicWish

TOPICS = kinds.register(
    "programs.topics", label=gettext_lazy("About topics and classes I asked for, or am asked to host")
)


def became(topic: Topic, made: TopicClass, *, at: datetime) -> None:
    """Tell everybody who wants it that enough people do, and that a host is looked for."""

    def body() -> str:
        return _("Enough people want it: %(topic)s. Now somebody is looked for who hosts it.") % {"topic": topic.words}

    rows = TopicWish.objects.of(topic.community).filter(topic=topic).select_related("membership__person")
    notices.tell_many(
        letters=[notices.Letter(row.membership.person, body) for row in rows],
        community=topic.community,
        kind=TOPICS.name,
        title=lambda: _("A topic you want becomes a class"),
        link=_link(made, topic),
        key=f"topic-class:{made.pk}",
        after_seconds=undo.SECONDS,
        at=at,
    )


def take_back(made: TopicClass, community: Community, *, at: datetime) -> None:
    """It is no class after all."""
    notices.take_back(community=community, key=f"topic-class:{made.pk}", at=at)


def asked_to_host(klass: TopicClass, *, by: Person, at: datetime) -> None:
    assert klass.asked is not None
    if klass.asked.person_id == by.pk:
        return
    topic = klass.topic

    def body() -> str:
        return _("Would you host this class: %(topic)s? Say yes or no on its page.") % {"topic": topic.words}

    notices.tell(
        person=klass.asked.person,
        community=klass.community,
        kind=TOPICS.name,
        title=lambda: _("You are asked to host a class"),
        body=body,
        link=_link(klass, topic),
        # With the moment: whoever said no, or took hosting back, can be asked again.
        key=f"{_asked(klass)}{at.isoformat()}",
        by_id=by.pk,
        at=at,
    )


def ask_no_more(klass: TopicClass, *, at: datetime) -> None:
    """The question to whoever is asked now is answered, or goes to somebody else."""
    rows = Notice.objects.of(klass.community).filter(key__startswith=_asked(klass))
    for key in rows.values_list("key", flat=True).distinct():
        notices.take_back(community=klass.community, key=key, at=at)


def _asked(klass: TopicClass) -> str:
    return f"host:{klass.pk}:{klass.asked_id}:"


def _link(klass: TopicClass, topic: Topic) -> str:
    return reverse("programs:class", args=[topic.community.slug, topic.program_id, klass.pk])
