"""What the time bank hands over, wipes, lets go of and joins when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.timebank import actions
from alongside.timebank.actions.noting import told_by
from alongside.timebank.models import Account, Entry, Hold, RecognisedWork, Transfer, TransferNote

COVERS = [
    "timebank.Account.person",
    "timebank.Transfer.by",
    "timebank.Transfer.on_behalf_of",
    "timebank.Transfer.overridden_by",
    "timebank.TransferNote.written_by",
    "timebank.TransferNote.thanked_by",
    "timebank.Hold.by",
    "timebank.Hold.on_behalf_of",
    "timebank.RecognisedWork.person",
    "timebank.RecognisedWork.by",
]


class HoldsStillOpen(Refusal):
    """Two accounts become one only when nothing is held on the one that goes. `count`: how many holds."""

    def __init__(self, *, count: int) -> None:
        super().__init__(f"{count} holds are still open")
        self.count = count


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="timebank", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> departures.Tables:
    """Accounts, movements with who with, what was set aside, words written, work noted, and what one keyed in."""
    accounts = Account.objects.filter(person=person)
    entries = Entry.objects.filter(account__in=accounts).order_by("placed_at", "transfer")
    holds = Hold.objects.filter(Q(payer__in=accounts) | Q(payee__in=accounts))
    notes = TransferNote.objects.filter(Q(written_by=person) | Q(thanked_by=person) | told_by(person))
    keyed = Transfer.objects.filter(Q(by=person) | Q(on_behalf_of=person) | Q(overridden_by=person))
    work = RecognisedWork.objects.filter(Q(person=person) | Q(by=person))
    return {
        "accounts": _rows(accounts.values(
            "community__name", "kind", "balance_minutes", "held_minutes", "floor_minutes", "ceiling_minutes",
            "opened_at", "closed_at",
        )),
        "movements": [_movement(entry) for entry in entries.with_names().select_related("transfer")],
        "holds": _rows(holds.values("minutes", "state", "held_at", "expires_at", "ended_at")),
        "notes": [_own_words(note, person) for note in notes.select_related("transfer")],
        "recognised_work": _rows(work.values("kind__name", "minutes", "done_on", "words", "noted_at")),
        "written_down": _rows(keyed.values("id", "kind", "minutes", "helped_on", "posted_at", "channel")),
    }  # fmt: skip


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe the person's words. Accounts and transfers hold none: they stay, as a former member's."""
    actions.erase_words(person=person, by=by, at=at)
    RecognisedWork.objects.filter(person=person).update(words="")


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Let go of what is held, and close the account if it stands at 0; else a coordinator settles it."""
    account = Account.objects.of(membership.community).of_person(membership.person).open().first()
    if account is None:
        return
    holds = Hold.objects.of(membership.community).held()
    for hold in holds.filter(Q(payer=account) | Q(payee=account)).select_related("payer", "payee"):
        actions.release_hold(hold=hold, by=by, at=at)
    account.refresh_from_db()
    if account.balance_minutes == 0:
        actions.close_account(account=account, by=by, at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Bring the hours of both records together. Raises HoldsStillOpen."""
    accounts = Account.objects.of(kept.community)
    theirs: Account | None = accounts.of_person(dropped.person).first()
    ours: Account | None = accounts.of_person(kept.person).first()
    if theirs and ours:
        _bring_over(theirs, ours, by, at)
    elif theirs:
        theirs.person = kept.person
        theirs.save(update_fields=["person"])
        activity.log(did="timebank.account_handed_over", about_what=theirs, by_id=by.id, at=at)
    for model, field in ((TransferNote, "written_by"), (TransferNote, "thanked_by"), (RecognisedWork, "person")):
        rows = model._default_manager.filter(community=kept.community, **{field: dropped.person})
        rows.update(**{field: kept.person})


def _bring_over(theirs: Account, ours: Account, by: Person, at: datetime) -> None:
    """Move a whole balance, as history does: past limits, and into a closed account. Then close what is empty."""
    held = Hold.objects.of(theirs.community).held().filter(Q(payer=theirs) | Q(payee=theirs)).count()
    if held:
        raise HoldsStillOpen(count=held)
    if theirs.balance_minutes:
        if ours.closed_at is not None:
            actions.reopen_account(account=ours, by=by, at=at)
        payer, payee = (theirs, ours) if theirs.balance_minutes > 0 else (ours, theirs)
        actions.pay(
            payer=payer, payee=payee, minutes=abs(theirs.balance_minutes), category=None,
            helped_on=theirs.community.day_of(at), by=by, at=at, key=f"merge:{theirs.id}", kind=Transfer.Kind.OPENING,
        )  # fmt: skip
        theirs.refresh_from_db()
    if theirs.closed_at is None:
        actions.close_account(account=theirs, by=by, at=at)


def _movement(entry: Entry) -> dict[str, Any]:
    return {
        "helped_on": entry.helped_on, "posted_at": entry.transfer.posted_at, "kind": entry.kind,
        "minutes": entry.minutes, "balance_after": entry.balance_after,
        "category": str(entry.category or ""), "with": str(entry.other),
    }  # fmt: skip


def _own_words(note: TransferNote, person: Person) -> dict[str, Any]:
    """What this person wrote, and not what others put beside it."""
    written = person.id in (note.written_by_id, note.transfer.on_behalf_of_id)
    thanked = note.thanked_by_id == person.id
    return {
        "transfer": note.transfer_id,
        "note": note.note if written else "",
        "reason": note.reason if written else "",
        "thanks": note.thanks if thanked else "",
    }


def _rows(values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in values]
