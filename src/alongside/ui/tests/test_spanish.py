from datetime import UTC, date, datetime

from django.test import override_settings
from django.utils import timezone, translation

from alongside.ui.words import day_text, hours_text

NBSP = "\N{NO-BREAK SPACE}"


def test_days_and_hours_are_said_in_spanish():
    with translation.override("es"), timezone.override("UTC"):
        assert day_text(date(2020, 3, 3)) == "martes 3 de marzo de 2020"
        assert day_text(datetime(2020, 3, 3, 15, 15, tzinfo=UTC)) == "martes 3 de marzo de 2020, 15:15"
        assert day_text(date(2020, 12, 16), form="short") == "16 dic 2020"
        assert hours_text(120).replace(NBSP, " ") == "2 horas"
        assert hours_text(1).replace(NBSP, " ") == "1 minuto"


@override_settings(LANGUAGE_CODE="en")
def test_what_was_said_in_one_language_is_not_remembered_in_another():
    with translation.override("es"):
        spanish = hours_text(60), day_text(date(2019, 5, 6))
    with translation.override("en"):
        english = hours_text(60), day_text(date(2019, 5, 6))

    assert spanish == (f"1{NBSP}hora", "lunes 6 de mayo de 2019")
    assert english == (f"1{NBSP}hour", "Monday 6 May 2019")


def test_no_message_of_a_room_takes_the_place_of_a_month_or_weekday():
    """Django finds "March" the month under the same key as a room's own "March"."""
    with translation.override("es"):
        said = [day_text(date(2019, month, month)) for month in range(1, 13)]

    assert [words for words in said if words != words.lower()] == []
