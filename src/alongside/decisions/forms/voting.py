"""Forms of voting: opening a vote, saying for which side one speaks, voting, calling off."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.actions.rolls import Rolls
from alongside.decisions.forms.follow_up import DUE_AFTER, REVIEW_AFTER, SeenToForm
from alongside.decisions.models import Side
from alongside.decisions.saying import name_of
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.ui.fields import DayField

USUAL_DAYS, MOST_DAYS = 14, 90


class SidesForm(forms.Form):
    """Between which two sides it is decided."""

    all_optional = True
    one = forms.ChoiceField(label=_("One side"), choices=Side.choices, required=False)
    other = forms.ChoiceField(label=_("The other side"), choices=Side.choices, required=False)

    @property
    def sides(self) -> tuple[str, str]:
        """The two sides; the usual ones where nothing, or twice the same, was chosen."""
        self.is_valid()
        one, other = (self.cleaned_data.get(name) or "" for name in ("one", "other"))
        return (one, other) if one and other and one != other else (Side.USES.value, Side.PROVIDES.value)


class OpenVoteForm(SeenToForm):
    """The terms of a vote. They never change once it is open."""

    closes_on = DayField(label=_("The last day to vote"), help_text=_("Votes count until 8 in the evening."))
    secrecy = forms.ChoiceField(
        label=_("Secret or open?"),
        choices=[
            ("secret", _("Secret: nobody sees who said what")),
            ("open", _("Open: after the close everybody sees who said what")),
        ],
        initial="secret",
        widget=forms.RadioSelect,
    )
    share = forms.ChoiceField(
        label=_("How many of each side must say yes?"),
        choices=[("1/4", _("one in four")), ("1/3", _("one in three")), ("1/2", _("one in two"))],
        initial="1/4",
    )
    threshold = forms.ChoiceField(
        label=_("And of those who say yes or no?"),
        choices=[("1/2", _("more than half")), ("2/3", _("two thirds or more"))],
        initial="1/2",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rolls: Rolls, today: date, **kwargs: Any) -> None:
        usual = today + timedelta(days=USUAL_DAYS)
        first = {
            "closes_on": usual,
            "due_on": usual + DUE_AFTER,
            "review_on": usual + REVIEW_AFTER,
            "key": new_id(),
        }
        super().__init__(*args, **{**kwargs, "initial": first})
        closes_on = self.fields["closes_on"]
        assert isinstance(closes_on, DayField)
        closes_on.earliest, closes_on.latest = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)
        self.rolls = rolls
        self.offer((one for members in rolls.of.values() for one in members), today=today)
        for side, members in rolls.of.items():
            self.fields[f"scrutineer_{side}"] = forms.TypedChoiceField(
                label=_("Who looks over the count for: %(side)s?") % {"side": name_of(side)},
                choices=[("", _("choose one")), *((str(one.pk), str(one.person)) for one in members)],
            )
        if rolls.unsaid:
            self.fields["leave_out_unsaid"] = forms.BooleanField(
                required=False, label=_("Open it without those who have not said for which side they speak")
            )
        self.order_fields(
            [*(name for name in self.fields if name not in SeenToForm.base_fields), *SeenToForm.base_fields]
        )

    @property
    def scrutineers(self) -> dict[str, Any]:
        by_key = {str(one.pk): one for members in self.rolls.of.values() for one in members}
        return {side: by_key[self.cleaned_data[f"scrutineer_{side}"]] for side in self.rolls.of}


class MySideForm(forms.Form):
    side = forms.ChoiceField(label=_("In this decision I speak as one of"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        side.choices = [(one, name_of(one)) for one in sides]


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Neither: I leave it to the others"))],
        widget=forms.RadioSelect,
    )


class PaperForm(forms.Form):
    code = CleanTextField(max_length=12, label=_("The code on the paper"), help_text=_("For example K7PM3-XQDA2."))
    choice = forms.ChoiceField(
        label=_("What is marked on it?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Neither: I leave it to the others"))],
        widget=forms.RadioSelect,
    )


class CallOffForm(forms.Form):
    why = CleanTextField(max_length=500, lines=True, label=_("Why is it called off?"))
