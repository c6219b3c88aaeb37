"""Addresses of proposals, of what is said about them, of open questions, and of voting: one module a subject."""

from alongside.decisions.urls import (
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
# Proposals last: "votes/…", "rounds/…", "questions/…" and "meetings/…" are none.
urlpatterns = [
    path
    for subject in (meetings, questions, voting, consent, conciliation, follow_up, moderation, amendments, proposals)
    for path in subject.urlpatterns
]
