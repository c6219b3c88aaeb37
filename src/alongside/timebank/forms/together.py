"""One exchange among many: one person and a row for each of the others."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community
from alongside.timebank.forms.fields import CategoryField, HolderField
from alongside.ui.fields import DayField, HoursField

MOST_ROWS = 60
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.WEB]


class TogetherForm(forms.Form):
    """What all rows share."""

    ONE_HELPED, MANY_HELPED = "one", "many"

    direction = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(ONE_HELPED, _("One person helped several")), (MANY_HELPED, _("Several people helped one"))],
        widget=forms.RadioSelect,
        initial=ONE_HELPED,
    )
    one = HolderField(label=_("Who is the one?"))
    category = CategoryField()
    helped_on = DayField(label=_("Which day?"))
    each_minutes = HoursField(
        label=_("How long for each?"),
        required=False,
        help_text=_("For example 1:30. Leave it empty when it differs, and write it in the rows."),
    )
    channel = forms.ChoiceField(label=_("How did you hear of it?"), choices=CHANNELS, initial=Channel.PAPER)
    note = CleanTextField(label=_("A word with it"), max_length=300, required=False)
    override_reason = CleanTextField(
        label=_("Pass a limit, because"),
        max_length=300,
        required=False,
        help_text=_("Only when a limit stands in the way. Everybody in it will read this."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), "helped_on": today}})
        one, category, helped_on = self.fields["one"], self.fields["category"], self.fields["helped_on"]
        assert isinstance(one, HolderField)
        assert isinstance(category, CategoryField)
        assert isinstance(helped_on, DayField)
        one.community = community
        category.of(community)
        helped_on.latest = today


class RowForm(forms.Form):
    """One of the many; an empty row is passed over."""

    who = HolderField(label=_("Who?"), help_text="")
    minutes = HoursField(label=_("How long?"), required=False, help_text="")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, HolderField)
        who.community = community


if TYPE_CHECKING:
    RowSet = forms.BaseFormSet[RowForm]
else:
    RowSet = forms.BaseFormSet


class Rows(RowSet):
    """The rows of a group exchange: at least one, nobody twice."""

    def filled(self) -> list[RowForm]:
        return [form for form in self.forms if form.has_changed()]

    def check(self, shared: TogetherForm) -> bool:
        """Whether all rows can stand together with `shared`, with a sentence where they cannot."""
        rows, seen = self.filled(), set()
        one, each = shared.cleaned_data.get("one"), shared.cleaned_data.get("each_minutes")
        for row in rows:
            who = row.cleaned_data["who"]
            row.cleaned_data["minutes"] = row.cleaned_data.get("minutes") or each
            if not row.cleaned_data["minutes"]:
                row.add_error("minutes", _("Write how long it took."))
            if who == one:
                row.add_error("who", _("This is the one person above."))
            elif who in seen:
                row.add_error("who", _("This person stands in another row already."))
            seen.add(who)
        if not rows:
            shared.add_error(None, forms.ValidationError(_("Write at least one person in the rows."), code="no_rows"))
        return bool(rows) and not any(row.errors for row in rows)


RowGrid: type[Rows] = forms.formset_factory(  # type: ignore[assignment]
    RowForm, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)
