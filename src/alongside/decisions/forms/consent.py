"""Forms of consent rounds: opening one, saying where one stands, objecting, and what facilitators write."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.actions.rolls import Rolls
from alongside.decisions.forms.proposals import SeenField
from alongside.decisions.forms.terms import keep_to_share
from alongside.decisions.models import Objection, Stance
from alongside.decisions.saying import name_of
from alongside.decisions.subjects import LaidDown
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.ui.fields import DayField

USUAL_DAYS, MOST_DAYS = 14, 90
REVIEW_DAYS, LAST_REVIEW_DAYS = 182, 1100


class OpenRoundForm(forms.Form):
    """The terms of a round. They never change once it is open; the words may."""

    closes_on = DayField(label=_("The last day"), help_text=_("The round ends at 8 in the evening."))
    review_on = DayField(
        label=_("When do people look at it again?"), help_text=_("If it is adopted, it is good enough until then.")
    )
    share = forms.ChoiceField(
        label=_("How many of each side must consent?"),
        choices=[("1/4", _("one in four")), ("1/3", _("one in three")), ("1/2", _("one in two"))],
        initial="1/2",
    )
    lazy_days = forms.TypedChoiceField(
        coerce=int,
        required=False,
        label=_("Does silence count as consent?"),
        help_text=_("Only for who has said that they have read it, and only if it is announced now."),
        choices=[
            (0, _("no, everybody says where they stand")),
            (7, _("yes, on words that were there for a week")),
            (14, _("yes, on words that were there for two weeks")),
        ],
        initial=0,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rolls: Rolls, today: date, laid_down: LaidDown | None = None, **kwargs: Any) -> None:
        usual_days = laid_down.days if laid_down else USUAL_DAYS
        days = {
            "closes_on": (today + timedelta(days=usual_days), today + timedelta(days=MOST_DAYS)),
            "review_on": (today + timedelta(days=REVIEW_DAYS), today + timedelta(days=LAST_REVIEW_DAYS)),
        }
        first = {"key": new_id(), **{name: usual for name, (usual, _last) in days.items()}}
        super().__init__(*args, **{**kwargs, "initial": first})
        for name, (_usual, last) in days.items():
            field = self.fields[name]
            assert isinstance(field, DayField)
            field.earliest, field.latest = today + timedelta(days=1), last
        if laid_down:
            keep_to_share(self, laid_down)
        self.rolls = rolls
        for side, members in rolls.of.items():
            self.fields[f"facilitator_{side}"] = forms.TypedChoiceField(
                label=_("Who facilitates for: %(side)s?") % {"side": name_of(side)},
                choices=[("", _("choose one")), *((str(one.pk), str(one.person)) for one in members)],
            )
        if rolls.unsaid:
            self.fields["leave_out_unsaid"] = forms.BooleanField(
                required=False, label=_("Open it without those who have not said for which side they speak")
            )

    @property
    def facilitators(self) -> dict[str, Any]:
        by_key = {str(one.pk): one for members in self.rolls.of.values() for one in members}
        return {side: by_key[self.cleaned_data[f"facilitator_{side}"]] for side in self.rolls.of}


class StandForm(forms.Form):
    """The one question of a round."""

    stance = forms.ChoiceField(
        label=_("Can it go on as it is?"),
        choices=[
            (Stance.Kind.CONSENT.value, _("I consent: it is good enough for now, and safe enough to try")),
            (Stance.Kind.CONCERN.value, _("I have a concern, but it may go on")),
            (Stance.Kind.OBJECTION.value, _("I object: it would harm something we share")),
            (Stance.Kind.ABSENT.value, _("I am not taking part this time")),
        ],
        widget=forms.RadioSelect,
    )
    edits_agreed = forms.BooleanField(
        required=False,
        label=_("I agree to small edits beforehand"),
        help_text=_("Then my word stands for a new version, if the facilitators of both sides call it a small edit."),
    )


class VersionForm(forms.Form):
    """A button that is about one version, by its number."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class KeyStanceForm(forms.Form):
    """A paper slip, as a facilitator reads it."""

    code = CleanTextField(max_length=12, label=_("The code on the paper"), help_text=_("For example K7PM3-XQDA2."))
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, label=_("The version on the paper"))
    stance = forms.ChoiceField(
        label=_("What is ticked?"),
        choices=[
            (Stance.Kind.CONSENT.value, _("I consent: it is good enough for now, and safe enough to try")),
            (Stance.Kind.CONCERN.value, _("I have a concern, but it may go on")),
            (Stance.Kind.OBJECTION.value, _("I object: it would harm something we share")),
            (Stance.Kind.ABSENT.value, _("I am not taking part this time")),
        ],
        widget=forms.RadioSelect,
    )
    words = CleanTextField(max_length=1000, lines=True, required=False, label=_("The concern, if there is one"))
    reason = CleanTextField(max_length=1000, lines=True, required=False, label=_("I object, because…"))
    harms = CleanTextField(max_length=300, required=False, label=_("It would harm…"))

    def clean(self) -> dict[str, Any]:
        """A concern has its words, an objection its reason and the aim it would harm."""
        given = super().clean() or self.cleaned_data
        needed = {Stance.Kind.CONCERN.value: ["words"], Stance.Kind.OBJECTION.value: ["reason", "harms"]}
        for name in needed.get(str(given.get("stance")), []):
            if not given.get(name):
                self.add_error(name, _("Write what stands on the paper."))
        return given


class ConcernForm(forms.Form):
    edits_agreed = forms.BooleanField(required=False, label=_("I agree to small edits beforehand"))
    words = CleanTextField(
        max_length=1000,
        lines=True,
        label=_("What is your concern?"),
        help_text=_("It is written down, and it may go on."),
    )
    field_order = ("words", "edits_agreed")


class ObjectForm(forms.Form):
    """An objection says why, and what it would harm; liking something else better is no objection."""

    reason = CleanTextField(max_length=1000, lines=True, label=_("I object, because…"))
    harms = CleanTextField(
        max_length=300,
        label=_("It would harm…"),
        help_text=_("An aim that people here share. For example: everybody can come."),
    )


class ClarifyForm(forms.Form):
    text = CleanTextField(
        max_length=1000,
        lines=True,
        label=_("What have you understood?"),
        help_text=_("Ask first. Then write it so that the person who objects would say: yes, that is it."),
    )


class FindForm(forms.Form):
    reason = CleanTextField(
        max_length=1000, lines=True, label=_("Why does it harm no shared aim?"), help_text=_("Everybody reads this.")
    )


class SettleForm(forms.Form):
    """What whoever objected does with their objection."""

    what = forms.ChoiceField(
        choices=[("integrated", "integrated"), ("take_back", "take_back"), ("appeal", "appeal")],
        widget=forms.HiddenInput,
    )


class NextVersionForm(forms.Form):
    """Which objections the new version is meant to take up."""

    seen = SeenField(widget=forms.HiddenInput)
    answers = forms.MultipleChoiceField(
        required=False, label=_("Which objections is it meant to take up?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, objections: Iterable[Objection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objections = {str(one.pk): one for one in objections}
        answers = self.fields["answers"]
        assert isinstance(answers, forms.MultipleChoiceField)
        answers.choices = [(key, one.reason or str(one.number)) for key, one in self.objections.items()]
        if not self.objections:
            del self.fields["answers"]

    @property
    def answered(self) -> list[Objection]:
        return [self.objections[key] for key in self.cleaned_data.get("answers", [])]
