"""One part of the rules a page: the values as they are, to be made into the values as they would be."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from alongside.charter.rules.values import (
    CATEGORIES,
    HABITS,
    HOUSE_RULES,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_DAYS,
    Values,
)
from alongside.decisions.forms.proposals import ForSomebodyMixin, SeenField
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField, folded
from alongside.timebank.forms.keeping import LimitsForm
from alongside.timebank.models import Category, RecognisedKind
from alongside.timebank.models.bank import Division


class PartForm(ForSomebodyMixin):
    """A part of the rules. `values`: as they stand in the draft, or in force.

    `people`: whose word a coordinator may write down; None when nobody is asked. `seen`: when the draft last changed.
    """

    seen = SeenField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, values: Values, people: Any = None, seen: Any = None, **kwargs: Any) -> None:
        self.values = values
        initial = {"key": new_id(), "seen": seen, **self.begins_with(values)}
        super().__init__(*args, **{**kwargs, "initial": {**initial, **kwargs.get("initial", {})}})
        self.ask_whose(people)
        self.order_fields([name for name in self.fields if name not in _LAST])

    def begins_with(self, values: Values) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def told(self) -> Values:
        """The values as they would be; what the form does not ask stays."""
        raise NotImplementedError


# Asked after the values themselves.
_LAST = ("whose", "channel", "seen", "key")


class LimitsPart(PartForm, LimitsForm):
    """The four limits of everybody's account."""

    def begins_with(self, values: Values) -> dict[str, Any]:
        floor, soft_floor = values["floor_minutes"], values["soft_floor_minutes"]
        return {
            "below": -floor,
            "say_below": None if soft_floor is None else -soft_floor,
            "above": values["ceiling_minutes"],
            "say_above": values["soft_ceiling_minutes"],
        }

    def told(self) -> Values:
        return {**self.values, **self.limits()}


def _days(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    checks = [
        MinValueValidator(1, message=_("Write 1 day or more.")),
        MaxValueValidator(MOST_DAYS[name], message=_("Write %(limit_value)s days or fewer.")),
    ]
    return forms.IntegerField(
        label=label, help_text=help_text, validators=checks, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class HabitsPart(PartForm):
    """Days after which something happens by itself, and whether recognised work earns."""

    auto_confirm_days = _days(
        "auto_confirm_days",
        _("After how many days does an exchange count as confirmed?"),
        _("The other person gets reminders before. People without a screen are always asked by phone."),
    )
    hold_days = _days("hold_days", _("For how many days are hours held for an arranged exchange?"))
    inactive_days = _days(
        "inactive_days",
        _("After how many quiet days shall we ask how somebody is?"),
        _("A gentle word to the coordinators."),
    )
    recognised_work_credits = forms.BooleanField(
        label=_("Recognised work earns hours from the community pot"), required=False
    )

    def begins_with(self, values: Values) -> dict[str, Any]:
        return {name: values[name] for name in HABITS}

    def told(self) -> Values:
        return {**self.values, **{name: self.cleaned_data[name] for name in HABITS}}


class HouseRulesPart(PartForm):
    """How people talk here, in the community's own words."""

    words = CleanTextField(
        label=_("How we talk"),
        max_length=LONGEST_WORDS,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("An empty line begins a new paragraph. Leave it empty for the words every community begins with."),
    )

    def begins_with(self, values: Values) -> dict[str, Any]:
        return {"words": values[HOUSE_RULES]}

    def told(self) -> Values:
        return {**self.values, HOUSE_RULES: self.cleaned_data["words"]}


class ListForm(PartForm):
    """One change of one list. `what`: one of ASKS. `archived`: the rows of the time bank that are not in it."""

    name = CleanTextField(label=_("Name"), max_length=60)
    division = forms.TypedChoiceField(
        label=_("Statistical division"),
        choices=Division.choices,
        coerce=int,
        initial=Division.VOLUNTEERING,
        help_text=_("For reports that compare with other places (ICATUS 2016)."),
    )
    which = forms.ChoiceField(label=_("Which one?"))
    place = forms.IntegerField(
        label=_("Which place shall it have?"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    # What each change asks for.
    ASKS = {
        "add": ("name", "division"),
        "rename": ("which", "name", "division"),
        "leave": ("which",),
        "again": ("which",),
        "move": ("which", "place"),
    }

    def __init__(
        self, *args: Any, kind: str, what: str, archived: list[Category | RecognisedKind], **kwargs: Any
    ) -> None:
        self.kind, self.what, self.archived = kind, what, {str(row.pk): row for row in archived}
        super().__init__(*args, **kwargs)
        for name in {"name", "division", "which", "place"} - set(self.ASKS[what]):
            del self.fields[name]
        if "which" in self.fields:
            offered = list(self.archived.items()) if what == "again" else [(row[0], row[1]) for row in self.rows]
            self.fields["which"] = forms.ChoiceField(
                label=_("Which one?"), choices=[("", _("Choose one")), *((key, str(name)) for key, name in offered)]
            )
        if "name" in self.fields:
            self.fields["name"] = CleanTextField(
                label=_("Name") if what == "add" else _("What shall it be called?"), max_length=LONGEST_NAME[kind]
            )
        if "place" in self.fields:
            self.fields["place"].help_text = _("1 for the first.")
        self.order_fields([*self.ASKS[what], *_LAST])

    @property
    def rows(self) -> list[list[Any]]:
        return list(self.values[self.kind])

    def clean_name(self) -> str:
        """No two things have one name, and none takes that of another: that one would have to be called else first."""
        name: str = self.cleaned_data["name"]
        which = self.data.get("which", "")
        taken = {folded(row[1]): row[1] for row in self.rows if row[0] != which}
        taken |= {folded(str(row)): str(row) for row in self.archived.values() if str(row.pk) != which}
        if folded(name) in taken:
            raise ValidationError(
                _("“%(name)s” is in the list already, or was before."),
                code="taken",
                params={"name": taken[folded(name)]},
            )
        return name

    def clean_which(self) -> str:
        which: str = self.cleaned_data["which"]
        if self.what == "leave" and self.kind == CATEGORIES and len(self.rows) == 1:
            raise ValidationError(_("This is the last one. People need something to choose."), code="last")
        return which

    def told(self) -> Values:
        given = self.cleaned_data
        rows, which = self.rows, given.get("which", "")
        match self.what:
            case "add":
                rows.append([str(new_id()), given["name"], given["division"]])
            case "rename":
                rows = [[which, given["name"], given["division"]] if row[0] == which else row for row in rows]
            case "leave":
                rows = [row for row in rows if row[0] != which]
            case "again":
                back = self.archived[which]
                rows.append([which, back.name, back.division])
            case _move:
                moved = next(row for row in rows if row[0] == which)
                rows.remove(moved)
                rows.insert(given["place"] - 1, moved)
        return {**self.values, self.kind: rows}
