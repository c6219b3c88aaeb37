"""What waits for one person in deciding together: for the page "Decide" and for the noticeboard above."""

from collections.abc import Iterator

import rules
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions import waiting
from alongside.decisions.meeting_needs import around_meetings
from alongside.decisions.models import (
    Amendment,
    Appeal,
    Author,
    Contribution,
    ModerationEntry,
    OpenQuestion,
    Opinion,
    Proposal,
    Reaction,
    Report,
    Statement,
    Version,
)
from alongside.decisions.need import SHOWN, Asked, Asker, Need, asked_of, first_waiting, kind, may_wait
from alongside.decisions.open_to_me import open_to_me
from alongside.kernel.text import first_sentences
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing

MOST_LETTERS = 120
# Where authors write: in conciliation others do, and what is over has no next version.
WRITTEN = (Proposal.State.DRAFT, Proposal.State.TALKED_OVER, Proposal.State.VOTING)


def needs_of(standing: Standing) -> list[Need]:
    """What waits for a person, what presses most first; nothing for who only reads."""
    if not rules.has_perm("decisions.speak", standing, None):
        return []
    asker = Asker.of(standing)
    return [
        *open_to_me(asker),
        *around_meetings(asker),
        *waiting.after_votes(asker),
        *questions(asker),
        *open_questions(asker),
        *amendments(asker),
        *keeping(asker),
        *changed(asker),
        *unread(asker),
        *drafts(asker),
    ]


def on_the_noticeboard(standing: Standing) -> list[Need]:
    """Questions about a person's proposals, and proposals that changed since they said where they stand."""
    if not rules.has_perm("decisions.speak", standing, None):
        return []
    asker = Asker.of(standing, _questions, _amendments, _reported, _appealed, _changed)
    return [*questions(asker), *amendments(asker), *keeping(asker), *changed(asker)]


def keeping(standing: Standing) -> Iterator[Need]:
    """Reported words and appeals, for who may look at them."""
    if rules.has_perm("decisions.moderate", standing, None):
        yield from reported(standing)
    if rules.has_perm("decisions.decide_appeal", standing, None):
        yield from appeals(standing)


@kind
def _reported(asked: Asked) -> CommunityQuerySet:
    waiting = Report.objects.filter(
        contribution=OuterRef("pk"), community=OuterRef("community"), settled_at__isnull=True
    )
    return Contribution.objects.of(asked.community).shown().filter(Exists(waiting)).oldest_first()


def reported(standing: Standing) -> Iterator[Need]:
    """Words that somebody reported and this coordinator may look at."""
    if not may_wait(standing, _reported):
        return
    for said in _reported(asked_of(standing)).select_related("proposal").first_few(SHOWN):
        said.community = standing.community
        if rules.has_perm("decisions.moderate", standing, said):
            yield Need(
                title=_("Words about “%(title)s” were reported") % {"title": said.proposal},
                text=first_sentences(said.text, most=MOST_LETTERS),
                url=reverse("decisions:moderate", args=[standing.community.slug, said.pk]),
                icon="flag",
                action=_("Look at them"),
            )


@kind
def _appealed(asked: Asked) -> CommunityQuerySet:
    return ModerationEntry.objects.of(asked.community).filter(appeal__outcome=Appeal.Outcome.WAITS)


def appeals(standing: Standing) -> Iterator[Need]:
    """Appeals that this person may decide."""
    if not may_wait(standing, _appealed):
        return
    waiting = (
        _appealed(asked_of(standing))
        .select_related("proposal", "contribution", "moderator__person")
        .order_by("at", "id")
    )
    for entry in waiting.first_few(SHOWN):
        entry.community = entry.moderator.community = standing.community
        if rules.has_perm("decisions.decide_appeal", standing, entry):
            yield Need(
                title=_("An appeal about “%(title)s” waits") % {"title": entry.proposal},
                text=entry.get_rule_display(),
                url=reverse("decisions:decide_appeal", args=[standing.community.slug, entry.pk]),
                icon="scale",
                action=_("Decide"),
            )


@kind
def _questions(asked: Asked) -> CommunityQuerySet:
    mine = Author.objects.of(asked.community).filter(membership=asked.membership).values("proposal")
    waiting = Contribution.objects.of(asked.community).unanswered_questions().filter(proposal__in=mine)
    return waiting.exclude(membership=asked.membership).oldest_first()


def questions(standing: Standing) -> Iterator[Need]:
    """Questions about this person's proposals that nobody has answered."""
    for asked in first_waiting(standing, _questions, "text", "membership__person__name", "proposal__title"):
        yield Need(
            title=_("%(name)s asks about “%(title)s”") % {"name": asked.membership.person, "title": asked.proposal},
            text=first_sentences(asked.text, most=MOST_LETTERS),
            url=reverse("decisions:answer", args=[standing.community.slug, asked.pk]),
            icon="message-circle",
            action=_("Answer"),
        )


