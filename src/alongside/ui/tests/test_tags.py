from dataclasses import dataclass
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings
from django.utils.html import escape

from alongside.ui.pictures import balance_svg, face_svg, initials


@dataclass
class Someone:
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Diallo", "AD"),
        ("Sana", "S"),
        ("Margaret van der O'Brien", "MO"),
        ("李小龙", "李"),
        ("محمد علي", "مع"),
        ("  ", "·"),
        ("(Tom)", "·"),
        ("", "·"),
    ],
)
def test_initials_stand_for_a_name_in_any_script(name: str, letters: str):
    assert initials(name) == letters


def test_a_face_stays_the_same_for_a_person_and_differs_between_people():
    assert face_svg(7, "Amina") == face_svg(7, "Amina")
    assert len({face_svg(number, "Amina") for number in range(40)}) > 20


def test_a_name_with_markup_is_written_out():
    name = "<script>alert(1)</script>"

    page = render("{% person_chip person '/x/' %}", person=Someone(1, name))

    assert escape(name) in page
    assert name not in page


def test_a_chip_is_a_link_only_where_there_is_somewhere_to_go():
    assert '<a class="chip" href="/p/1/">' in render("{% person_chip person '/p/1/' %}", person=Someone(1, "Ben"))
    assert "<a" not in render("{% person_chip person %}", person=Someone(1, "Ben"))


def test_hours_in_a_table_are_short_and_signed_when_asked():
    assert render("{% hours 90 'table signed' %}") == '<time class="hours" datetime="PT1H30M">+1:30</time>'


def test_a_missing_day_leaves_the_place_empty():
    assert render("{% day nothing %}", nothing=None) == ""
    assert render("{% day then 'short' %}", then=date(2020, 3, 3)) == '<time datetime="2020-03-03">3 Mar 2020</time>'


def test_the_larger_side_of_the_bar_reaches_the_edge_and_none_is_drawn_for_nothing():
    bar = balance_svg(120, 60)

    assert "L8 18" in bar
    assert "H446" in bar
    assert "balance-received" not in balance_svg(120, 0)
    assert "balance-given" not in balance_svg(0, 0)


def test_a_tone_that_does_not_exist_is_loud():
    with pytest.raises(KeyError):
        render("{% status 'purple' 'x' %}")


def test_a_stage_outside_the_loop_is_loud():
    with pytest.raises(ValueError, match="no stage"):
        render('{% loop_stages "sleep" as stages %}')


@override_settings(STATIC_URL="/static/")
def test_an_icon_is_hidden_from_screen_readers():
    assert render('{% icon "heart" %}').startswith('<svg class="icon icon-heart" aria-hidden="true">')


class Wish(forms.Form):
    day = forms.CharField()


def wish_with(*faults: tuple[str | None, str | forms.ValidationError]) -> Wish:
    form = Wish({"day": "Tuesday"})
    for field, fault in faults:
        form.add_error(field, fault)
    return form


NO_PLACE = (None, "Every place is taken.")
NOTHING_CHOSEN = forms.ValidationError("Choose one of two.", code="nothing")
HEADED = "{{ form|is_refused }}"


def test_only_a_rule_of_the_house_refuses():
    assert render(HEADED, form=wish_with(NO_PLACE)) == "True"
    assert render(HEADED, form=wish_with()) == "False"
    assert render(HEADED, form=wish_with(NO_PLACE, ("day", "This is no day."))) == "False"
    assert render(HEADED, form=wish_with((None, NOTHING_CHOSEN))) == "False"
    assert render(HEADED, form="") == "False"
