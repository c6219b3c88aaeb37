"""Addresses of proposals, of what is said about them, and of voting: one module a subject."""

from alongside.decisions.urls import amendments, moderation, proposals, voting

app_name = "decisions"
# Voting first: "votes/…" is no proposal.
urlpatterns = [*voting.urlpatterns, *moderation.urlpatterns, *amendments.urlpatterns, *proposals.urlpatterns]
