"""Addresses of proposals, of what is said about them, and of voting: one module a subject."""

from alongside.decisions.urls import amendments, conciliation, follow_up, moderation, proposals, voting

app_name = "decisions"
# Voting first: "votes/…" is no proposal.
urlpatterns = [
    path
    for subject in (voting, conciliation, follow_up, moderation, amendments, proposals)
    for path in subject.urlpatterns
]
