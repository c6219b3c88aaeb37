"""Addresses of proposals, of what is said about them, of open questions, and of voting: one module a subject."""

from alongside.decisions.urls import (
    advice,
    amendments,
    conciliation,
    consent,
    follow_up,
    meetings,
    moderation,
    proposals,
    questions,
    voting,
)

app_name = "decisions"
# Proposals last: "votes/…", "rounds/…", "advice/…", "questions/…" and "meetings/…" are none.
urlpatterns = [
    path
    for subject in (
        meetings,
        questions,
        voting,
        consent,
        advice,
        conciliation,
        follow_up,
        moderation,
        amendments,
        proposals,
    )
    for path in subject.urlpatterns
]
