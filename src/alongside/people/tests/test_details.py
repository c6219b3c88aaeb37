"""Writing down who one is: what a browser may fill in."""

from alongside.people.forms.members import DetailsForm, MemberDetailsForm


def test_a_browser_may_fill_in_what_people_write_about_themselves_and_nothing_about_others() -> None:
    mine, theirs = DetailsForm(), MemberDetailsForm()

    asked = {name: field.widget.attrs.get("autocomplete") for name, field in mine.fields.items()}
    assert {name: word for name, word in asked.items() if word} == {
        "name": "name",
        "phone": "tel",
        "address": "street-address",
        "born_on": "bday",
    }
    assert {field.widget.attrs["autocomplete"] for field in theirs.fields.values()} == {"off"}
