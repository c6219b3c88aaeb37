"""The e-mail itself: the reader's language, one harmless subject, one click to stop, nothing private."""

from email.message import Message

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from alongside.notices.tasks import deliver
from alongside.notices.tests.factories import by_email, thank
from alongside.people.models import Community
from alongside.people.tests.factories import NOON, community

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Community:
    return community()


def sent() -> EmailMultiAlternatives:
    deliver(NOON)
    (message,) = django_mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message


def headers(message: EmailMultiAlternatives) -> Message:
    return message.message()


def test_it_holds_the_words_the_place_and_the_way_to_stop(town: Community) -> None:
    thank(by_email(town), town, link="/c/maple-street/exchanges/1/")

    message = sent()

    assert (message.subject, message.to) == ("Ben thanks you", ["amina@example.org"])
    for part in (message.body, str(message.alternatives[0][0])):
        assert "For the hour in the garden." in part
        assert "http://localhost:8000/c/maple-street/exchanges/1/" in part
        assert "/stop/" in part
    assert headers(message)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers(message)["List-Unsubscribe"].startswith("<http://localhost:8000/stop/")


def test_what_keeps_people_safe_offers_no_way_to_stop_it(town: Community) -> None:
    thank(by_email(town), town, kind="tests.alarm")

    message = sent()

    assert "List-Unsubscribe" not in headers(message)
    assert "/stop/" not in message.body


def test_of_a_private_kind_only_the_neutral_title_leaves_the_house(town: Community) -> None:
    thank(by_email(town), town, kind="tests.secret", title="Your circle writes", body="Thursday, room 3.")

    message = sent()

    assert "Thursday" not in str(headers(message))
    assert "Please sign in to read it." in message.body


def test_a_title_with_line_breaks_adds_no_header(town: Community) -> None:
    thank(by_email(town), town, title="Hello\r\nBcc: all@example.org")

    message = headers(sent())

    assert message["Subject"] == "Hello Bcc: all@example.org"
    assert message["Bcc"] is None


def test_markup_in_a_name_stays_text(town: Community) -> None:
    thank(by_email(town), town, title="<b>Ben</b> thanks you", body="<img src=x>")

    html = str(sent().alternatives[0][0])

    assert "<b>" not in html
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_its_frame_is_in_the_language_of_the_reader(town: Community) -> None:
    thank(by_email(town, language="es"), town)

    message = sent()

    assert headers(message)["Content-Language"] == "es"
    assert '<html lang="es">' in str(message.alternatives[0][0])


def test_every_try_carries_the_same_message_id(town: Community) -> None:
    delivery = thank(by_email(town), town).deliveries.get()

    assert headers(sent())["Message-ID"] == f"<{delivery.pk}@localhost>"
