"""Form fields for hours and days, and the renderer that draws every field of the house."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from alongside.kernel.hours import NotAnAmountOfTime, format_hours, parse_minutes
from alongside.ui.drawing import DRAWN, field
from alongside.ui.words import day_text, hours_text


class HouseRenderer(TemplatesSetting):
    """Draws fields with hint and error linked to the input (`ui/forms/field.html`)."""

    form_template_name = "ui/forms/fields.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Boxes and lists of choices are drawn without a template."""
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        if template_name == self.field_template_name:
            return field(context["field"])
        return super().render(template_name, context, request)


class HoursInput(forms.TextInput):
    """A short text box that takes "1:30", "1,5" or "90 min"; an amount is shown as "1:30"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": 20, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_hours(value) if isinstance(value, int) else super().format_value(value)


class HoursField(forms.Field):
    """An amount of time, cleaned to whole minutes between `min_minutes` and `max_minutes`."""

    widget = HoursInput
    default_error_messages = {
        "unreadable": _("Write hours and minutes, like 1:30, or 45 min."),
        "too_little": _("Write at least %(limit)s."),
        "too_much": _("Write at most %(limit)s."),
    }

    def __init__(self, *, min_minutes: int = 1, max_minutes: int = 24 * 60, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1:30, or 45 min."))
        super().__init__(**kwargs)
        self.min_minutes, self.max_minutes = min_minutes, max_minutes

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return value or None
        try:
            return parse_minutes(str(value))
        except NotAnAmountOfTime:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_minutes:
            self._refuse("too_little", self.min_minutes)
        if value > self.max_minutes:
            self._refuse("too_much", self.max_minutes)

    def _refuse(self, code: str, limit: int) -> None:
        raise ValidationError(self.error_messages[code], code=code, params={"limit": hours_text(limit)})


class DayInput(forms.DateInput):
    """The browser's own calendar; `min` and `max` go in as days."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A calendar day, optionally not before `earliest` or after `latest`."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write a day that exists."),
        "too_early": _("Choose %(limit)s or a later day."),
        "too_late": _("Choose %(limit)s or an earlier day."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(
                self.error_messages["too_early"], code="too_early", params={"limit": day_text(self.earliest)}
            )
        if value and self.latest and value > self.latest:
            raise ValidationError(
                self.error_messages["too_late"], code="too_late", params={"limit": day_text(self.latest)}
            )
