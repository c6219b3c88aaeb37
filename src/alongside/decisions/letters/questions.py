"""What this room tells people about open questions, in their language. Never what anybody said to a statement."""

from datetime import datetime

import rules
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import OpenQuestion, Statement
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.people.permissions import standing_of
from alongside.ui.words import day_text

ASKED = kinds.register("decisions.open_question", label=gettext_lazy("When an open question is asked"))
STATEMENT = kinds.register("decisions.statement", label=gettext_lazy("When a statement of mine is let in or not"))


def question_asked(question: OpenQuestion, *, speaker: Person, at: datetime) -> None:
    """Tell everybody who can answer it, once."""
    community, day = question.community, question.community.day_of(at)

    def body() -> str:
        facts = {"title": question.title, "day": day_text(question.closes_at)}
        told = _("Say what you think, in a short sentence. You can take part until %(day)s.") % facts
        return f"“{question.title}”\n{told}"

    def may_answer(member: Membership) -> bool:
        standing = standing_of(member.person, community, on=day)
        return standing is not None and rules.has_perm("decisions.speak", standing, None)

    here = Membership.objects.of(community).current().exclude(person=speaker).select_related("person").by_name()
    notices.tell_many(
        letters=[notices.Letter(member.person, body) for member in here if may_answer(member)],
        community=community,
        kind=ASKED.name,
        title=lambda: _("There is a question for everybody"),
        link=reverse("decisions:question", args=[community.slug, question.pk]),
        at=at,
        by_id=speaker.pk,
        key=f"open-question:{question.pk}",
    )


def judged(statement: Statement, *, speaker: Person, at: datetime) -> None:
    """Tell its writer that a statement was let in, or that it was not, and why."""
    writer = statement.membership
    if writer is None or writer.left_at is not None:
        return
    shown = statement.state == Statement.State.SHOWN

    def body() -> str:
        facts = {"words": statement.text, "why": statement.refused_why}
        if shown:
            return _("“%(words)s” Others now see it, without your name.") % facts
        return _("“%(words)s” The reason: %(why)s") % facts

    notices.tell(
        person=writer.person,
        community=statement.community,
        kind=STATEMENT.name,
        title=lambda: _("Your statement is let in") if shown else _("Your statement was not let in"),
        body=body,
        link=reverse("decisions:question", args=[statement.community.slug, statement.question_id]),
        at=at,
        by_id=speaker.pk,
        key=f"statement:{statement.pk}:{at:%Y%m%d%H%M%S%f}",
    )
