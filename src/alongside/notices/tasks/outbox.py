"""The outbox: each e-mail leaves at most once, whatever stops the runner or the mail server.

A runner takes an e-mail by compare-and-set and commits that before it talks to the mail server.
A clear answer means sent, or try again later, or give up. No clear answer (the runner died, the
line broke in the middle) means "perhaps sent": it is never sent again by itself, and a
coordinator sees it and decides. Nobody gets the same e-mail twice because of us.
"""

import logging
import smtplib
import time
from collections import Counter
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils.translation import gettext as _

from alongside.notices import kinds, rules
from alongside.notices.models import Choice, Delivery, chosen
from alongside.notices.tasks import mail

logger = logging.getLogger(__name__)

State = Delivery.State

# A run stops taking new e-mails after this long, so that other jobs get their turn.
_RUN_SECONDS = 45
# Taken for so long without an end: the runner has died.
_TAKEN_TOO_LONG = timedelta(minutes=10)
_BATCH = 100


def send_due(*, at: datetime) -> str:
    """Send what is due, and say in a sentence how it went.

    Raises OSError or SMTPException when the mail server cannot be reached: nothing was taken,
    everything waits, and the run shows the error.
    """
    tally: Counter[str] = Counter()
    tally[State.UNSURE] += _give_up_on_dead_runners(at)
    stop_at = time.monotonic() + _RUN_SECONDS
    while time.monotonic() < stop_at:
        due = list(Delivery.objects.due(at=at).order_by("next_try_at")[:_BATCH])
        if not due:
            break
        _send_batch(due, at, stop_at, tally)
    return _("%(sent)d sent, %(later)d to try again, %(unsure)d perhaps sent, %(failed)d not sent") % {
        "sent": tally[State.SENT],
        "later": tally[State.WAITING],
        "unsure": tally[State.UNSURE],
        "failed": tally[State.FAILED],
    }


def _send_batch(due: list[Delivery], at: datetime, stop_at: float, tally: Counter[str]) -> None:
    """Send one after the other over one line to the mail server, opened before anything is taken."""
    line = get_connection()
    line.open()
    try:
        for delivery in due:
            if time.monotonic() > stop_at:
                return
            if not _take(delivery, at):
                continue
            state = _send(delivery, line, at)
            tally[state] += 1
            if state == State.UNSURE:
                return
    finally:
        line.close()


def _take(delivery: Delivery, at: datetime) -> bool:
    """Claim a delivery for this runner; False when another was faster or it was taken back."""
    mine = Delivery.objects.filter(pk=delivery.pk, community=delivery.community_id, state=State.WAITING)
    return bool(mine.update(state=State.SENDING, taken_at=at, attempts=F("attempts") + 1))


def _send(delivery: Delivery, line: BaseEmailBackend, at: datetime) -> str:
    """Send one e-mail that this runner holds; return the state it came to."""
    delivery = Delivery.objects.select_related("notice__person", "community").get(pk=delivery.pk)
    if not _still_wanted(delivery):
        return _ends_as(delivery, State.STOPPED, at)
    if not delivery.notice.person.contact_email:
        # The address was taken away meanwhile: a coordinator sees it and carries it by hand.
        return _ends_as(delivery, State.FAILED, at, trouble="no e-mail address")
    letter = mail.compose(delivery)
    try:
        line.send_messages([letter])
    except smtplib.SMTPServerDisconnected as broken:
        return _ends_as(delivery, State.UNSURE, at, trouble=str(broken))
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as refusal:
        return _refused(delivery, refusal, at)
    except ValueError as unfit:
        # An address that no mail server would take; trying again will not mend it.
        return _ends_as(delivery, State.FAILED, at, trouble=str(unfit))
    except OSError as silence:
        return _ends_as(delivery, State.UNSURE, at, trouble=str(silence) or type(silence).__name__)
    return _ends_as(delivery, State.SENT, at)


def _still_wanted(delivery: Delivery) -> bool:
    notice = delivery.notice
    if notice.person.erased_at:
        return False
    return (
        kinds.of(notice.kind).essential
        or chosen(notice.person, delivery.community_id, notice.kind) != Choice.When.NEVER
    )


def _refused(delivery: Delivery, refusal: smtplib.SMTPException, at: datetime) -> str:
    """The mail server said no: for good (5xx), or for the moment (4xx)."""
    wait = rules.wait_after(delivery.attempts)
    if wait is None or _code(refusal) >= 500:
        return _ends_as(delivery, State.FAILED, at, trouble=str(refusal))
    Delivery.objects.filter(pk=delivery.pk, community=delivery.community_id).update(
        state=State.WAITING, taken_at=None, next_try_at=at + wait, trouble=str(refusal)[:300]
    )
    return State.WAITING


def _code(refusal: smtplib.SMTPException) -> int:
    """The mail server's three-digit answer; the gentlest one when there are several."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return min(code for code, _text in refusal.recipients.values())
    return refusal.smtp_code if isinstance(refusal, smtplib.SMTPResponseException) else 500


def _ends_as(delivery: Delivery, state: str, at: datetime, *, trouble: str = "") -> str:
    """Write how it ended. A runner given up for dead that comes back may still say how it went."""
    Delivery.objects.filter(
        pk=delivery.pk, community=delivery.community_id, state__in=[State.SENDING, State.UNSURE]
    ).update(state=state, sent_at=at if state == State.SENT else None, trouble=rules.one_line(trouble, longest=300))
    if trouble:
        logger.warning("delivery %s %s", delivery.pk, state)
    return state


def _give_up_on_dead_runners(at: datetime) -> int:
    return Delivery.objects.filter(state=State.SENDING, taken_at__lt=at - _TAKEN_TOO_LONG).update(
        state=State.UNSURE, trouble="stopped while sending"
    )
