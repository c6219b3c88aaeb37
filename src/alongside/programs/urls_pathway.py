"""Addresses of the pathway, below the address of one program."""

from django.urls import URLPattern, path

from alongside.programs.views import guiding, introducing, pathway


def patterns(one: str) -> list[URLPattern]:
    """`one`: the address of a program."""
    way, step = f"{one}pathway/", f"{one}pathway/<uuid:step_id>/"
    return [
        path(way, pathway.pathway, name="pathway"),
        path(f"{way}lived/", pathway.say_lived_experience, name="say_lived_experience"),
        path(f"{way}lived/take-back/", pathway.take_lived_experience_back, name="take_lived_experience_back"),
        path(f"{way}people/", guiding.guide, name="guide"),
        path(f"{way}offer/", guiding.offer_step, name="offer_step"),
        path(f"{way}training/", guiding.note_training, name="note_training"),
        path(f"{way}beside/", guiding.note_beside, name="note_beside"),
        path(f"{way}leaders/", guiding.leaders, name="leaders"),
        path(f"{step}answer/", pathway.answer_step, name="answer_step"),
        path(f"{step}give-up/", pathway.give_up_step, name="give_up_step"),
        path(f"{step}take-back/", guiding.withdraw_step, name="withdraw_step"),
        path(f"{step}heard/", guiding.hear_answer, name="hear_answer"),
        path(f"{step}welcome-back/", guiding.welcome_back, name="welcome_back"),
        path(f"{one}introduction/", introducing.introduction, name="introduction"),
        path(f"{one}introduction/plan/", introducing.plan_introduction, name="plan_introduction"),
    ]
