"""Notices read long ago are deleted; what still waits for somebody is not."""

from datetime import timedelta

import pytest

from alongside.notices import actions
from alongside.notices.models import SUMMARY, Choice, Delivery, Notice
from alongside.notices.tasks import forget_read, summaries
from alongside.notices.tests.factories import by_email, reader, thank
from alongside.people.tests.factories import NOON, community

pytestmark = pytest.mark.django_db

State = Delivery.State
THIRTEEN_MONTHS = timedelta(days=396)


def test_a_notice_goes_thirteen_months_after_it_was_read() -> None:
    notice = thank(reader(community(), "Amina"), community("Elm"))
    Notice.objects.filter(pk=notice.pk).update(read_at=NOON)

    assert actions.forget_read(at=NOON + THIRTEEN_MONTHS) == 0
    assert actions.forget_read(at=NOON + THIRTEEN_MONTHS + timedelta(seconds=1)) == 1
    assert not Notice.objects.exists()


def test_what_nobody_has_read_stays() -> None:
    thank(reader(community(), "Amina"), community("Elm"))

    assert actions.forget_read(at=NOON + 9 * THIRTEEN_MONTHS) == 0
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("state", [State.GATHERING, State.WAITING, State.SENDING, State.UNSURE, State.FAILED])
@pytest.mark.parametrize("way", ["letter", "phone", "email"])
def test_what_somebody_still_has_to_carry_or_send_stays(way: str, state: str) -> None:
    town = community()
    edith = reader(town, "Edith", address="1 Maple Street", phone="1", email="e@example.org", preferred_channel=way)
    notice = thank(edith, town)
    notice.deliveries.update(state=state, taken_at=NOON)
    Notice.objects.filter(pk=notice.pk).update(read_at=NOON)

    assert actions.forget_read(at=NOON + 2 * THIRTEEN_MONTHS) == 0
    notice.deliveries.update(state=State.STOPPED)
    assert actions.forget_read(at=NOON + 2 * THIRTEEN_MONTHS) == 1


def test_a_daily_summary_goes_with_the_last_notice_in_it() -> None:
    town = community()
    amina = by_email(town)
    Choice.objects.create(community=town, person=amina, kind="", when="daily", chosen_at=NOON)
    read, unread = thank(amina, town), thank(amina, town)
    summaries.make_due(at=NOON + timedelta(days=1))
    Delivery.objects.filter(notice__kind=SUMMARY).update(state=State.SENT, sent_at=NOON)
    Notice.objects.filter(pk=read.pk).update(read_at=NOON)
    later = NOON + 2 * THIRTEEN_MONTHS

    actions.forget_read(at=later)
    assert set(Notice.objects.values_list("kind", flat=True)) == {SUMMARY, unread.kind}
    assert unread.deliveries.get().state == State.GATHERED

    Notice.objects.filter(pk=unread.pk).update(read_at=NOON)
    actions.forget_read(at=later)
    actions.forget_read(at=later)
    assert not Notice.objects.exists()


def test_the_job_says_how_many_it_deleted() -> None:
    notice = thank(reader(community(), "Amina"), community("Elm"))
    Notice.objects.filter(pk=notice.pk).update(read_at=NOON)

    assert forget_read(NOON + 2 * THIRTEEN_MONTHS) == "1 notices read long ago deleted"
