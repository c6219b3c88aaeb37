"""Where django-allauth asks the house: who may sign in, what happens then, how its letters look."""

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.kernel import activity
from alongside.kernel.clock import now
from alongside.people.actions import signing_in
from alongside.people.models import Person, Way

logger = logging.getLogger(__name__)

_WAYS = {"code": Way.CODE, "password": Way.PASSWORD, "mfa": Way.PASSKEY}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("That e-mail and password do not go together. Check both and try again."),
        "incorrect_code": _("That is not the code we sent. Look at the newest e-mail and try again."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait a few minutes, then try again."),
        "email_taken": _("Somebody uses this e-mail address already."),
        "duplicate_email": _("This is your e-mail address already."),
    }

    def get_login_stages(self) -> list[str]:
        """One proof is enough: nobody is asked for a second one."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.account.stages.EmailVerificationStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The house asks again itself (`access.recently_signed_in`)."""
        return False

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, email: str | None, **kwargs: Any
    ) -> HttpResponse | None:
        """Only the address a person has now opens their account, never an earlier one."""
        assert isinstance(user, Person)
        if email and email.lower() != (user.email or "").lower():
            return redirect("account_inactive")
        refused: HttpResponse | None = super().pre_login(request, user, email=email, **kwargs)
        return refused

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        assert isinstance(user, Person)
        records = request.session.get("account_authentication_methods") or [{}]
        way = _WAYS.get(records[-1].get("method", ""), Way.CODE)
        shared = bool(request.session.pop("shared_wanted", False))
        signing_in.begin_for(request=request, person=user, way=way, at=now(), shared=shared)

    def logout(self, request: HttpRequest) -> None:
        signing_in.end(request=request, at=now())

    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: Form, commit: bool = True) -> Person:
        """Keep a new account: a name and an address still to be proved."""
        person: Person = super().save_user(request, user, form, commit=False)
        person.rename(form.cleaned_data["name"])
        person.language = translation.get_language() or "en"
        person.save()
        activity.log(did="people.account_asked_for", about_what=person, by_id=person.pk, at=now())
        return person

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Take the address as proved, unless another record holds it."""
        others = Person.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            return False
        if not super().confirm_email(request, email_address):
            return False
        person = email_address.user
        activity.log(did="people.email_proved", about_what=person, by_id=person.pk, at=now())
        return True

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("people:signing_in")

    def send_account_already_exists_mail(self, email: str) -> None:
        address = self.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"sign_in_url": address})

    def generate_login_code(self) -> str:
        return str(generate_user_code(length=8, numeric=True))

    def generate_email_verification_code(self) -> str:
        return self.generate_login_code()

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what happened; of allauth's messages only plain errors are passed on."""
        if message := kwargs.get("message"):
            super().add_message(request, level, message=message)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell of a change already made; it stays made when the letter cannot leave."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            logger.warning("a letter about a change to signing in could not leave")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of whoever has the address; say so when no letter can leave."""
        language = Person.objects.filter(email__iexact=email).values_list("language", flat=True).first()
        try:
            with translation.override(language or translation.get_language()):
                # The address of the house as it is set, never what a request claims its host to be.
                super().send_mail(template_prefix, email, context | {"public_address": settings.PUBLIC_ADDRESS})
        except (smtplib.SMTPException, OSError) as fault:
            page = render(self.request, "people/signin_no_mail.html", status=503)
            raise ImmediateHttpResponse(page) from fault
