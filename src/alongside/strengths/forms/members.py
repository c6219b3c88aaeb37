"""Naming a member by number, name or telephone number."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Community, Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.strengths.models.finding import find_members, who_is_meant
from alongside.timebank.models import Account

# So many names an error message can hold and still be read.
MOST_NAMED = 5


class MemberField(forms.CharField):
    """A box that takes "12", "amina" or a telephone number, cleaned to the one membership it means.

    `by_phone`: coordinators alone may look people up by number of telephone. `among`, when set before
    the form is cleaned, are the members that the person who types may find at all.
    """

    default_error_messages = {
        "nobody": _("Nobody here is found by “%(text)s”. Try a member number or part of a name."),
        "several": _("Several match: %(names)s. Write the number, or the whole name."),
        "too_many": _("Many people match. Write more of the name, or the number."),
    }

    def __init__(self, *, by_phone: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)
        self.by_phone = by_phone
        self.community: Community | None = None
        self.among: MembershipQuerySet | None = None
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text or self.community is None:
            return None
        meant = find_members(self.community, text, by_phone=self.by_phone)
        if self.among is not None:
            meant = meant.filter(pk__in=self.among.values("pk"))
        found = list(meant[: MOST_NAMED + 1])
        if len(found) == 1:
            return found[0]
        raise self._refusal(text, found)

    def _refusal(self, text: str, found: Sequence[Membership | Account]) -> ValidationError:
        if not found:
            return ValidationError(self.error_messages["nobody"], code="nobody", params={"text": text})
        if len(found) > MOST_NAMED:
            return ValidationError(self.error_messages["too_many"], code="too_many")
        names = ", ".join(str(one) for one in found)
        return ValidationError(self.error_messages["several"], code="several", params={"names": names})


class PartyField(MemberField):
    """A box of a coordinator: as MemberField, and takes households, organisations and groups by name.

    Cleaned to a Membership, or to the Account of a body.
    """

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        if not text or self.community is None:
            return None
        meant = who_is_meant(self.community, text, at_most=MOST_NAMED)
        if meant.sure is None:
            raise self._refusal(text, [*meant.members, *meant.bodies])
        return meant.sure
