"""Addresses of house rules: reports, what is taken from view, appeals and the log."""

from django.urls import path

from alongside.decisions.views import moderating

_in = "c/<slug:community_slug>/decide"
_said = f"{_in}/said/<uuid:contribution_id>"
_entry = f"{_in}/moderation/<uuid:entry_id>"
urlpatterns = [
    path(f"{_in}/policy/", moderating.policy, name="policy"),
    path(f"{_in}/moderation/", moderating.moderation_log, name="moderation_log"),
    path(f"{_said}/report/", moderating.report, name="report"),
    path(f"{_said}/moderate/", moderating.moderate, name="moderate"),
    path(f"{_said}/leave-in-view/", moderating.leave_in_view, name="leave_in_view"),
    path(f"{_entry}/appeal/", moderating.appeal, name="appeal"),
    path(f"{_entry}/decide/", moderating.decide_appeal, name="decide_appeal"),
]
