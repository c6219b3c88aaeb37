"""An e-mail, composed in the language of the person it is for."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from alongside.notices import kinds, rules
from alongside.notices.models import SUMMARY, Delivery
from alongside.notices.stopping import stop_token


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Plain text and simple HTML, a fixed Message-ID, and a way to stop such notices in one click.

    Of a private kind only the neutral title leaves the house.
    """
    notice, community = delivery.notice, delivery.community
    kind = kinds.of(notice.kind)
    stop_address = None
    if not kind.essential:
        token = stop_token(notice.person, community, "" if notice.kind == SUMMARY else notice.kind)
        stop_address = settings.PUBLIC_ADDRESS + reverse("notices:stop", args=[token])
    page = notice.link or reverse("notices:list", args=[community.slug])
    with translation.override(notice.language):
        words = {
            "notice": notice,
            "community": community,
            "body": notice.body_outside,
            "address": settings.PUBLIC_ADDRESS + page,
            "stop_address": stop_address,
        }
        text = render_to_string("notices/mail.txt", words)
        html = render_to_string("notices/mail.html", words)
    message = EmailMultiAlternatives(
        subject=rules.one_line(notice.title),
        body=text,
        to=[notice.person.contact_email],
        reply_to=[community.contact_email] if community.contact_email else [],
        headers=_headers(delivery, stop_address),
    )
    message.attach_alternative(html, "text/html")
    return message


def _headers(delivery: Delivery, stop_address: str | None) -> dict[str, str]:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname
    headers = {
        # The same for every try, so that a mail server may notice a repetition.
        "Message-ID": f"<{delivery.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": delivery.notice.language,
    }
    if stop_address:
        # RFC 8058: the mail program offers a button that stops them without a visit.
        headers |= {"List-Unsubscribe": f"<{stop_address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers
