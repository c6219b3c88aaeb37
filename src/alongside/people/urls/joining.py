"""Ways into a community."""

from django.urls import URLPattern, URLResolver, path

from alongside.people.views import inviting, joining

HERE = "c/<slug:community_slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}join/", joining.join, name="join"),
    path(f"{HERE}join/withdraw/", joining.withdraw, name="withdraw_request"),
    path(f"{HERE}join-requests/", joining.join_requests, name="join_requests"),
    path(f"{HERE}join-requests/<uuid:request_id>/", joining.answer_request, name="answer_request"),
    path(f"{HERE}invited/<str:code>/", joining.invited, name="invited"),
    path(f"{HERE}invitations/", inviting.invitations, name="invitations"),
    path(f"{HERE}invitations/<uuid:invitation_id>/card/", inviting.invitation_card, name="invitation_card"),
    path(f"{HERE}invitations/<uuid:invitation_id>/revoke/", inviting.revoke_invitation, name="revoke_invitation"),
]
