"""Addresses of proposals, of what is said about them, of open questions, and of voting: one module a subject."""

from alongside.decisions.urls import proposals, questions, voting

app_name = "decisions"
# These first: "votes/…" and "questions/…" are no proposals.
urlpatterns = [*questions.urlpatterns, *voting.urlpatterns, *proposals.urlpatterns]
