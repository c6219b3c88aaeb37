"""The pages of programs: started one question a screen, read by all, changed by a form that becomes a proposal."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.decisions.models import Proposal
from alongside.decisions.tests.proposals import url as decide_url
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.programs import actions
from alongside.programs.models import Beginning, BlueprintFile, Program, StageLead, StageProduct
from alongside.programs.models.program import design_of
from alongside.programs.rules.blueprint import read
from alongside.programs.serving import sections
from alongside.programs.shipped import BLANK_ID
from alongside.programs.tests.scenes import COURSE, LATER, decided, proposed, running, scene_about, url

pytestmark = pytest.mark.django_db
HANDBOOK = Path(__file__).parents[4] / "docs"


def text_of(response):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_program_is_started_one_question_a_screen():
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])
    town, client = cora.community, browser_of(cora)
    answers = {
        "what": "We bake bread.", "why": "It smells good.", "for_whom": "Neighbors", "providers": "The bakery",
        "day": "sunday", "starts": "07:00", "length": "3h", "place": "The bakery", "title": "Sunday bread",
    }  # fmt: skip

    page = client.post(url("begin", town, "blueprint", BLANK_ID), follow=True)
    for key, answer in answers.items():
        assert page.request["PATH_INFO"].endswith(f"/{key}/")
        page = client.post(page.request["PATH_INFO"], {"answer": answer}, follow=True)
    assert "Sunday bread" in text_of(page)
    key = page.context["form"].initial["key"]
    page = client.post(page.request["PATH_INFO"], {"key": key}, follow=True)

    program = Program.objects.get()
    assert page.request["PATH_INFO"] == url("program", town, program.pk)
    assert (program.title, program.summary, program.blueprint) == ("Sunday bread", "We bake bread.", "")
    assert design_of(program)["sessions"]["on"] == "sunday"


def test_a_wrong_answer_is_told_beside_the_question_and_kept_nowhere():
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])
    client = browser_of(cora)
    client.post(url("begin", cora.community, "blueprint", COURSE))
    beginning = Beginning.objects.get()
    place = url("ask", cora.community, beginning.pk, "starts")

    for wrong in ("25:00", "ten", ""):
        page = client.post(place, {"answer": wrong})
        assert page.status_code == 200
        assert page.context["form"].errors["answer"]

    beginning.refresh_from_db()
    assert beginning.answers == {}


def test_who_begins_anew_goes_on_where_they_left():
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])
    client = browser_of(cora)
    first = client.post(url("begin", cora.community, "blueprint", COURSE)).headers["Location"]
    client.post(first, {"answer": "Everybody with a bad back"})

    again = client.post(url("begin", cora.community, "blueprint", COURSE)).headers["Location"]

    assert again.endswith("/weeks/")
    assert Beginning.objects.count() == 1


@pytest.mark.parametrize(("kind", "name"), [("blueprint", "nothing-like-it"), ("file", "x"), ("magic", "x")])
def test_nothing_begins_from_what_is_not_there(kind, name):
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])

    assert browser_of(cora).post(url("begin", cora.community, kind, name)).status_code == 404


def test_a_change_is_proposed_by_a_form_and_said_in_words():
    program, sides = running()
    uma = sides["uses"][0]
    client = browser_of(uma)
    place = url("propose", program.community, program.pk, "sessions")
    form = client.get(place).context["form"]
    data = {name: form.fields[name].initial or "" for name in form.fields} | {"key": form.initial["key"], "seen": ""}

    page = client.post(place, {**data, "starts": "19:00"})

    proposal = Proposal.objects.get(subject=actions.SUBJECT)
    assert page.status_code == 302
    assert (proposal.group, proposal.subject_id, proposal.made_by) == (program.group, program.pk, uma)
    assert proposal.draft.change == {"sessions.starts": ["17:30", "19:00"]}
    assert proposal.draft.text == "Sessions · Starts at: 19:00 instead of 17:30."
    assert client.post(place, data).context["form"].non_field_errors() == [
        "Nothing is different yet. Change something first."
    ]


def test_a_change_that_cannot_be_is_told_in_words():
    program, sides = running(COURSE)
    client = browser_of(sides["uses"][0])
    place = url("propose", program.community, program.pk, "enrolment")
    form = client.get(place).context["form"]
    data = {name: form.fields[name].initial or "" for name in form.fields} | {"key": form.initial["key"], "seen": ""}

    page = client.post(place, {**data, "at_least": "17"})

    assert "Taking part · At least this many: 17 are needed, but there is room for 16." in text_of(page)
    assert not Proposal.objects.exists()


def test_a_session_is_left_out_with_one_button():
    program, sides = running(COURSE)
    client = browser_of(sides["uses"][0])

    client.post(url("propose", program.community, program.pk, "sessions.plan:1"), {"leave": "yes"})

    change = Proposal.objects.get().draft.change
    assert [len(plan) for plan in change["sessions.plan"]] == [4, 3]


def test_the_design_shows_what_is_agreed_and_its_versions_what_changed():
    program, sides = running()
    actions.adopt(decision=decided(scene_about(program, sides, {"sessions.starts": "18:30"})), at=LATER)
    client = browser_of(sides["uses"][0])

    design = text_of(client.get(url("design", program.community, program.pk)))
    versions = text_of(client.get(url("versions", program.community, program.pk)))

    assert "Starts at 18:30" in design
    assert "before 17:30 from then on 18:30" in versions


def test_a_vote_about_a_design_offers_its_own_terms_and_no_others():
    program, sides = running()
    pia, town = sides["provides"][0], program.community
    pia.roles.create(community=town, role="coordinator", starts_on=LATER.date().replace(year=2020))
    place = scene_about(program, sides, {"sessions.starts": "18:30"})
    client = browser_of(pia)

    page = client.get(f"{decide_url('open_vote', town, place.proposal.pk)}?rule=schulze&one=keeps&other=funds")

    assert "has been agreed before" in text_of(page)
    assert [name for name, _words in page.context["form"].fields["share"].choices] == ["1/4"]
    assert [roll["name"] for roll in page.context["rolls"]] == ["People who use it", "People who provide it"]
    chosen = client.get(decide_url("choose_rule", town, place.proposal.pk))
    assert [way.rule for way in chosen.context["rules"]] == ["double-majority"]
    assert (chosen.context["by_consent"], chosen.context["by_advice"]) == (False, False)


def test_a_stage_is_led_made_and_finished_on_its_pages():
    program, sides = running()
    town = program.community
    for side, members in sides.items():
        client = browser_of(members[0])
        client.post(url("lead", town, program.pk), {"side": side})
    what = ["What matters to us", "Strengths we bring"]
    for one in what:
        form = client.get(url("produce", town, program.pk)).context["form"]
        client.post(url("produce", town, program.pk), {"what": one, "told": "Company.", "key": form.initial["key"]})

    for members in sides.values():
        page = browser_of(members[0]).post(url("finish", town, program.pk), follow=True)

    assert "Both sides say so: the next stage begins." in text_of(page)
    program.refresh_from_db()
    assert program.stage == "co-design"
    assert (StageLead.objects.count(), StageProduct.objects.count()) == (2, 2)


def test_a_blueprint_is_brought_in_and_read():
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])
    client = browser_of(cora)
    text = example()

    page = client.post(url("bring_in", cora.community), {"file": SimpleUploadedFile("a.toml", text.encode())})
    again = client.post(url("bring_in", cora.community), {"text": text})

    file = BlueprintFile.objects.get()
    assert page.headers["Location"] == again.headers["Location"] == url("blueprint", cora.community, "file", file.pk)
    assert "Walk and soup" in text_of(client.get(page.headers["Location"]))
    assert client.get(url("blueprint_file", cora.community, "file", file.pk)).content.decode() == text


def test_a_blueprint_with_faults_is_not_kept_and_every_line_is_named():
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])
    text = example().replace('every = "week"', 'every = "weak"')

    page = text_of(browser_of(cora).post(url("bring_in", cora.community), {"text": text}))

    line = text.split('every = "weak"')[0].count("\n") + 1
    assert f"Line {line} : Sessions · How often: one of these belongs here" in page
    assert not BlueprintFile.objects.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x80abc"])
def test_a_file_that_is_no_text_is_refused_in_words(data):
    cora = person_in(community(), "Cora", roles=[Role.COORDINATOR])

    page = browser_of(cora).post(url("bring_in", cora.community), {"file": SimpleUploadedFile("a.toml", data)})

    assert page.context["form"].errors["file"]


def example():
    """The blueprint of the handbook."""
    text = (HANDBOOK / "how-to/write-a-blueprint.md").read_text()
    return text.split("```toml\n")[1].split("```")[0]


def test_the_example_of_the_handbook_is_a_blueprint():
    assert read(example(), sections()).title == "Walk and soup"


def test_a_design_taken_out_as_a_file_is_a_blueprint_and_names_nobody():
    program, sides = running(COURSE)
    actions.adopt(decision=decided(scene_about(program, sides, {"sessions.starts": "18:30"})), at=LATER)

    text = browser_of(sides["uses"][0]).get(url("export", program.community, program.pk)).content.decode()

    blueprint = read(text, sections())
    assert (blueprint.title, blueprint.version) == ("Walk and cook", "2")
    assert dict(blueprint.sections) == design_of(program)
    assert not any(str(member.person) in text for members in sides.values() for member in members)


def test_who_pays_reads_the_program_and_no_name():
    program, sides = running()
    graham = person_in(program.community, "Graham", roles=[Role.COMMISSIONER])
    browser_of(sides["uses"][0]).post(url("lead", program.community, program.pk), {"side": "uses"})

    page = text_of(browser_of(graham).get(url("program", program.community, program.pk)))

    assert StageLead.objects.exists()
    assert "Uma" not in page
    assert "Lead this stage" not in page


def test_a_draft_shows_what_it_would_change():
    program, sides = running()
    uma = sides["uses"][0]
    proposal = proposed(program, uma, {"sessions.starts": "18:30"})

    page = text_of(browser_of(uma).get(url("values", program.community, proposal.pk)))

    assert "18:30" in page


def test_a_program_s_pages_ask_the_database_the_same_number_of_questions_however_many_rows(
    django_assert_max_num_queries,
):
    program, sides = running(COURSE)
    for number in range(4):
        values = {"sessions.starts": f"1{number}:30"}
        actions.adopt(decision=decided(scene_about(program, sides, values, f"At {number}")), at=LATER)
    client = browser_of(sides["uses"][0])

    for name in ("program", "design", "versions"):
        with django_assert_max_num_queries(26):
            client.get(url(name, program.community, program.pk))
