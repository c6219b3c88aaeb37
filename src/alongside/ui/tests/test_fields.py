import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from alongside.ui.fields import DayField, HoursField, HouseRenderer


class Form(forms.Form):
    minutes = HoursField(label="How long?", min_minutes=15, max_minutes=120)
    day = DayField(label="Which day?", required=False, earliest=date(2026, 1, 1), latest=date(2026, 12, 31))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label="How?", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField(label="Agreed")


GOOD = {"minutes": "1:30", "channel": "a", "agreed": "on"}


@pytest.mark.parametrize("text", ["1:30", "1,5", "1.5", "90 min", "1h30"])
def test_hours_may_be_written_in_many_ways(text: str):
    form = Form({**GOOD, "minutes": text})

    assert form.is_valid()
    assert form.cleaned_data["minutes"] == 90


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a while", "Write hours and minutes"),
        ("-1", "Write hours and minutes"),
        ("NaN", "Write hours and minutes"),
        ("1e9", "Write hours and minutes"),
        ("0", "Write at least 15"),
        ("0:10", "Write at least 15"),
        ("3", "Write at most 2"),
        ("", "Please answer this."),
    ],
)
def test_hours_that_cannot_be_are_refused_kindly(text: str, said: str):
    form = Form({**GOOD, "minutes": text})

    assert str(form.errors["minutes"][0]).replace("\N{NO-BREAK SPACE}", " ").startswith(said)


@pytest.mark.parametrize(("day", "said"), [("2025-12-31", "or a later day"), ("2027-01-01", "or an earlier day")])
def test_a_day_outside_the_range_is_refused_kindly(day: str, said: str):
    assert said in str(Form({**GOOD, "day": day}).errors["day"][0])


@pytest.mark.parametrize(("number", "said"), [("-4", "Write 1 or more."), ("900", "Write 500 or less.")])
def test_a_number_outside_the_range_is_refused_kindly(number: str, said: str):
    with pytest.raises(forms.ValidationError) as refusal:
        forms.IntegerField(min_value=1, max_value=500).clean(number)

    assert refusal.value.messages == [said]


def test_minutes_stored_are_shown_as_hours():
    assert 'value="1:30"' in str(Form(initial={"minutes": 90})["minutes"])


def test_a_wrong_field_is_tied_to_its_hint_and_error():
    page = Form({"minutes": "a while"})["minutes"].as_field_group()

    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in page
    assert 'id="id_minutes_helptext"' in page
    assert 'id="id_minutes_error"' in page
    assert 'value="a while"' in page


def test_choices_stand_in_a_fieldset_that_names_the_error():
    page = Form({})["channel"].as_field_group()

    assert '<fieldset class="field field-radioselect" aria-describedby="id_channel_error">' in page
    assert "<legend>How?</legend>" in page


def test_what_need_not_be_answered_says_so():
    assert "(optional)" in Form()["day"].as_field_group()
    assert "(optional)" not in Form()["minutes"].as_field_group()


def test_a_hidden_field_gone_wrong_is_told_in_the_summary():
    form = Form({**GOOD, "key": "torn"})

    summary = render_to_string("ui/forms/_error_links.html", {"form": form})

    assert summary.count("<li>") == 1
    assert "load the page again" in summary


def test_a_link_of_the_summary_names_its_question_and_its_row():
    row = Form({**GOOD, "minutes": ""})

    summary = render_to_string("ui/forms/_error_links.html", {"form": row, "row": 2})

    assert "Please answer this. How long? Row 2" in spoken(summary)


def test_choices_of_one_kind_stand_in_a_group_that_names_them():
    week = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("Monday", [("m1", "morning")]), ("Tuesday", [("t1", "morning")])],
    )

    drawn = str(type("Week", (forms.Form,), {"week": week})()["week"])

    groups = re.findall(r'role="group" aria-label="(\w+)">(.*?)</div>', drawn, re.DOTALL)
    assert [(day, inside.count("<input")) for day, inside in groups] == [("Monday", 1), ("Tuesday", 1)]


def spoken(html: str) -> str:
    """The words of a piece of page, one space apart."""
    return " ".join(strip_tags(html).split())


def test_a_list_shows_what_is_chosen_and_escapes_what_is_written():
    class Places(forms.Form):
        place = forms.ChoiceField(choices=[("a", "A & B"), ("North", [("n", "<North>")])])

    page = str(Places({"place": "n"})["place"])

    assert '<option value="a">A &amp; B</option>' in page
    assert '<optgroup label="North">' in page
    assert '<option value="n" selected>&lt;North&gt;</option>' in page


GROUPED = [("", "none"), ("North <&>", [("n", 'Nora\'s "room"'), ("o", mark_safe("<b>safe</b>"))]), (7, "Seven")]


@pytest.mark.parametrize("value", [None, "", 0, "n", 7, "<script>\"'&", "07"], ids=str)
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput({"autocomplete": "off", "required": True, "hidden": False, "data-x": '"<&>', "max": 3}),
        forms.DateInput(),
        forms.HiddenInput(),
        forms.NumberInput({"min": 0}),
        forms.EmailInput(),
        forms.PasswordInput(render_value=True),
        forms.URLInput(),
        forms.Select({"required": True, "class": "wide", "hidden": False}, choices=GROUPED),
        forms.Textarea({"rows": 3, "required": True}),
        forms.CheckboxInput({"class": "wide"}),
        forms.RadioSelect({"class": "wi<d>e", "required": True}, choices=GROUPED),
        forms.CheckboxSelectMultiple(choices=GROUPED),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_boxes_and_lists_are_drawn_as_django_draws_them(widget: forms.Widget, value: object):
    context = widget.get_context("name", value, {"id": "id_name"})
    drawn, wanted = (each.render(str(widget.template_name), context) for each in (HouseRenderer(), TemplatesSetting()))

    assert squeezed(drawn) == squeezed(wanted)


class Asked(forms.Form):
    name = forms.CharField(label="Name & <surname>", help_text=mark_safe("As <b>you</b> write it"))
    note = forms.CharField(required=False, widget=forms.Textarea, label=mark_safe("A <i>note</i>"))
    agreed = forms.BooleanField(label='"Agreed"', help_text="Say <yes>")
    way = forms.ChoiceField(label="How <is it>?", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    ways = forms.MultipleChoiceField(
        required=False, help_text="All that fit", widget=forms.CheckboxSelectMultiple, choices=[("a", "A")]
    )
    place = forms.ChoiceField(required=False, choices=GROUPED)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("given", [None, {}, {"name": "<Ada>", "agreed": "on", "way": "z", "place": "n"}], ids=str)
@pytest.mark.parametrize("more", [{}, {"auto_id": False}, {"prefix": "row"}], ids=str)
@pytest.mark.parametrize("all_optional", [False, True])
def test_questions_are_drawn_as_their_template_says(language: str, given: Any, more: Any, all_optional: bool):
    form = Asked(given, **more)
    form.all_optional = all_optional  # type: ignore[attr-defined]
    with translation.override(language):
        for one in form:
            drawn = one.as_field_group()

            assert squeezed(drawn) == squeezed(render_to_string("ui/forms/field.html", {"field": one}))


def squeezed(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html.strip())
