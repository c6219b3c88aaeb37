"""Strengths: one section a page, or all of them on one."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alongside.kernel.text import CleanTextField
from alongside.strengths.actions import Answer
from alongside.strengths.models import Strength, StrengthsProfile
from alongside.strengths.models.picture_names import PICTURE_NAMES
from alongside.strengths.models.profile import SectionName
from alongside.strengths.rules.pictures import Section, pictures_of
from alongside.ui.templatetags.ui import icon

HINTS: dict[Section, str | Promise] = {
    Section.SKILL: _("From your work, your home or your hobbies. Nothing is too small."),
    Section.LIVED: _("What you have been through can help somebody else. Share only what you wish."),
    Section.PLACE: _("Somewhere people could meet, cook, grow or store things."),
    Section.TOOL: _("Things you would lend to a neighbor."),
    Section.CONNECTION: _("Whom could you introduce people to?"),
    Section.COMPANY: _("Time together counts as much as any skill."),
    Section.LEARN: _("Somebody here may love to show you."),
    Section.MATTERS: _("It helps others to understand you. Leave it empty if you like."),
}


class SectionForm(forms.Form):
    """One section of a profile: pictures to choose, and lines of one's own. Nothing is required."""

    pictures = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words = CleanTextField(
        max_length=1500,
        lines=True,
        required=False,
        label=_("In your own words"),
        help_text=_("One thing on each line."),
    )

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": section.value})
        self.section = section
        pictures = self.fields["pictures"]
        assert isinstance(pictures, forms.MultipleChoiceField)
        pictures.label = str(SectionName(section).label)
        pictures.help_text = str(HINTS[section])
        pictures.choices = [
            (picture.code, format_html("{}{}", icon(picture.icon), PICTURE_NAMES[picture.code]))
            for picture in pictures_of(section)
        ]
        pictures.widget.attrs["class"] = "picture-choices"
        # All sections may stand on one page: each box says aloud what its words are about.
        spoken = f"{self.fields['words'].label}: {pictures.label}"
        self.fields["words"].widget.attrs.update({"rows": 3, "aria-label": spoken})

    def clean_words(self) -> list[str]:
        return [line for line in self.cleaned_data["words"].split("\n") if line]

    def answer(self) -> Answer:
        return Answer(pictures=self.cleaned_data["pictures"], words=self.cleaned_data["words"])


class ShownToForm(forms.Form):
    shown_to = forms.ChoiceField(
        label=_("Who may see my strengths?"),
        choices=StrengthsProfile.ShownTo.choices,
        widget=forms.RadioSelect,
        help_text=_("You can change this at any time."),
    )


def initial_of(profile: StrengthsProfile | None, section: Section) -> dict[str, Any]:
    """What a section holds today, as the form shows it."""
    strengths: list[Strength] = list(profile.strengths.all()) if profile else []
    here = [strength for strength in strengths if strength.section == section]
    return {
        "pictures": [strength.picture for strength in here if strength.picture],
        "words": "\n".join(strength.words for strength in here if strength.words),
    }
