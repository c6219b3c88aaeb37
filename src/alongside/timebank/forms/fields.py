"""Fields that name somebody with an account."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import folded
from alongside.people.listing import seen_members
from alongside.people.models import Community, Group, Household, Membership, Organisation, Person, Role
from alongside.people.permissions import Standing
from alongside.timebank.models import Account, Category

MOST_NAMED = 5
# A gift or a grant may be the work of a whole season: a thousand hours.
MOST_MINUTES = 60_000

Holder = Person | Household | Organisation | Group
_KINDS = {Organisation: _("organisation"), Group: _("group"), Household: _("household")}


class HolderField(forms.CharField):
    """Somebody who can hold hours, by name or member number; cleaned to a person, or a body of that name.

    Set `community` before the form is cleaned, and `standing` where somebody types who does not
    coordinate: children and households are not for them to find. A name that fits several is answered
    with their names.
    """

    default_error_messages = {
        "nobody": _("We found nobody of that name or number. Check the spelling, or write the member number."),
        "several": _("Several fit: %(names)s. Write the member number, or the whole name."),
        "too_many": _("Many fit. Write more of the name, or the member number."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("A name or a member number."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=120, **kwargs)
        self.community: Community | None = None
        self.standing: Standing | None = None

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        if not text or self.community is None:
            return None
        there = seen_members(self.standing) if self.standing else Membership.objects.of(self.community).current()
        members = list(there.matching(text).select_related("person").by_name()[: MOST_NAMED + 1])
        by_number = [each.person for each in members if str(each.number) == text.strip()]
        all_bodies = self.standing is None or self.standing.has(Role.COORDINATOR)
        bodies = _bodies(self.community, text, all_bodies=all_bodies)
        named: list[tuple[str, Any]] = [*((str(each), each.person) for each in members), *bodies]
        exact = [holder for name, holder in named if folded(text) in (folded(name), folded(str(holder)))]
        for sure in (by_number, [holder for _name, holder in named], exact):
            if len(sure) == 1:
                return sure[0]
        raise self._refusal([name for name, _holder in named])

    def _refusal(self, names: list[str]) -> ValidationError:
        if not names:
            return ValidationError(self.error_messages["nobody"], code="nobody")
        if len(names) > MOST_NAMED:
            return ValidationError(self.error_messages["too_many"], code="too_many")
        return ValidationError(self.error_messages["several"], code="several", params={"names": ", ".join(names)})


def _bodies(community: Community, text: str, *, all_bodies: bool) -> list[tuple[str, Holder]]:
    """Open households, organisations and groups whose name holds the text.

    Without `all_bodies`: no households, and of the others those that have an account already. Anybody may make
    an organisation, and the hours that a new account may go below zero would be its maker's. A library may be an
    organisation and a group too: where one name is found twice, the kind stands behind it.
    """
    without_kind = re.sub(r"\s*\([^()]*\)$", "", text.strip())
    found: list[tuple[Any, Holder]] = []
    for body in (Organisation, Group, *([Household] if all_bodies else [])):
        named = body.objects.of(community).filter(closed_at=None, name__icontains=without_kind)
        if not all_bodies:
            named = named.filter(pk__in=_with_an_account(community, str(body._meta.model_name)))
        found += [(_KINDS[body], each) for each in named.order_by("name")[: MOST_NAMED + 1]]
    met = Counter(each.name for _kind, each in found)
    return [(f"{each.name} ({kind})" if met[each.name] > 1 else each.name, each) for kind, each in found]


def _with_an_account(community: Community, holder: str) -> Any:
    return Account.objects.of(community).exclude(**{holder: None}).values(holder)


if TYPE_CHECKING:
    ModelChoice = forms.ModelChoiceField[Any]
else:
    ModelChoice = forms.ModelChoiceField


class OneOf(ModelChoice):
    """A choice among rows; what is not one of them, an odd id included, is answered alike."""

    default_error_messages = {"invalid_choice": _("Choose one from the list, please.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kwargs.pop("queryset", None), **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class CategoryField(OneOf):
    """A kind of help that is in use today; set the community with `of`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("What kind of help was it?"))
        kwargs.setdefault("empty_label", _("Choose one"))
        super().__init__(**kwargs)

    def of(self, community: Community) -> None:
        self.queryset = Category.objects.of(community).in_use().in_order()
