"""A letter to the person about a change to how they sign in, so that nobody changes it unseen."""

from allauth.account.adapter import get_adapter

from alongside.people.access import SignedInRequest


def tell_of(request: SignedInRequest, change: str) -> None:
    """Send the letter `change` ("account/email/password_changed"), after the change is kept."""
    get_adapter(request).send_notification_mail(change, request.user)
