"""Addresses of open questions."""

from django.urls import path

from alongside.decisions.views import question_results, questions

_in = "c/<slug:community_slug>/decide/questions"
_one = f"{_in}/<uuid:question_id>"
urlpatterns = [
    path(f"{_in}/", questions.questions, name="questions"),
    path(f"{_in}/ask/", questions.ask, name="ask_question"),
    path(f"{_one}/", questions.question, name="question"),
    path(f"{_one}/say/", questions.say_statement, name="say_statement"),
    path(f"{_one}/answer/", questions.opinions, name="opinions"),
    path(f"{_one}/statements/", questions.statements, name="statements"),
    path(f"{_in}/statements/<uuid:statement_id>/", questions.judge, name="judge"),
    path(f"{_one}/results/", question_results.question_results, name="question_results"),
    path(f"{_one}/results/paper/", question_results.question_on_paper, name="question_on_paper"),
]
