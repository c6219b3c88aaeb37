"""Members, their roles, helpers, consents and contacts; and records that are one person's."""

from django.urls import URLPattern, URLResolver, path

from alongside.people.views import consenting, goodbyes, helping, members, merging, roles

HERE = "c/<slug:community_slug>/"
ONE = f"{HERE}members/<uuid:membership_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}members/", members.members, name="members"),
    path(f"{HERE}members/add/", members.add_person, name="add_person"),
    path(ONE, members.member, name="member"),
    path(f"{ONE}details/", members.member_details, name="member_details"),
    path(f"{ONE}end/", members.end_membership, name="end_membership"),
    path(f"{ONE}everything/", goodbyes.everything_of_member, name="everything_of_member"),
    path(f"{ONE}erase/", goodbyes.erase_member, name="erase_member"),
    path(f"{ONE}roles/", roles.roles, name="roles"),
    path(f"{ONE}roles/<uuid:role_id>/end/", roles.end_role, name="end_role"),
    path(f"{ONE}same/", merging.likely_same_people, name="likely_same"),
    path(f"{ONE}same/<uuid:other_id>/", merging.merge, name="merge"),
    path(f"{ONE}helpers/", helping.helpers, name="helpers"),
    path(f"{ONE}helpers/name/", helping.name_helper, name="name_helper"),
    path(f"{ONE}consents/", consenting.consents, name="consents"),
    path(f"{ONE}contact/", consenting.ask_contact, name="ask_contact"),
    # Acting for someone
    path(f"{HERE}helpers/<uuid:delegation_id>/end/", helping.end_helper, name="end_helper"),
    path(f"{HERE}acting/", helping.act_for, name="acting"),
    path(f"{HERE}acting/stop/", helping.stop_acting, name="stop_acting"),
    # Who shares contact with me
    path(f"{HERE}contacts/", consenting.contacts, name="contacts"),
    path(f"{HERE}contacts/<uuid:share_id>/answer/", consenting.answer_contact, name="answer_contact"),
    path(f"{HERE}contacts/<uuid:share_id>/end/", consenting.end_contact, name="end_contact"),
]
