"""Addresses of proposals, of what is said about them, and of voting: one module a subject."""

from alongside.decisions.urls import consent, proposals, voting

app_name = "decisions"
# Voting and rounds first: "votes/…" is no proposal.
urlpatterns = [*voting.urlpatterns, *consent.urlpatterns, *proposals.urlpatterns]
