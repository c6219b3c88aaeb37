import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django_cotton import render_component

from alongside.ui import flash


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_page_for_a_broken_house_needs_nothing_from_it(name: str):
    page = render_to_string(name)

    assert "<h1>" in page
    assert 'href="/"' in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("403.html", "You have done nothing wrong."),
        ("404.html", "nothing here"),
        ("403_csrf.html", "Nothing was changed."),
    ],
)
def test_a_closed_door_speaks_kindly(name: str, words: str):
    assert words in render_to_string(name)


@pytest.mark.django_db
def test_an_unknown_address_gets_the_kind_page(client: Client):
    response = client.get("/gallery/nowhere/")

    assert response.status_code == 404
    assert "nothing here" in response.content.decode()


@pytest.mark.django_db
def test_a_form_from_a_stranger_gets_the_kind_page():
    response = Client(enforce_csrf_checks=True).post("/language/")

    assert response.status_code == 403
    assert "send it once more" in response.content.decode()


def test_a_message_with_undo_posts_to_the_address_it_carries():
    message = Message(messages.SUCCESS, "You gave Ben 1 hour.", extra_tags=f"{flash.UNDO}/undo/7/")

    page = render_to_string("ui/_messages.html", {"messages": [message]}, RequestFactory().get("/"))

    assert '<form method="post" action="/undo/7/">' in page
    assert "csrfmiddlewaretoken" in page


def test_a_message_without_undo_has_no_button():
    page = render_to_string("ui/_messages.html", {"messages": [Message(messages.INFO, "Nothing was changed.")]})

    assert "<button" not in page


def test_a_made_up_community_says_so_on_every_page():
    community = {"name": "Willow Street", "slug": "willow", "is_demo": True}

    page = render_to_string("404.html", {"community": community}, RequestFactory().get("/"))

    assert "Nobody here is real." in page


def test_the_htmx_settings_leave_nothing_on_a_shared_device():
    page = render_to_string("404.html", {}, RequestFactory().get("/"))

    assert '"historyCacheSize":0' in page
    assert '"allowEval":false' in page


def test_a_list_without_more_pages_has_no_empty_landmark():
    assert "<nav" not in render_component(RequestFactory().get("/"), "pager", {"older_url": ""})
    assert "<nav" in render_component(RequestFactory().get("/"), "pager", {"older_url": "?before=7"})


def test_a_notice_is_a_landmark_only_where_it_has_a_name():
    assert "complementary" not in render_component(RequestFactory().get("/"), "notice")
    assert 'role="complementary" aria-label="Good to know"' in render_component(
        RequestFactory().get("/"), "notice", {"title": "Good to know"}
    )
