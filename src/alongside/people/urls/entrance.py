"""The pages of django-allauth that the house uses, under the names that django-allauth knows."""

from django.urls import URLPattern, path

from alongside.people.views import entrance as views

urlpatterns: list[URLPattern] = [
    path("", views.sign_in, name="account_login"),
    path("new/", views.new_account, name="account_signup"),
    path("code/", views.type_code, name="account_confirm_login_code"),
    path("code/ask/", views.ask_for_code, name="account_request_login_code"),
    path("prove-email/", views.prove_email, name="account_email_verification_sent"),
    path("not-possible/", views.not_possible, name="account_inactive"),
    path("email/", views.change_email, name="account_email"),
    path("leave/", views.sign_out, name="account_logout"),
]
