"""The words beside a transfer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Person
from alongside.timebank.actions.who import id_of
from alongside.timebank.models import Transfer, TransferNote


@transaction.atomic
def thank(
    *,
    transfer: Transfer,
    words: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> TransferNote:
    """Put a thank-you beside a transfer; writing again replaces it."""
    note, _ = TransferNote.objects.update_or_create(
        community_id=transfer.community_id,
        transfer=transfer,
        defaults={"thanks": words, "thanked_by": on_behalf_of or by},
        create_defaults={"id": transfer.id, "thanks": words, "thanked_by": on_behalf_of or by},
    )
    activity.log(
        did="timebank.thanked", about_what=transfer, by_id=by.id, at=at,
        on_behalf_of_id=id_of(on_behalf_of), channel=channel,
    )  # fmt: skip
    return note


@transaction.atomic
def erase_words(*, person: Person, by: Person | None, at: datetime) -> int:
    """Empty every note and thank-you of this person, keyed in by whomever; returns how many rows were touched.

    Of what came from another time bank nobody knows whose the words are: they go with either of the two.
    """
    # Two statements and the ids in between: one with an "or" over two tables is read row by row on PostgreSQL.
    empty = {"note": "", "reason": "", "written_by": None}
    written = TransferNote.objects.filter(written_by=person).update(**empty)
    spoken = list(Transfer.objects.filter(on_behalf_of=person).values_list("pk", flat=True))
    for side in ("payer__person", "payee__person"):
        brought = Transfer.objects.filter(kind=Transfer.Kind.IMPORT, **{side: person})
        spoken += brought.values_list("pk", flat=True)
    if spoken:
        written += TransferNote.objects.filter(transfer_id__in=spoken).exclude(**empty).update(**empty)
    thanked = TransferNote.objects.filter(thanked_by=person).update(thanks="", thanked_by=None)
    activity.log(did="timebank.words_erased", about_what=person, by_id=id_of(by), at=at)
    return written + thanked


def told_by(person: Person) -> Q:
    """Notes that somebody else keyed in for this person: the words are theirs all the same."""
    return Q(transfer__on_behalf_of=person)
