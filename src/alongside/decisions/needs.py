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
from alongside.decisions.need import SHOWN, Need, first_of
from alongside.decisions.open_to_me import open_to_me
from alongside.kernel.clock import now
from alongside.kernel.text import first_sentences
from alongside.people.permissions import Standing

MOST_LETTERS = 120
# Where authors write: in conciliation others do, and what is over has no next version.
WRITTEN = (Proposal.State.DRAFT, Proposal.State.TALKED_OVER, Proposal.State.VOTING)


def needs_of(standing: Standing) -> list[Need]:
    """What waits for a person, what presses most first; nothing for who only reads."""
    if not rules.has_perm("decisions.speak", standing, None):
        return []
    return [
        *open_to_me(standing),
        *around_meetings(standing),
        *waiting.after_votes(standing),
        *questions(standing),
        *open_questions(standing),
        *amendments(standing),
        *keeping(standing),
        *changed(standing),
        *unread(standing),
        *drafts(standing),
    ]


def keeping(standing: Standing) -> Iterator[Need]:
    """Reported words and appeals, for who may look at them."""
    if rules.has_perm("decisions.moderate", standing, None):
        yield from reported(standing)
    if rules.has_perm("decisions.decide_appeal", standing, None):
        yield from appeals(standing)


def reported(standing: Standing) -> Iterator[Need]:
    """Words that somebody reported and this coordinator may look at."""
    waiting = Report.objects.filter(
        contribution=OuterRef("pk"), community=OuterRef("community"), settled_at__isnull=True
    )
    words = Contribution.objects.of(standing.community).shown().filter(Exists(waiting))
    for said in words.select_related("proposal").oldest_first().first_few(SHOWN):
        said.community = standing.community
        if rules.has_perm("decisions.moderate", standing, said):
            yield Need(
                title=_("Words about “%(title)s” were reported") % {"title": said.proposal},
                text=first_sentences(said.text, most=MOST_LETTERS),
                url=reverse("decisions:moderate", args=[standing.community.slug, said.pk]),
                icon="flag",
                action=_("Look at them"),
            )


def appeals(standing: Standing) -> Iterator[Need]:
    """Appeals that this person may decide."""
    waiting = ModerationEntry.objects.of(standing.community).filter(appeal__outcome=Appeal.Outcome.WAITS)
    waiting = waiting.select_related("proposal", "contribution", "moderator__person").order_by("at", "id")
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


def questions(standing: Standing) -> Iterator[Need]:
    """Questions about this person's proposals that nobody has answered."""
    mine = Author.objects.of(standing.community).filter(membership=standing.membership).values("proposal")
    waiting = Contribution.objects.of(standing.community).unanswered_questions().filter(proposal__in=mine)
    waiting = waiting.exclude(membership=standing.membership)
    for asked in first_of(waiting.oldest_first(), "text", "membership__person__name", "proposal__title"):
        yield Need(
            title=_("%(name)s asks about “%(title)s”") % {"name": asked.membership.person, "title": asked.proposal},
            text=first_sentences(asked.text, most=MOST_LETTERS),
            url=reverse("decisions:answer", args=[standing.community.slug, asked.pk]),
            icon="message-circle",
            action=_("Answer"),
        )


def amendments(standing: Standing) -> Iterator[Need]:
    """Changes that others offer for this person's proposals and nobody has answered."""
    mine = Author.objects.of(standing.community).filter(membership=standing.membership).values("proposal")
    waiting = Amendment.objects.of(standing.community).open().filter(proposal__in=mine)
    waiting = waiting.exclude(membership=standing.membership)
    for made in first_of(waiting.order_by("at", "id"), "why", "membership__person__name", "proposal__title"):
        yield Need(
            title=_("%(name)s would change “%(title)s”") % {"name": made.membership.person, "title": made.proposal},
            text=first_sentences(made.why, most=MOST_LETTERS),
            url=reverse("decisions:amendment", args=[standing.community.slug, made.pk]),
            icon="pencil",
            action=_("Look at it"),
        )


def open_questions(standing: Standing) -> Iterator[Need]:
    """Open questions on which this person has neither written nor said anything."""
    mine = {"community": OuterRef("community"), "membership": standing.membership}
    wrote = Statement.objects.filter(question=OuterRef("pk"), **mine)
    said = Opinion.objects.filter(statement__question=OuterRef("pk"), **mine)
    rows = OpenQuestion.objects.of(standing.community).open(now()).exclude(Exists(wrote)).exclude(Exists(said))
    for question in first_of(rows.newest_first(), "title"):
        yield Need(
            title=question.title,
            text=_("A question for everybody. Say what you think."),
            url=reverse("decisions:question", args=[standing.community.slug, question.pk]),
            icon="message-circle",
            action=_("Take part"),
        )


def changed(standing: Standing) -> Iterator[Need]:
    """Proposals on which this person has said where they stand, and which have new words since."""
    later = Version.objects.filter(
        proposal=OuterRef("proposal"), community=OuterRef("community"), number__gt=OuterRef("version__number")
    )
    stale = Reaction.objects.of(standing.community).filter(Exists(later), membership=standing.membership)
    stale = stale.filter(proposal__state__in=Proposal.OPEN)
    for reaction in first_of(stale.order_by("-proposal__changed_at", "-id"), "kind", "proposal__title"):
        said = {"word": reaction.get_kind_display()}
        yield Need(
            title=_("“%(title)s” has changed") % {"title": reaction.proposal},
            text=_("You said: %(word)s. Is it still so?") % said,
            url=reverse("decisions:proposal", args=[standing.community.slug, reaction.proposal_id]),
            icon="refresh-cw",
            action=_("Read it"),
        )


def unread(standing: Standing) -> Iterator[Need]:
    """Proposals that are talked over, on which this person has not said where they stand."""
    spoken = Reaction.objects.filter(
        proposal=OuterRef("pk"), community=OuterRef("community"), membership=standing.membership
    )
    authored = Author.objects.filter(
        proposal=OuterRef("pk"), community=OuterRef("community"), membership=standing.membership
    )
    open_ones = Proposal.objects.of(standing.community).filter(state=Proposal.State.TALKED_OVER)
    open_ones = open_ones.exclude(Exists(spoken)).exclude(Exists(authored))
    for proposal in first_of(open_ones.latest_first(), "title"):
        yield Need(
            title=proposal.title,
            text=_("Does it help you, or does it worry you?"),
            url=reverse("decisions:proposal", args=[standing.community.slug, proposal.pk]),
            icon="message-square-text",
            action=_("Read it"),
        )


def drafts(standing: Standing) -> Iterator[Need]:
    """Drafts that this person has begun, of new proposals and of next versions."""
    mine = Proposal.objects.of(standing.community).by_author(standing.membership)
    waiting = mine.filter(draft__isnull=False, state__in=WRITTEN).annotate(draft_changed_at=F("draft__changed_at"))
    for proposal in first_of(waiting.order_by("-draft_changed_at", "-id"), "title", "state"):
        is_new = proposal.state == Proposal.State.DRAFT
        yield Need(
            title=proposal.title,
            text=_("Your draft; nobody else reads it yet.") if is_new else _("Your draft of the next version."),
            url=reverse("decisions:check", args=[standing.community.slug, proposal.pk]),
            icon="pencil",
            action=_("Go on writing"),
        )
