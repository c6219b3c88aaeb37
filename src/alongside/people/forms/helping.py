"""Forms for acting for someone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.text import CleanTextField
from alongside.people import abilities
from alongside.people.forms.fields import MemberField
from alongside.people.models import Community, Membership
from alongside.ui.fields import DayField

USUAL_DAYS = 365


class NameHelperForm(forms.Form):
    """Who may act, for what, until when, and how it was agreed."""

    to = forms.ChoiceField(
        label=_("Who may act?"),
        choices=[("member", _("one person")), ("coordinators", _("the coordinators of this community"))],
        widget=forms.RadioSelect,
        initial="member",
    )
    helper = MemberField(label=_("Which person?"), required=False)
    abilities = forms.MultipleChoiceField(
        label=_("What may they do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    expires_on = DayField(label=_("Until"), help_text=_("At most two years. You can end it at any time."))
    consent_how = forms.ChoiceField(label=_("How was it agreed?"), choices=Channel.choices)
    consent_on = DayField(label=_("When was it agreed?"))
    consent_words = CleanTextField(label=_("What was said?"), max_length=1000, lines=True, required=False)

    def __init__(self, *args: Any, membership: Membership, by_themself: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["abilities"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(name, str(label)) for name, label in abilities.every().items()]
        helper = self.fields["helper"]
        assert isinstance(helper, MemberField)
        members = Membership.objects.of(membership.community).current().grown(on=today)
        helper.queryset = members.exclude(pk=membership.pk)
        self.fields["expires_on"].initial = today + timedelta(days=USUAL_DAYS)
        self.fields["consent_on"].initial = today
        if by_themself:
            for field in ("consent_how", "consent_on", "consent_words"):
                del self.fields[field]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == "member" and not cleaned.get("helper") and "helper" not in self.errors:
            self.add_error("helper", _("Write who may act."))
        return cleaned


class ActForm(forms.Form):
    """Whom to act for, and how their word reached me."""

    membership = forms.ModelChoiceField(Membership.objects.none())
    channel = forms.ChoiceField(choices=Channel.choices)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        membership = self.fields["membership"]
        assert isinstance(membership, forms.ModelChoiceField)
        members = Membership.objects.of(community).current()
        membership.queryset = members.select_related("person", "community")
