"""Ways in: codes, passkeys, printed cards; and what a person keeps to sign in with."""

from django.urls import URLPattern, URLResolver, path

from alongside.people.views import cards, demo_entry, passkeys, quick_exit, signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    # Before signing in
    path("sign-in/card/", signing_in.by_card, name="sign_in_by_card"),
    path("sign-in/password/", signing_in.by_password, name="sign_in_by_password"),
    path("sign-in/passkey/", passkeys.sign_in, name="sign_in_by_passkey"),
    path("sign-in/passkey/question/", passkeys.question, name="passkey_question"),
    path("sign-in/again/", signing_in.again, name="sign_in_again"),
    path("sign-in/lock/", signing_in.lock, name="lock"),
    path("sign-in/stay/", signing_in.stay, name="stay"),
    path("sign-in/signed-out/", signing_in.signed_out, name="signed_out"),
    path("demo-entry/<str:token>/", demo_entry.enter, name="demo_entry"),
    # Leaving quickly
    path("away/", quick_exit.away, name="away"),
    # What I sign in with
    path("me/signing-in/", signing_in.overview, name="signing_in"),
    path("me/signing-in/lock/", signing_in.choose_lock, name="choose_lock"),
    path("me/signing-in/elsewhere/", signing_in.end_elsewhere, name="sign_out_elsewhere"),
    path("me/signing-in/password/", signing_in.password, name="choose_password"),
    path("me/signing-in/password/remove/", signing_in.remove_password, name="remove_password"),
    path("me/signing-in/passkeys/add/", passkeys.add, name="add_passkey"),
    path("me/signing-in/passkeys/question/", passkeys.adding_question, name="adding_passkey_question"),
    path("me/signing-in/passkeys/<int:passkey_id>/remove/", passkeys.remove, name="remove_passkey"),
    path("me/signing-in/cards/<uuid:card_id>/end/", cards.end_mine, name="end_my_card"),
    # A coordinator prints a card
    path("c/<slug:community_slug>/members/<uuid:membership_id>/card/", cards.issue, name="issue_card"),
    path("c/<slug:community_slug>/members/<uuid:membership_id>/card/end/", cards.end, name="end_card"),
]
