"""Work that is seen and counted, though nobody pays for it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community
from alongside.timebank.forms.fields import OneOf
from alongside.timebank.models import RecognisedKind
from alongside.timebank.showing.periods import EARLIEST
from alongside.ui.fields import DayField, HoursField


class RecognisedForm(forms.Form):
    kind = OneOf(label=_("What did you do?"), empty_label=None, widget=forms.RadioSelect)
    minutes = HoursField(label=_("How long?"))
    done_on = DayField(label=_("Which day?"), earliest=EARLIEST)
    words = CleanTextField(
        label=_("In your words"), max_length=500, required=False, lines=True, help_text=_("Only you will read this.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), "done_on": today}})
        kind, done_on = self.fields["kind"], self.fields["done_on"]
        assert isinstance(kind, OneOf)
        assert isinstance(done_on, DayField)
        kind.queryset = RecognisedKind.objects.of(community).in_use().order_by("name")
        done_on.latest = today
