"""Forms for signing in, and for what one signs in with."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.fields import EmailField
from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    SignupForm,
)
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField
from alongside.people import locking
from alongside.people.actions import signing_in
from alongside.people.models import Person
from alongside.people.rules import card_codes

SHARED_LABEL = _("Other people use this device too")
SHARED_HELP = _("Then we sign you out when you close the browser, and lock the page after 10 quiet minutes.")
CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "placeholder": "", "size": 12}


def shared_field() -> forms.BooleanField:
    return forms.BooleanField(label=SHARED_LABEL, help_text=SHARED_HELP, required=False)


class EmailCodeForm(LoginForm):  # type: ignore[misc]
    """Asks for an e-mail address; a code goes there. Known or unknown, the answer is the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["login"]
        email.label, email.help_text = _("Your e-mail address"), _("We send you a code. You need no password.")
        email.widget.attrs["placeholder"] = ""
        self.fields["shared"] = shared_field()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        person = signing_in.person_with(self.cleaned_data["login"])
        if person is not None:
            signing_in.keep_email_in_step(person)
        self.user = person
        request.session["shared_wanted"] = self.cleaned_data["shared"]
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        return answer


class NewAccountForm(SignupForm):  # type: ignore[misc]
    """A name and an e-mail address make an account, once a code sent there is typed in."""

    name = CleanTextField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    field_order = ["name", "email", "shared"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label, email.help_text = _("Your e-mail address"), _("We send you a code to make sure it is yours.")
        email.widget.attrs["placeholder"] = ""
        self.fields["shared"] = shared_field()

    def try_save(self, request: HttpRequest) -> Any:
        request.session["shared_wanted"] = self.cleaned_data["shared"]
        return super().try_save(request)


class LoginCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    code = forms.CharField(label=_("The code from the e-mail"), max_length=40, widget=forms.TextInput(CODE_ATTRS))


class EmailProofForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    code = forms.CharField(label=_("The code from the e-mail"), max_length=40, widget=forms.TextInput(CODE_ATTRS))


class CardForm(forms.Form):
    """The code and PIN of a printed card."""

    code = forms.CharField(
        label=_("Code on the card"),
        help_text=_("8 letters and digits, like K7MX-4PQ9."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 12}
        ),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=card_codes.LONGEST_PIN,
        widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "off", "size": 12}),
    )
    shared = shared_field()


class PasswordForm(forms.Form):
    email = EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "username"}), max_length=254
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    shared = shared_field()


class AgainForm(forms.Form):
    """Opens a locked device: the PIN of the person's card, or their password."""

    secret = forms.CharField(strip=False, max_length=4096, widget=forms.PasswordInput)

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = self.fields["secret"]
        secret.label = _("Your password") if has_password else _("The PIN of your card")
        secret.widget.attrs["autocomplete"] = "current-password" if has_password else "off"


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class NewEmailForm(forms.Form):
    email = EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a code there. Until you type it in, nothing changes."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        max_length=254,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == (self.person.email or "").lower():
            raise ValidationError(_("This is your e-mail address already."), code="same")
        return email


class LockForm(forms.Form):
    minutes = forms.TypedChoiceField(
        label=_("Lock this device"),
        coerce=int,
        choices=[
            (10, _("after 10 quiet minutes")),
            (60, _("after 1 quiet hour")),
            (locking.OWN_MINUTES, _("after 4 quiet hours")),
            (0, _("never: only I use it")),
        ],
    )


class IssueCardForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("4 to 12 digits that the person can remember. Leave it empty and we draw one."),
        max_length=card_codes.LONGEST_PIN,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 12}),
    )
    months = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(0, _("as long as it is not ended")), (3, _("3 months")), (12, _("1 year"))],
        initial=0,
    )
    large = forms.BooleanField(label=_("Large print"), required=False)

    def clean_pin(self) -> str:
        pin = "".join(self.cleaned_data["pin"].split())
        if pin and not card_codes.is_a_pin(pin):
            raise ValidationError(
                _("Choose 4 to 12 digits that are harder to guess: no 1234, no 0000, no year."), code="easy"
            )
        return pin

    def expires_at(self, at: datetime) -> datetime | None:
        """When the card stops working, counted from `at`; None when it does not."""
        months = self.cleaned_data["months"]
        return at + timedelta(days=months * 365 // 12) if months else None
