"""Looking back on a round: the self-check, and how it went in words, which can become proposals."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import Truncator

from alongside.decisions import actions as decisions
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.models import Proposal
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import NotOfThisProgram, checked_side, held_round, sides_in
from alongside.programs.actions.changing import SUBJECT
from alongside.programs.models import LookBack, Program, SelfCheck
from alongside.programs.rules import self_check

LONGEST_TITLE = 120


class NothingSaid(Refusal):
    """No word was written, or nothing that should happen next."""


@transaction.atomic
def answer_self_check(
    *,
    program: Program,
    round: int,
    membership: Membership,
    side: str,
    answers: Mapping[str, int],
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> SelfCheck:
    """Keep somebody's answers of this round, in place of earlier ones; some may still be missing.

    Raises ProgramIsOver, RoundIsOver, NotOfThisProgram, NotOfThisSide, and `self_check.NotAnAnswer`.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_round(program, round)
    kept: SelfCheck
    kept, _is_new = SelfCheck.objects.update_or_create(
        community=stands.community,
        program=stands,
        round=round,
        membership=membership,
        defaults={
            "side": checked_side(stands, membership, side, at=at),
            "answers": self_check.checked(answers),
            "edition": self_check.EDITION,
            "total": self_check.total(answers),
            "at": at,
            **deed.keyed(),
        },
    )
    deed.log("programs.self_check_answered", kept)
    return kept


@transaction.atomic
def take_back_self_check(
    *,
    program: Program,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Delete somebody's answers of the present round; nothing happens where there are none. Raises ProgramIsOver."""
    stands = held_round(program, program.round)
    mine = SelfCheck.objects.on(stands, stands.round).filter(membership=membership)
    if mine.delete()[0]:
        Deed(by, at, on_behalf_of, channel).log("programs.self_check_taken_back", stands)


@transaction.atomic
def look_back(
    *,
    program: Program,
    round: int,
    membership: Membership,
    side: str,
    went_well: str,
    went_badly: str,
    next: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> LookBack:
    """Say how this round went, in place of what one said before.

    Raises NothingSaid, ProgramIsOver, RoundIsOver, NotOfThisProgram, NotOfThisSide.
    """
    if not (went_well or went_badly or next):
        raise NothingSaid
    deed = Deed(by, at, on_behalf_of, channel)
    stands = held_round(program, round)
    said = {"went_well": went_well, "went_badly": went_badly, "next": next}
    kept: LookBack
    kept, _is_new = LookBack.objects.update_or_create(
        community=stands.community,
        program=stands,
        round=round,
        membership=membership,
        defaults={"side": checked_side(stands, membership, side, at=at), "at": at, **said, **deed.keyed()},
    )
    deed.log("programs.looked_back", kept)
    return kept


@transaction.atomic
def propose_from(
    *,
    said: LookBack,
    membership: Membership,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Proposal:
    """Begin a proposal from what somebody would do next; whoever makes it is its author and can change every word.

    It is decided under the program's rule, and its author can add what it would change in the design.

    Raises NothingSaid, ProgramIsOver, RoundIsOver, NotOfThisProgram.
    """
    if not said.next:
        raise NothingSaid
    program = held_round(said.program, said.program.round)
    if not sides_in(program, membership, at=at):
        raise NotOfThisProgram
    return decisions.begin(
        membership=membership,
        title=Truncator(said.next.splitlines()[0]).chars(LONGEST_TITLE),
        words={"text": said.next, "why": said.went_badly},
        subject=SUBJECT,
        subject_id=program.pk,
        group=program.group,
        by=by,
        at=at,
        key=key,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )
