"""What is told when words are taken from view, when somebody appeals, and when that is decided."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import Appeal, Contribution, ModerationEntry
from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person

REPORT = kinds.register("decisions.report", label=gettext_lazy("When words that I reported were looked at"))
MODERATION = kinds.register(
    "decisions.moderation", label=gettext_lazy("When words of mine are taken from view, or an appeal is made")
)


def hidden(entry: ModerationEntry, *, at: datetime) -> None:
    """Tell whoever said it by which rule, why, and that they can appeal."""
    said = entry.contribution
    assert said is not None, "what was just hidden is there"

    def body() -> str:
        about = _("You wrote about “%(title)s”. The coordinators have taken these words from view.")
        reason = _("The rule: %(rule)s. The reason: %(words)s")
        facts = {"title": entry.proposal.title, "rule": entry.get_rule_display(), "words": entry.words}
        return "\n".join([about % facts, reason % facts, _("You can appeal once. Somebody else then decides.")])

    _tell(entry, said.membership, lambda: _("Your words were taken from view"), body, page="appeal", step="", at=at)


def report_followed(entry: ModerationEntry, reporters: Iterable[Person], *, at: datetime) -> None:
    """Tell who reported the words that they are out of view, once that can no longer be undone."""
    said = entry.contribution
    assert said is not None, "what was just hidden is there"

    def body() -> str:
        facts = {"title": entry.proposal.title}
        return _("The words about “%(title)s” that you reported were taken from view. Thank you for saying so.") % facts

    _tell_reporters(
        said, reporters, body, at=at, key=_key_of_reports(entry), by_id=entry.moderator.person_id, wait=True
    )


def left_in_view(said: Contribution, reporters: Iterable[Person], *, at: datetime, by: Person) -> None:
    """Tell who reported the words that they break no house rule."""

    def body() -> str:
        facts = {"title": said.proposal.title}
        return _("You reported words about “%(title)s”. They break no house rule, and stay in view.") % facts

    _tell_reporters(said, reporters, body, at=at, key=f"report:{said.pk}:{at.isoformat()}", by_id=by.pk, wait=False)


def _tell_reporters(
    said: Contribution,
    reporters: Iterable[Person],
    body: Callable[[], str],
    *,
    at: datetime,
    key: str,
    by_id: UUID,
    wait: bool,
) -> None:
    notices.tell_many(
        letters=[notices.Letter(person, body) for person in reporters],
        community=said.community,
        kind=REPORT.name,
        title=lambda: _("Somebody looked at what you reported"),
        link=reverse("decisions:proposal", args=[said.community.slug, said.proposal_id]),
        at=at,
        by_id=by_id,
        after_seconds=undo.SECONDS if wait else 0,
        key=key,
    )


def appealed(appeal: Appeal, deciders: Iterable[Membership], *, at: datetime) -> None:
    """Ask those who may decide."""

    def body() -> str:
        facts = {"title": appeal.entry.proposal.title}
        return _("Words about “%(title)s” were taken from view. Whoever said them asks you to decide.") % facts

    for member in deciders:
        _tell(
            appeal.entry, member, lambda: _("An appeal waits for you"), body,
            page="decide_appeal", step=":appeal", at=at, wait=False,
        )  # fmt: skip


def decided(appeal: Appeal, *, at: datetime) -> None:
    """Tell whoever said it what the appeal brought, and why."""
    entry = appeal.entry
    assert entry.contribution is not None, "what is decided is there"

    def body() -> str:
        back = _("Your words about “%(title)s” are back in view. The reason: %(why)s")
        gone = _("Your words about “%(title)s” stay out of view. The reason: %(why)s")
        facts = {"title": entry.proposal.title, "why": appeal.why}
        return (back if appeal.outcome == Appeal.Outcome.RESTORED else gone) % facts

    _tell(
        entry, entry.contribution.membership, lambda: _("Your appeal is decided"), body,
        page="appeal", step=":decided", at=at, wait=False,
    )  # fmt: skip


def take_back(entry: ModerationEntry, *, by: UUID, at: datetime) -> None:
    """Withdraw what was told of a hiding that has been undone."""
    for key in (_key(entry), _key_of_reports(entry)):
        notices.take_back(community=entry.community, key=key, at=at, by_id=by)


def _key(entry: ModerationEntry) -> str:
    return f"moderation:{entry.pk}"


def _key_of_reports(entry: ModerationEntry) -> str:
    return f"{_key(entry)}:reports"


def _tell(
    entry: ModerationEntry,
    member: Membership,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    page: str,
    step: str,
    at: datetime,
    wait: bool = True,
) -> None:
    if member.left_at is not None:
        return
    notices.tell(
        person=member.person,
        community=entry.community,
        kind=MODERATION.name,
        title=title,
        body=body,
        link=reverse(f"decisions:{page}", args=[entry.community.slug, entry.pk]),
        at=at,
        by_id=entry.moderator.person_id,
        after_seconds=undo.SECONDS if wait else 0,
        key=f"{_key(entry)}{step}",
    )
