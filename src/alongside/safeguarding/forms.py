"""Forms about checks, their kinds, leads and pairs. They check shape and scope; the actions decide."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models import Community, Group, Membership, Role
from alongside.people.models.membership import MembershipQuerySet
from alongside.safeguarding import duties
from alongside.safeguarding.models import Check, CheckKind
from alongside.safeguarding.models.checks import MOST_MONTHS, MOST_NEEDED
from alongside.ui.fields import DayField

MOST_AT_ONCE = 60
USUAL_LEAD_DAYS = 365
# How somebody who saw a check came by it: they were there, or it came on paper or by another way.
SEEN_BY_WAY = [(channel.value, channel.label) for channel in Channel if channel is not Channel.WEB]


class PeopleField(forms.CharField):
    """Several members, each by name or number on a line of its own; cleaned to a list of Memberships.

    Set `queryset` before the form is cleaned.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8000, widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}), **kwargs)
        self.queryset: MembershipQuerySet = Membership.objects.none()

    def clean(self, value: Any) -> list[Membership]:
        text: str = super().clean(value)
        lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(_("Write at most %(most)s people at once."), params={"most": MOST_AT_ONCE})
        one = MemberField()
        one.queryset = self.queryset
        found: dict[Any, Membership] = {}
        wrong: list[ValidationError] = []
        for line in lines:
            try:
                member = one.clean(line)
            except ValidationError as no:
                told = {"line": line, "why": " ".join(no.messages)}
                wrong.append(ValidationError(_("“%(line)s”: %(why)s"), params=told))
            else:
                assert member is not None
                found[member.pk] = member
        if wrong:
            raise ValidationError(wrong)
        return list(found.values())


class CheckForm(forms.Form):
    """A check that somebody saw. It asks for no word about what it said."""

    kind = forms.ModelChoiceField(CheckKind.objects.none(), label=_("What was seen?"), empty_label=_("Choose one"))
    seen_on = DayField(label=_("On which day?"))
    seen_by = MemberField(
        label=_("Who saw it?"),
        required=False,
        help_text=_("Leave it empty if it was you. Otherwise a name or a member number."),
    )
    channel = forms.ChoiceField(label=_("How did it come?"), choices=SEEN_BY_WAY, initial=Channel.IN_PERSON)
    until = DayField(
        label=_("Until when does it hold?"),
        required=False,
        help_text=_("Leave it empty for the usual time. Fill it in where the paper itself names a day."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        initial = {"key": new_id(), "seen_on": today, **kwargs.get("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        kind, seen_by = self.fields["kind"], self.fields["seen_by"]
        assert isinstance(kind, forms.ModelChoiceField)
        assert isinstance(seen_by, MemberField)
        kind.queryset = CheckKind.objects.of(community).in_use().by_name()
        seen_by.queryset = Membership.objects.of(community).current()

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        seer = self.cleaned_data["seen_by"]
        return {**self.cleaned_data, "seen_by": seer.person if seer else None}


class ManyForm(CheckForm):
    """The same check of many people, as from a list that was signed on an evening."""

    people = PeopleField(
        label=_("Whose checks?"),
        help_text=format_lazy(_("One on each line: a name or a member number. At most {most}."), most=MOST_AT_ONCE),
    )
    field_order = ["people", "kind", "seen_on", "seen_by", "channel", "until", "key"]

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, community=community, **kwargs)
        people = self.fields["people"]
        assert isinstance(people, PeopleField)
        people.queryset = Membership.objects.of(community).current()

    def told(self) -> dict[str, Any]:
        told = super().told()
        told["memberships"] = told.pop("people")
        return told


class WithdrawForm(forms.Form):
    """Why a check counts no longer: one of three, and no words about anybody."""

    why = forms.ChoiceField(
        label=_("Why does it count no longer?"), choices=Check.Why.choices, widget=forms.RadioSelect
    )


class KindForm(forms.Form):
    """A kind of check: its name, how long it holds, how many it takes."""

    name = CleanTextField(label=_("What is it called?"), max_length=80)
    kind = forms.ChoiceField(label=_("What sort of check is it?"), choices=CheckKind.Kind.choices)
    months = forms.IntegerField(
        label=_("For how many months does it hold?"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("Leave it empty if it never ends. Checks that are written down keep their last day."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    needed = forms.IntegerField(
        label=_("How many of it does it take?"),
        initial=1,
        min_value=1,
        max_value=MOST_NEEDED,
        help_text=_("For example 2, where two people have to vouch for somebody."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, changes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if changes:
            del self.fields["kind"]


class RequireForm(forms.Form):
    """Which role or duty asks for a kind, and where."""

    what = forms.ChoiceField(label=_("Who needs it?"))
    group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Where?"), required=False, empty_label=_("everywhere in this community")
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what, group = self.fields["what"], self.fields["group"]
        assert isinstance(what, forms.ChoiceField)
        assert isinstance(group, forms.ModelChoiceField)
        what.choices = [
            ("", _("Choose one")),
            (_("Roles"), [(f"role:{role.value}", role.label) for role in Role]),
            (
                pgettext_lazy("asking for checks", "Duties"),
                [(f"duty:{key}", label) for key, label in duties.every().items()],
            ),
        ]
        group.queryset = Group.objects.of(community).filter(closed_at=None).order_by("name")

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        which, _colon, word = self.cleaned_data["what"].partition(":")
        return {which: word, "group": self.cleaned_data["group"]}


class LeadForm(forms.Form):
    """Whom to name, and until when."""

    who = MemberField(label=_("Who?"))
    ends_on = DayField(label=_("Until when?"), help_text=_("You can end it before."))

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"ends_on": today + timedelta(days=USUAL_LEAD_DAYS)}})
        who = self.fields["who"]
        assert isinstance(who, MemberField)
        who.queryset = Membership.objects.of(community).current().grown(on=today)


class ApartForm(forms.Form):
    """Two people, why, and perhaps until when. A lead may name anybody here, children too."""

    one = MemberField(label=_("Who?"))
    other = MemberField(label=_("And who?"))
    reason = CleanTextField(
        label=_("Why?"),
        max_length=1000,
        lines=True,
        help_text=_("Leads alone read this. Write what is needed, and no more. It goes when one of the two is erased."),
    )
    until = DayField(label=_("Until when?"), required=False, help_text=_("Leave it empty if you do not know."))

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, MemberField)
            field.queryset = Membership.objects.of(community).current()
        until = self.fields["until"]
        assert isinstance(until, DayField)
        until.earliest = today
