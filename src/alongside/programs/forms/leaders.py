"""Writing down who steps in to lead."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.proposals import HEARD_BY
from alongside.kernel.channels import Channel
from alongside.programs.forms.pathway import AboutMemberForm
from alongside.programs.gaps import Gap
from alongside.ui.words import day_text


class LeaderForm(AboutMemberForm):
    """Who told a coordinator that they would lead, and which sessions."""

    sessions = forms.MultipleChoiceField(label=_("Which sessions?"), widget=forms.CheckboxSelectMultiple)
    channel = forms.ChoiceField(label=_("How did they tell you?"), choices=HEARD_BY, initial=Channel.PHONE)

    def __init__(self, *args: Any, gaps: Sequence[Gap], **kwargs: Any) -> None:
        choices = [(str(gap.session.pk), _told(gap)) for gap in gaps]
        super().__init__(*args, initial={"sessions": [key for key, _words in choices]}, **kwargs)
        self.fields["member"].label = _("Who leads?")
        self._choose("sessions", choices)


def _told(gap: Gap) -> str:
    return _("Session %(number)s, %(day)s") % {"number": gap.session.number, "day": day_text(gap.day)}
