"""Addresses of topics and of the classes that come of them."""

from django.urls import path

from alongside.programs.views import classes, topics

_topics = "c/<slug:community_slug>/programs/<uuid:program_id>/topics/"
_topic = f"{_topics}<uuid:topic_id>/"
_classes = "c/<slug:community_slug>/programs/<uuid:program_id>/classes/"
_class = f"{_classes}<uuid:class_id>/"

patterns = [
    path(_topics, topics.topics, name="topics"),
    path(f"{_topics}ask/", topics.propose, name="propose_topic"),
    path(f"{_topic}want/", topics.want, name="want_topic"),
    path(f"{_topic}want-no-more/", topics.want_no_more, name="want_no_more"),
    path(f"{_topic}take-back/", topics.take_back, name="take_topic_back"),
    path(_class, classes.one, name="class"),
    path(f"{_class}host/", classes.host, name="host_class"),
    path(f"{_class}ask/", classes.ask, name="ask_host"),
    path(f"{_class}accept/", classes.accept, name="accept_to_host"),
    path(f"{_class}decline/", classes.decline, name="decline_to_host"),
    path(f"{_class}host-no-more/", classes.host_no_more, name="host_no_more"),
    path(f"{_class}plan/", classes.plan, name="plan_class"),
    path(f"{_class}take-off/", classes.take_off, name="take_class_off"),
    path(f"{_class}book/", classes.book, name="book_class"),
]
