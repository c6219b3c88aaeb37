"""Minutes: what was said and agreed, whether it was so, what people undertake, and hands that were counted."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.decisions.forms.follow_up import SeenToForm
from alongside.decisions.forms.proposals import ForSomebodyMixin
from alongside.decisions.models import AgendaItem
from alongside.decisions.rules.sides import Tally
from alongside.decisions.saying import name_of
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet
from alongside.ui.fields import DayField

USUAL_DUE, MOST_DUE, MOST_HANDS = 14, 3 * 365, 5000


class PassageForm(forms.Form):
    """What the minutes say about one item."""

    said = CleanTextField(
        max_length=10_000, lines=True, required=False, label=_("What was said?"),
        help_text=_("The main points. Names only where people want it."), widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    agreed = CleanTextField(
        max_length=3000, lines=True, required=False, label=_("What was agreed?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    number = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ApproveForm(ForSomebodyMixin):
    """That is how it was; by oneself, or on paper or by phone."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_whose(people)


class CorrectForm(ForSomebodyMixin):
    """What is not right, and how it was."""

    item = forms.ChoiceField(required=False, label=_("Where is it?"))
    words = CleanTextField(
        max_length=1000, lines=True, label=_("What is not right? How was it?"),
        help_text=_("Who was there can read this."), widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("item", "words", "whose", "channel", "revision", "key")

    def __init__(
        self, *args: Any, items: Iterable[AgendaItem], people: MembershipQuerySet | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.items = {str(one.pk): one for one in items}
        item = self.fields["item"]
        assert isinstance(item, forms.ChoiceField)
        item.choices = [("", _("the minutes as a whole")), *((key, one.title) for key, one in self.items.items())]
        self.ask_whose(people)


class AnswerCorrectionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Is it taken up?"),
        choices=[("up", _("Yes, the minutes are changed")), ("not", _("No, and I say why"))],
        widget=forms.RadioSelect,
    )
    answer = CleanTextField(
        max_length=500, required=False, label=_("Why not?"), help_text=_("Who was there can read this.")
    )


class OwnedForm(forms.Form):
    """Who does something, and until when."""

    owner = MemberField(label=_("Who does it?"))
    due_on = DayField(label=_("Until when?"))

    def offer(self, people: MembershipQuerySet, *, today: date) -> None:
        owner, due_on = self.fields["owner"], self.fields["due_on"]
        assert isinstance(owner, MemberField)
        assert isinstance(due_on, DayField)
        owner.queryset = people
        due_on.earliest, due_on.latest = today, today + timedelta(days=MOST_DUE)


class UndertakeForm(OwnedForm):
    """What somebody is to do after a meeting."""

    what = CleanTextField(max_length=300, label=_("What is to be done?"))
    item = forms.ChoiceField(required=False, label=_("It comes from"))
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("what", "owner", "due_on", "item", "key")

    def __init__(self, *args: Any, items: Iterable[AgendaItem], today: date, **kwargs: Any) -> None:
        first = {"key": new_id(), "due_on": today + timedelta(days=USUAL_DUE), **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.items = {str(one.pk): one for one in items}
        item = self.fields["item"]
        assert isinstance(item, forms.ChoiceField)
        item.choices = [("", _("the meeting as a whole")), *((key, one.title) for key, one in self.items.items())]


class EndForm(forms.Form):
    """What became of it."""

    how = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[("done", _("It is done")), ("dropped", _("It will not be done, and I say why"))],
        widget=forms.RadioSelect,
    )
    word = CleanTextField(
        max_length=500,
        required=False,
        label=_("A word about it"),
        help_text=_("Everybody the meeting was for reads it."),
    )


class HandsForm(SeenToForm):
    """How many of each side raised a hand; together they make all who were there."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})
        self.there = dict(there)
        words = {"yes": _("yes"), "no": _("no"), "abstain": _("neither")}
        for side in self.there:
            for word, label in words.items():
                self.fields[f"{word}_{side}"] = forms.IntegerField(
                    label=_("%(side)s: %(word)s") % {"side": name_of(side), "word": label},
                    min_value=0, max_value=MOST_HANDS,
                )  # fmt: skip
        self.order_fields([f"{word}_{side}" for side in self.there for word in words])

    @property
    def sides(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name_of(side),
                "there": many,
                "fields": [self[f"{word}_{side}"] for word in ("yes", "no", "abstain")],
            }
            for side, many in self.there.items()
        ]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in ("owner", "due_on", "review_on")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for side, many in self.there.items():
            said = [given.get(f"{word}_{side}") for word in ("yes", "no", "abstain")]
            if None not in said and sum(said) != many:  # type: ignore[arg-type]
                told = _("%(many)s of this side were there. Yes, no and neither must make %(many)s.") % {"many": many}
                self.add_error(f"yes_{side}", told)
        return given

    def counts(self) -> dict[str, Tally]:
        given = self.cleaned_data
        return {
            side: Tally(many, given[f"yes_{side}"], given[f"no_{side}"], given[f"abstain_{side}"])
            for side, many in self.there.items()
        }
