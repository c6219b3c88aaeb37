"""The outbox: in spite of every trouble, each e-mail leaves at most once and none is forgotten."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from alongside.notices.models import Delivery
from alongside.notices.tasks import deliver
from alongside.notices.tests.factories import by_email, thank
from alongside.people.models import Community, Person
from alongside.people.tests.factories import NOON, community

MINUTE = timedelta(minutes=1)

Trouble = Callable[[BaseException | None], None]


class TroubledServer(EmailBackend):
    """A mail server that answers with the trouble it is told to have, and without one works."""

    trouble: BaseException | None = None
    unreachable: bool = False

    def open(self) -> bool:
        if self.unreachable:
            raise ConnectionRefusedError("nobody there")
        return True

    def send_messages(self, messages: list[EmailMessage]) -> int:  # type: ignore[override]
        if self.trouble:
            raise self.trouble
        return super().send_messages(messages)


@pytest.fixture
def server(settings: object, monkeypatch: pytest.MonkeyPatch) -> type[TroubledServer]:
    monkeypatch.setattr(TroubledServer, "trouble", None)
    monkeypatch.setattr(TroubledServer, "unreachable", False)
    settings.EMAIL_BACKEND = f"{__name__}.TroubledServer"  # type: ignore[attr-defined]
    return TroubledServer


@pytest.fixture
def town(db: None) -> Community:
    return community()


def sent() -> int:
    return len(django_mail.outbox)


def waiting(town: Community, name: str = "Amina") -> Delivery:
    """An e-mail that waits to be sent."""
    return thank(by_email(town, name), town).deliveries.get()


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_an_email_is_sent_once_however_often_the_clock_rings(town: Community, server: type[TroubledServer]) -> None:
    delivery = waiting(town)

    for minute in range(3):
        deliver(NOON + minute * MINUTE)

    assert (sent(), state_of(delivery), delivery.sent_at) == (1, "sent", NOON)


def test_a_server_that_cannot_be_reached_costs_no_try(town: Community, server: type[TroubledServer]) -> None:
    delivery = waiting(town)
    server.unreachable = True

    with pytest.raises(ConnectionRefusedError):
        deliver(NOON)

    assert (state_of(delivery), delivery.attempts) == ("waiting", 0)


def test_a_busy_server_is_tried_again_later_and_later(town: Community, server: type[TroubledServer]) -> None:
    delivery = waiting(town)
    server.trouble = smtplib.SMTPDataError(451, b"try again later")
    tries: list[datetime] = []

    for minute in range(24 * 60):
        before = delivery.attempts
        deliver(NOON + minute * MINUTE)
        if state_of(delivery) and delivery.attempts > before:
            tries.append(NOON + minute * MINUTE)
        if delivery.state == "failed":
            break

    assert [(later - NOON) // MINUTE for later in tries] == [0, 1, 6, 26, 86, 326, 1046]
    assert state_of(delivery) == "failed"


def test_a_server_that_recovers_gets_the_email_once(town: Community, server: type[TroubledServer]) -> None:
    delivery = waiting(town)
    server.trouble = smtplib.SMTPRecipientsRefused({"amina@example.org": (450, b"mailbox busy")})
    deliver(NOON)
    server.trouble = None

    deliver(NOON + MINUTE)

    assert (sent(), state_of(delivery), delivery.attempts) == (1, "sent", 2)


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such mailbox")}), id="no such mailbox"),
        pytest.param(smtplib.SMTPDataError(554, b"we take nothing"), id="refused for good"),
        pytest.param(ValueError("no address"), id="no server would take it"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(
    town: Community, server: type[TroubledServer], refusal: BaseException
) -> None:
    delivery = waiting(town)
    server.trouble = refusal
    deliver(NOON)
    server.trouble = None

    deliver(NOON + timedelta(days=1))

    assert (sent(), state_of(delivery)) == (0, "failed")


@pytest.mark.parametrize(
    "silence",
    [
        pytest.param(TimeoutError("timed out"), id="no answer in time"),
        pytest.param(smtplib.SMTPServerDisconnected("closed unexpectedly"), id="line broken"),
    ],
)
def test_without_a_clear_answer_it_counts_as_perhaps_sent_and_is_not_sent_again(
    town: Community, server: type[TroubledServer], silence: BaseException
) -> None:
    delivery = waiting(town)
    server.trouble = silence
    deliver(NOON)
    server.trouble = None

    deliver(NOON + timedelta(days=1))

    assert (sent(), state_of(delivery)) == (0, "unsure")
    assert list(Delivery.objects.of(town).in_trouble()) == [delivery]


def test_a_runner_that_dies_after_sending_sends_no_second_time(
    town: Community, server: type[TroubledServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = waiting(town)
    with monkeypatch.context() as dying:
        dying.setattr("alongside.notices.tasks.outbox._ends_as", _die)
        with pytest.raises(KeyboardInterrupt):
            deliver(NOON)

    for minute in (1, 11, 12):
        deliver(NOON + minute * MINUTE)

    assert (sent(), state_of(delivery)) == (1, "unsure")


def _die(*args: object, **kwargs: object) -> str:
    raise KeyboardInterrupt


def test_an_email_whose_address_was_taken_away_is_left_to_a_coordinator(
    town: Community, server: type[TroubledServer]
) -> None:
    delivery = waiting(town)
    Person.objects.filter(pk=delivery.notice.person_id).update(email=None, unproved_email="")

    deliver(NOON)

    assert (sent(), state_of(delivery)) == (0, "failed")
    assert list(Delivery.objects.of(town).in_trouble()) == [delivery]


def test_one_bad_address_does_not_hold_up_the_others(town: Community, server: type[TroubledServer]) -> None:
    bad = thank(by_email(town, "Bad"), town).deliveries.get()
    bad.notice.person.email = "bad@example.org\r\nBcc: all@example.org"
    bad.notice.person.save()
    good = waiting(town)

    deliver(NOON)

    assert (state_of(bad), state_of(good), sent()) == ("failed", "sent", 1)


def test_three_runners_at_once_send_each_email_once(committed_db: None, server: type[TroubledServer]) -> None:
    town = community()
    for number in range(12):
        waiting(town, f"Person{number}")
    start = Barrier(3)

    def run() -> None:
        start.wait()
        deliver(NOON)
        connections.close_all()

    runners = [Thread(target=run) for _ in range(3)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()

    recipients = [message.to[0] for message in django_mail.outbox]
    assert sorted(recipients) == sorted(f"person{number}@example.org" for number in range(12))
    assert Delivery.objects.filter(state="sent").count() == 12