@kind
def _amendments(asked: Asked) -> CommunityQuerySet:
    mine = Author.objects.of(asked.community).filter(membership=asked.membership).values("proposal")
    waiting = Amendment.objects.of(asked.community).open().filter(proposal__in=mine)
    return waiting.exclude(membership=asked.membership).order_by("at", "id")


def amendments(standing: Standing) -> Iterator[Need]:
    """Changes that others offer for this person's proposals and nobody has answered."""
    for made in first_waiting(standing, _amendments, "why", "membership__person__name", "proposal__title"):
        yield Need(
            title=_("%(name)s would change “%(title)s”") % {"name": made.membership.person, "title": made.proposal},
            text=first_sentences(made.why, most=MOST_LETTERS),
            url=reverse("decisions:amendment", args=[standing.community.slug, made.pk]),
            icon="pencil",
            action=_("Look at it"),
        )


@kind
def _open_questions(asked: Asked) -> CommunityQuerySet:
    mine = {"community": OuterRef("community"), "membership": asked.membership}
    wrote = Statement.objects.filter(question=OuterRef("pk"), **mine)
    said = Opinion.objects.filter(statement__question=OuterRef("pk"), **mine)
    rows = OpenQuestion.objects.of(asked.community).open(asked.at).exclude(Exists(wrote)).exclude(Exists(said))
    return rows.newest_first()


def open_questions(standing: Standing) -> Iterator[Need]:
    """Open questions on which this person has neither written nor said anything."""
    for question in first_waiting(standing, _open_questions, "title"):
        yield Need(
            title=question.title,
            text=_("A question for everybody. Say what you think."),
            url=reverse("decisions:question", args=[standing.community.slug, question.pk]),
            icon="message-circle",
            action=_("Take part"),
        )


@kind
def _changed(asked: Asked) -> CommunityQuerySet:
    later = Version.objects.filter(
        proposal=OuterRef("proposal"), community=OuterRef("community"), number__gt=OuterRef("version__number")
    )
    stale = Reaction.objects.of(asked.community).filter(Exists(later), membership=asked.membership)
    return stale.filter(proposal__state__in=Proposal.OPEN).order_by("-proposal__changed_at", "-id")


def changed(standing: Standing) -> Iterator[Need]:
    """Proposals on which this person has said where they stand, and which have new words since."""
    for reaction in first_waiting(standing, _changed, "kind", "proposal__title"):
        said = {"word": reaction.get_kind_display()}
        yield Need(
            title=_("“%(title)s” has changed") % {"title": reaction.proposal},
            text=_("You said: %(word)s. Is it still so?") % said,
            url=reverse("decisions:proposal", args=[standing.community.slug, reaction.proposal_id]),
            icon="refresh-cw",
            action=_("Read it"),
        )


@kind
def _unread(asked: Asked) -> CommunityQuerySet:
    mine = {"proposal": OuterRef("pk"), "community": OuterRef("community"), "membership": asked.membership}
    open_ones = Proposal.objects.of(asked.community).filter(state=Proposal.State.TALKED_OVER)
    open_ones = open_ones.exclude(Exists(Reaction.objects.filter(**mine)))
    return open_ones.exclude(Exists(Author.objects.filter(**mine))).latest_first()


def unread(standing: Standing) -> Iterator[Need]:
    """Proposals that are talked over, on which this person has not said where they stand."""
    for proposal in first_waiting(standing, _unread, "title"):
        yield Need(
            title=proposal.title,
            text=_("Does it help you, or does it worry you?"),
            url=reverse("decisions:proposal", args=[standing.community.slug, proposal.pk]),
            icon="message-square-text",
            action=_("Read it"),
        )


@kind
def _drafts(asked: Asked) -> CommunityQuerySet:
    mine = Proposal.objects.of(asked.community).by_author(asked.membership)
    waiting = mine.filter(draft__isnull=False, state__in=WRITTEN).annotate(draft_changed_at=F("draft__changed_at"))
    found: CommunityQuerySet = waiting.order_by("-draft_changed_at", "-id")
    return found


def drafts(standing: Standing) -> Iterator[Need]:
    """Drafts that this person has begun, of new proposals and of next versions."""
    for proposal in first_waiting(standing, _drafts, "title", "state"):
        is_new = proposal.state == Proposal.State.DRAFT
        yield Need(
            title=proposal.title,
            text=_("Your draft; nobody else reads it yet.") if is_new else _("Your draft of the next version."),
            url=reverse("decisions:check", args=[standing.community.slug, proposal.pk]),
            icon="pencil",
            action=_("Go on writing"),
        )
