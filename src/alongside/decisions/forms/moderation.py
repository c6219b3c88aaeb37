"""Reporting words, taking them from view, and appeals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.moderation import Appeal, HouseRule
from alongside.kernel.text import CleanTextField


class RuleForm(forms.Form):
    """Asks which house rule words break."""

    rule = forms.ChoiceField(
        label=_("Which house rule is broken?"), choices=HouseRule.choices, widget=forms.RadioSelect
    )


class ReportForm(RuleForm):
    text = CleanTextField(
        required=False,
        max_length=500,
        lines=True,
        label=_("What should we know?"),
        help_text=_("You can leave this empty. Only the coordinators read it, with your name."),
    )


class HideForm(RuleForm):
    words = CleanTextField(
        max_length=1000,
        lines=True,
        label=_("Your reason"),
        help_text=_("Whoever said it reads this. Say what could be said instead."),
    )


class AppealForm(forms.Form):
    text = CleanTextField(
        max_length=2000, lines=True, label=_("Why should the words be seen?"), help_text=_("You can appeal once.")
    )


class DecideAppealForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (Appeal.Outcome.RESTORED, _("The words come back into view")),
            (Appeal.Outcome.STAYS, _("The words stay out of view")),
        ],
        widget=forms.RadioSelect,
    )
    why = CleanTextField(max_length=1000, lines=True, label=_("Why?"), help_text=_("Whoever said it reads this."))
