"""What this room tells people about proposals they stand for or have spoken about, in their language."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import Author, Contribution, Proposal, Reaction, Version
from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Community, Membership, Person

PROPOSAL = kinds.register("decisions.proposal", label=gettext_lazy("When a proposal I had a part in changes"))
QUESTION = kinds.register("decisions.question", label=gettext_lazy("When somebody speaks about a proposal of mine"))
ANSWER = kinds.register("decisions.answer", label=gettext_lazy("When what I said about a proposal is answered"))

_OUTCOMES: dict[str, Callable[[], str]] = {
    Contribution.Status.ANSWERED: lambda: _("The answer: %(answer)s"),
    Contribution.Status.TAKEN_UP: lambda: _("It was taken up, because: %(answer)s"),
    Contribution.Status.NOT_TAKEN_UP: lambda: _("It was not taken up, because: %(answer)s"),
}


def new_version(version: Version, *, speaker: Person, at: datetime) -> None:
    """Tell the authors, who has spoken and who has said where they stand that a proposal has new words.

    Of a first version only the other authors hear: everybody else meets it on the page "Decide".
    """
    proposal = version.proposal

    def body() -> str:
        facts = {"title": proposal.title, "number": version.number}
        first = _("“%(title)s” can now be read by everybody.") if version.number == 1 else ""
        later = _("“%(title)s” has changed. This is version %(number)s.")
        return "\n".join(line for line in ((first or later) % facts, version.summary) if line)

    for person in _people_of(proposal, but=speaker):
        _tell(
            proposal, person, lambda: _("A proposal has new words"), body,
            kind=PROPOSAL.name, key=f"proposal:{proposal.pk}:version:{version.number}", by=speaker, at=at, wait=False,
        )  # fmt: skip


def withdrawn(proposal: Proposal, *, speaker: Person, at: datetime) -> None:
    """Tell the authors, and everybody who has said something about it, that a proposal is withdrawn, and why."""

    def body() -> str:
        facts = {"title": proposal.title, "why": proposal.withdrawn_why}
        return _("“%(title)s” is not talked over any more. The reason given: %(why)s") % facts

    for person in _people_of(proposal, but=speaker):
        _tell(
            proposal, person, lambda: _("A proposal was withdrawn"), body,
            kind=PROPOSAL.name, key=withdrawn_key(proposal), by=speaker, at=at,
        )  # fmt: skip


def made_author(author: Author, *, speaker: Person, at: datetime) -> None:
    """Tell somebody that they are named as an author, and that they may step down."""
    proposal = author.proposal

    def body() -> str:
        facts = {"title": proposal.title, "name": speaker}
        told = _("%(name)s named you as an author of “%(title)s”. You write it together and answer questions.")
        return f"{told % facts}\n{_('You can step down on its page at any time.')}"

    if author.membership.person != speaker:
        _tell(
            proposal, author.membership.person, lambda: _("You are an author of a proposal"), body,
            kind=PROPOSAL.name, key=author_key(author), by=speaker, at=at,
        )  # fmt: skip


def spoken(said: Contribution, *, speaker: Person, at: datetime) -> None:
    """Tell the authors what somebody says about their proposal; a question asks them for an answer."""
    asks = said.kind == Contribution.Kind.QUESTION

    def title() -> str:
        return _("Somebody asks about your proposal") if asks else _("Somebody speaks about your proposal")

    def body() -> str:
        facts = {"name": said.membership.person, "title": said.proposal.title, "words": said.text}
        told = _("%(name)s writes about “%(title)s”: %(words)s") % facts
        return f"{told}\n{_('Please answer. Everybody can read the answer.')}" if asks else told

    replied_to = _replied(said, speaker=speaker, at=at)
    for person in authors_of(said.proposal, but=speaker):
        if person != replied_to:
            _tell(
                said.proposal, person, title, body,
                kind=QUESTION.name, key=spoken_key(said), by=speaker, at=at, where=said,
            )  # fmt: skip


def _replied(said: Contribution, *, speaker: Person, at: datetime) -> Person | None:
    """Tell whoever is replied to, if anybody is and they still belong; return them."""
    first = said.reply_to
    if first is None or first.membership.left_at is not None or first.membership.person == speaker:
        return None
    person: Person = first.membership.person

    def body() -> str:
        about = _("You wrote about “%(title)s”: %(words)s") % {"title": said.proposal.title, "words": first.text}
        reply = _("%(name)s replies: %(words)s") % {"name": said.membership.person, "words": said.text}
        return f"{about}\n{reply}"

    _tell(
        said.proposal, person, lambda: _("Somebody replies to you"), body,
        kind=ANSWER.name, key=spoken_key(said), by=speaker, at=at, where=said,
    )  # fmt: skip
    return person


def answered(said: Contribution, *, speaker: Person, at: datetime) -> None:
    """Tell whoever asked or commented what came of it, and why."""
    person = said.membership.person

    def body() -> str:
        about = _("You wrote about “%(title)s”: %(words)s") % {"title": said.proposal.title, "words": said.text}
        return f"{about}\n{_OUTCOMES[said.status]() % {'answer': said.answer}}"

    if person != speaker and said.membership.left_at is None:
        _tell(
            said.proposal, person, lambda: _("There is an answer for you"), body,
            kind=ANSWER.name, key=answered_key(said), by=speaker, at=at, where=said,
        )  # fmt: skip


def take_back(community: Community, *, key: str, by: UUID, at: datetime) -> None:
    """Withdraw what was told of something that has been undone."""
    notices.take_back(community=community, key=key, at=at, by_id=by)


def withdrawn_key(proposal: Proposal) -> str:
    return f"proposal:{proposal.pk}:withdrawn:{proposal.changed_at.isoformat()}"


def author_key(author: Author) -> str:
    return f"author:{author.pk}"


def spoken_key(said: Contribution) -> str:
    return f"contribution:{said.pk}"


def answered_key(said: Contribution) -> str:
    return f"contribution:{said.pk}:answer:{said.answered_at:%Y%m%d%H%M%S%f}"


def authors_of(proposal: Proposal, *, but: Person) -> list[Person]:
    """Its authors who belong, in the order in which they began."""
    here = Membership.objects.of(proposal.community).current()
    authors = Author.objects.of(proposal.community).filter(proposal=proposal, membership__in=here)
    return [author.membership.person for author in authors.with_people().in_order() if author.membership.person != but]


def _people_of(proposal: Proposal, *, but: Person) -> list[Person]:
    """Its authors, who has said something about it and who has said where they stand, as long as they belong."""
    community = proposal.community
    authors = Author.objects.of(community).filter(proposal=proposal).values("membership")
    speakers = Contribution.objects.of(community).shown().filter(proposal=proposal).values("membership")
    stands = Reaction.objects.of(community).filter(proposal=proposal).values("membership")
    anybody = Q(pk__in=authors) | Q(pk__in=speakers) | Q(pk__in=stands)
    members = Membership.objects.of(community).current().filter(anybody)
    return [member.person for member in members.select_related("person").by_name() if member.person != but]


def _tell(
    proposal: Proposal,
    person: Person,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    kind: str,
    key: str,
    by: Person,
    at: datetime,
    where: Contribution | None = None,
    wait: bool = True,
) -> None:
    page = reverse("decisions:proposal", args=[proposal.community.slug, proposal.pk])
    notices.tell(
        person=person,
        community=proposal.community,
        kind=kind,
        title=title,
        body=body,
        link=f"{page}#said-{where.pk}" if where else page,
        at=at,
        by_id=by.pk,
        after_seconds=undo.SECONDS if wait else 0,
        key=key,
    )
