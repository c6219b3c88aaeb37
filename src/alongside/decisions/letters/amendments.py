"""What is told when somebody offers other words for a proposal, and when the authors answer."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.letters.proposals import ANSWER, QUESTION, authors_of, take_back
from alongside.decisions.models import Amendment
from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.people.models import Person

__all__ = ["answered", "answered_key", "offered", "offered_key", "take_back"]


def offered(made: Amendment, *, speaker: Person, at: datetime) -> None:
    """Tell the authors."""

    def body() -> str:
        facts = {"name": made.membership.person, "title": made.proposal.title, "why": made.why}
        told = _("%(name)s offers other words for “%(title)s”. The reason: %(why)s") % facts
        return f"{told}\n{_('Accept them, or say why not.')}"

    for person in authors_of(made.proposal, but=speaker):
        _tell(
            made, person, lambda: _("Somebody would change your proposal"), body,
            kind=QUESTION.name, key=offered_key(made), by=speaker.pk, at=at, wait=True,
        )  # fmt: skip


def answered(made: Amendment, *, speaker: Person, at: datetime, wait: bool) -> None:
    """Tell whoever offered it what came of it."""
    person = made.membership.person

    def body() -> str:
        yes = _("Your change to “%(title)s” was accepted. It has new words now.")
        no = _("Your change to “%(title)s” was not accepted, because: %(reason)s")
        facts = {"title": made.proposal.title, "reason": made.reason}
        if made.state == Amendment.State.ACCEPTED:
            return yes % facts
        return f"{no % facts}\n{_('You can let it live on as a proposal of your own.')}"

    if person != speaker and made.membership.left_at is None:
        _tell(
            made, person, lambda: _("There is an answer for you"), body,
            kind=ANSWER.name, key=answered_key(made), by=speaker.pk, at=at, wait=wait,
        )  # fmt: skip


def offered_key(made: Amendment) -> str:
    return f"amendment:{made.pk}"


def answered_key(made: Amendment) -> str:
    return f"amendment:{made.pk}:answer:{made.answered_at:%Y%m%d%H%M%S%f}"


def _tell(
    made: Amendment,
    person: Person,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    kind: str,
    key: str,
    by: UUID,
    at: datetime,
    wait: bool,
) -> None:
    notices.tell(
        person=person,
        community=made.community,
        kind=kind,
        title=title,
        body=body,
        link=reverse("decisions:amendment", args=[made.community.slug, made.pk]),
        at=at,
        by_id=by,
        after_seconds=undo.SECONDS if wait else 0,
        key=key,
    )
