"""Gifts to a pot, grants from one, giving back, and a thank-you."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.permissions import Standing
from alongside.timebank.forms.fields import MOST_MINUTES, HolderField, OneOf
from alongside.timebank.models import Account, Transfer
from alongside.ui.fields import HoursField


class GiftForm(forms.Form):
    """Some hours of one's own for a pot."""

    payer = OneOf(label=_("From whose hours?"), empty_label=None)
    payee = OneOf(label=_("For which pot?"), empty_label=None)
    minutes = HoursField(label=_("How much?"), max_minutes=MOST_MINUTES)
    note = CleanTextField(label=_("A word with it"), max_length=300, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, mine: "QuerySet[Account]", pots: "QuerySet[Account]", **kwargs: Any) -> None:
        initial = {"key": new_id(), **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for name, accounts in (("payer", mine), ("payee", pots)):
            field = self.fields[name]
            assert isinstance(field, OneOf)
            field.queryset = accounts
            if len(accounts) == 1:
                field.initial = accounts[0]


class GrantForm(forms.Form):
    """Hours from a pot for somebody."""

    payee = HolderField(label=_("Who gets them?"))
    minutes = HoursField(label=_("How much?"), max_minutes=MOST_MINUTES)
    note = CleanTextField(label=_("What for?"), max_length=300)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        payee = self.fields["payee"]
        assert isinstance(payee, HolderField)
        payee.community, payee.standing = standing.community, standing


class ReverseForm(forms.Form):
    """Giving back all of a transfer, or a part of it."""

    minutes = HoursField(label=_("How much goes back?"), max_minutes=MOST_MINUTES)
    reason = CleanTextField(label=_("Why?"), max_length=300, lines=True, help_text=_("Both people will read this."))
    override_reason = CleanTextField(
        label=_("Pass a limit, because"),
        max_length=150,
        required=False,
        help_text=_("Only when a limit stands in the way. Both people will read this too."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, transfer: Transfer, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), "minutes": transfer.minutes}})
        minutes = self.fields["minutes"]
        assert isinstance(minutes, HoursField)
        minutes.max_minutes = transfer.minutes


class ThanksForm(forms.Form):
    words = CleanTextField(max_length=500, label=_("Say thank you"), widget=forms.Textarea(attrs={"rows": 2}))
