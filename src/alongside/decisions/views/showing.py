"""How a proposal is shown: its sides, its paragraphs with what was said about each, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.decisions.forms.proposals import question_of
from alongside.decisions.models import Contribution, Proposal, Reaction, Side, Version
from alongside.decisions.models.proposals import PARTS
from alongside.decisions.rules.comparing import Compared, compare, tally
from alongside.decisions.rules.leanings import Common, Leaning, Stand, common_ground, leanings
from alongside.decisions.rules.paragraphs import paragraphs
from alongside.people.models import Community
from alongside.timebank.rules import FEWEST_SHOWN

MOST_SAID = 100

TONES = {
    Proposal.State.DRAFT: "quiet",
    Proposal.State.TALKED_OVER: "waiting",
    Proposal.State.VOTING: "careful",
    Proposal.State.SPLIT: "careful",
    Proposal.State.DECIDED: "good",
    Proposal.State.WITHDRAWN: "quiet",
}

AMENDMENT_TONES = {
    "open": "waiting",
    "accepted": "good",
    "refused": "quiet",
    "lives_on": "quiet",
    "withdrawn": "quiet",
}

# The two sides that stand side by side; others are told below them.
LEFT, RIGHT = Side.USES, Side.PROVIDES
OTHERS = (Side.KIN, Side.FUNDS, Side.KEEPS, "")

_COMMON: dict[Common, str | Promise] = {
    Common.NOBODY: gettext_lazy("Nobody has said yet what it does for them."),
    Common.ONE_SIDE: gettext_lazy("Only one side has spoken so far. Both are needed."),
    Common.HELPS: gettext_lazy("On both sides, more people say it helps than that it worries them."),
    Common.WORRIES: gettext_lazy("On both sides there are as many worries as help, or more. Talk about them first."),
    Common.APART: gettext_lazy("The sides see it differently. Nobody is outvoted: look for words that help both."),
}
_KINDS = (("helps", "thumbs-up"), ("worries", "triangle-alert"), ("unsure", "circle-help"))


@dataclass(frozen=True)
class Voice:
    """How many of a side said one thing."""

    kind: str
    label: str | Promise
    icon: str
    count: int


# What one may say, with the icon of each; the count is that of nobody.
VOICES = tuple(Voice(kind, Reaction.Kind(kind).label, icon, 0) for kind, icon in _KINDS)


@dataclass(frozen=True)
class SideShown:
    """One side of a proposal: its name, what its people said, and in one sentence how many spoke."""

    name: str | Promise
    voices: Sequence[Voice]
    words: str


@dataclass(frozen=True)
class SidesShown:
    left: SideShown
    right: SideShown
    others: Sequence[SideShown]
    common: str | Promise
    stale: str


def sides_shown(version: Version, *, hides_few: bool) -> SidesShown:
    """What the sides say of the proposal whose present version this is, in one query.

    `hides_few`: numbers of a side of fewer than 5 people are not told, to who sees sums and no persons.
    """
    rows = Reaction.objects.of(version.community).filter(proposal=version.proposal)
    stands = [Stand(side, kind, seen != version.pk) for side, kind, seen in rows.values_list("side", "kind", "version")]
    lean = leanings(stands)
    one, other = lean.get(LEFT, Leaning()), lean.get(RIGHT, Leaning())
    few = hides_few and any(0 < each.total < FEWEST_SHOWN for each in lean.values())
    stale = sum(each.stale for each in lean.values())
    return SidesShown(
        left=_side(LEFT, one, hides_few),
        right=_side(RIGHT, other, hides_few),
        others=[_side(side, lean[side], hides_few) for side in OTHERS if side in lean],
        common=_("Too few people have spoken to show more.") if few else _COMMON[common_ground(one, other)],
        stale=_stale_text(stale) if stale and not few else "",
    )


def _side(side: str, leaning: Leaning, hides_few: bool) -> SideShown:
    name = capfirst(Side(side).label if side else _("people without a side"))
    if hides_few and 0 < leaning.total < FEWEST_SHOWN:
        return SideShown(name, [], _("Fewer than 5 people have spoken."))
    if not leaning.total:
        return SideShown(name, [], _("Nobody has spoken yet."))
    words = ngettext("%(count)d person has spoken.", "%(count)d people have spoken.", leaning.total)
    voices = [Voice(kind, Reaction.Kind(kind).label, icon, getattr(leaning, kind)) for kind, icon in _KINDS]
    return SideShown(name, voices, words % {"count": leaning.total})


def _stale_text(count: int) -> str:
    return ngettext(
        "%(count)d of them spoke about an older version.", "%(count)d of them spoke about an older version.", count
    ) % {"count": count}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the text, counted from 1, and what was said about it."""

    number: int
    text: str
    said: list[Contribution] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """What was said about a proposal, sorted by what it is about; `more`: there is more than is shown here."""

    paragraphs: list[Paragraph]
    whole: list[Contribution]
    older: list[Contribution]
    more: bool

    @property
    def count(self) -> int:
        return len(self.whole) + len(self.older) + sum(len(each.said) for each in self.paragraphs)


