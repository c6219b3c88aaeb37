"""Addresses of proposals, of what is said about them, of open questions, and of voting: one module a subject."""

from alongside.decisions.urls import (
    amendments,
    conciliation,
    consent,
    follow_up,
    moderation,
    proposals,
    questions,
    voting,
)

app_name = "decisions"
# Proposals last: "votes/…", "rounds/…" and "questions/…" are none.
urlpatterns = [
    path
    for subject in (questions, voting, consent, conciliation, follow_up, moderation, amendments, proposals)
    for path in subject.urlpatterns
]
