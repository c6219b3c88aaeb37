"""Fields that other forms of the house may use too."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import folded
from alongside.people.models import Membership
from alongside.people.models.membership import MembershipQuerySet

MOST_NAMED = 5


class MemberField(forms.CharField):
    """One member, found by name or member number; cleaned to a Membership.

    Set `queryset` to the people who may be named before the form is cleaned. A name that fits
    several people is answered with their numbers.
    """

    default_error_messages = {
        "nobody": _("We found nobody of that name or number. Check the spelling, or write the member number."),
        "several": _("Several people fit: %(people)s. Write the member number of the right one."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Write a name or a member number."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=120, **kwargs)
        self.queryset: MembershipQuerySet = Membership.objects.none()

    def clean(self, value: Any) -> Membership | None:
        text: str = super().clean(value)
        if not text:
            return None
        found = list(self.queryset.matching(text).select_related("person", "community").by_name()[: MOST_NAMED + 1])
        same_name = [each for each in found if each.person.search_name == folded(text)]
        by_number = [each for each in found if str(each.number) == text.strip()]
        for sure in (by_number, found, same_name):
            if len(sure) == 1:
                member: Membership = sure[0]
                return member
        if not found:
            raise ValidationError(self.error_messages["nobody"], code="nobody")
        people = ", ".join(str(each) for each in found[:MOST_NAMED])
        raise ValidationError(self.error_messages["several"], code="several", params={"people": people})