def talk_about(version: Version, *, most: int = MOST_SAID) -> Talk:
    """The latest that was said about a proposal, beside the paragraphs of one version. Three queries."""
    proposal = version.proposal
    rows = Contribution.objects.of(version.community).shown().not_replies().filter(proposal=proposal).with_people()
    latest = list(rows.order_by("-at", "-id")[: most + 1])
    said = latest[:most][::-1]
    with_quotes(said)
    with_replies(said, version.community)
    shown = [Paragraph(number, text) for number, text in enumerate(paragraphs(version.text), 1)]
    whole, older = [], []
    for each in said:
        if each.version_id != version.pk:
            older.append(each)
        elif each.paragraph is None:
            whole.append(each)
        else:
            shown[each.paragraph - 1].said.append(each)
    return Talk(shown, whole, older, more=len(latest) > most)


def with_quotes(said: Iterable[Contribution]) -> None:
    """Give each its version, and as `quote` the paragraph it is about, "" for the whole. One query."""
    rows = list(said)
    versions = Version.objects.in_bulk({each.version_id for each in rows})
    for each in rows:
        each.version = versions[each.version_id]
        parts = paragraphs(each.version.text) if each.paragraph else []
        each.quote = parts[each.paragraph - 1] if each.paragraph and each.paragraph <= len(parts) else ""


def with_replies(said: Iterable[Contribution], community: Community) -> None:
    """Give each the replies below it, the oldest first. One query."""
    rows = list(said)
    below = defaultdict[Any, list[Contribution]](list)
    replies = Contribution.objects.of(community).shown().replies_to(rows)
    for reply in replies.with_people().oldest_first():
        below[reply.reply_to_id].append(reply)
    for each in rows:
        each.below = below[each.pk]


@dataclass(frozen=True)
class PartShown:
    """One part of a proposal that says something, with its name."""

    name: str
    label: str | Promise
    text: str


def parts_shown(version: Version) -> list[PartShown]:
    """Why, who is affected and what it would change, as far as they are written."""
    labels = {"why": _("Why"), "affects": _("Who is affected"), "changes": _("What it would change")}
    return [PartShown(part, label, getattr(version, part)) for part, label in labels.items() if getattr(version, part)]


@dataclass(frozen=True)
class PartCompared:
    """One part of a proposal in two versions."""

    label: str
    compared: list[Compared]

    @property
    def is_same(self) -> bool:
        return all(each.kind == "same" for each in self.compared)


def compared_parts(old: Version, new: Version) -> list[PartCompared]:
    """Every part that either version has, compared word by word."""
    pairs = [(part, compare(getattr(old, part), getattr(new, part))) for part in PARTS]
    return [PartCompared(question_of(part), found) for part, found in pairs if found]


def summary_of(parts: Iterable[PartCompared]) -> str:
    """How much is different, in one sentence."""
    counts = [tally(part.compared) for part in parts]
    added, removed = sum(each.added for each in counts), sum(each.removed for each in counts)
    if not added and not removed:
        return _("No word is different.")
    put_in = ngettext("%(count)d word was put in", "%(count)d words were put in", added) % {"count": added}
    taken_out = ngettext("%(count)d taken out", "%(count)d taken out", removed) % {"count": removed}
    return _("%(put_in)s, and %(taken_out)s.") % {"put_in": put_in, "taken_out": taken_out}
