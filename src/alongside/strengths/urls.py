"""Addresses of strengths, offers, requests, exchanges and the broker desk."""

from django.urls import path

from alongside.strengths.views import desk, exchanges, listings, profiles, slips, worklist

app_name = "strengths"
_in = "c/<slug:community_slug>"
urlpatterns = [
    # What people can share
    path(f"{_in}/strengths/mine/", profiles.mine, name="mine"),
    path(f"{_in}/strengths/<uuid:membership_id>/", profiles.profile, name="profile"),
    path(f"{_in}/strengths/<uuid:membership_id>/edit/", profiles.edit_profile, name="edit_profile"),
    path(f"{_in}/strengths/<uuid:membership_id>/edit/<slug:section>/", profiles.edit_section, name="edit_section"),
    # Offers and requests
    path(f"{_in}/offers/", listings.listings, {"kind": "offer"}, name="offers"),
    path(f"{_in}/requests/", listings.listings, {"kind": "request"}, name="requests"),
    path(f"{_in}/offers/new/", listings.new_listing, {"kind": "offer"}, name="new_offer"),
    path(f"{_in}/requests/new/", listings.new_listing, {"kind": "request"}, name="new_request"),
    path(f"{_in}/listings/mine/", listings.my_listings, name="my_listings"),
    path(f"{_in}/listings/<uuid:listing_id>/", listings.listing, name="listing"),
    path(f"{_in}/listings/<uuid:listing_id>/edit/", listings.edit_listing, name="edit_listing"),
    path(f"{_in}/listings/<uuid:listing_id>/ask/", exchanges.ask, name="ask"),
    path(f"{_in}/listings/<uuid:listing_id>/<slug:mark>/", listings.mark_listing, name="mark_listing"),
    # Exchanges
    path(f"{_in}/exchanges/", exchanges.exchanges, {"which": "waiting"}, name="exchanges_waiting"),
    path(f"{_in}/exchanges/open/", exchanges.exchanges, {"which": "open"}, name="exchanges_open"),
    path(f"{_in}/exchanges/over/", exchanges.exchanges, {"which": "over"}, name="exchanges_over"),
    path(f"{_in}/exchanges/new/", exchanges.write_down, name="write_down"),
    path(f"{_in}/exchanges/<uuid:exchange_id>/", exchanges.exchange, name="exchange"),
    path(f"{_in}/exchanges/<uuid:exchange_id>/thanks/", exchanges.say_thanks, name="say_thanks"),
    path(f"{_in}/exchanges/<uuid:exchange_id>/<slug:step>/", exchanges.take_step, name="step"),
    # The broker desk
    path(f"{_in}/desk/", desk.desk, name="desk"),
    path(f"{_in}/desk/who/", desk.find_person, name="find_person"),
    path(f"{_in}/desk/find/", desk.find, name="find"),
    path(f"{_in}/desk/people/<uuid:membership_id>/", desk.desk_person, name="desk_person"),
    path(f"{_in}/desk/slips/", slips.slips, name="slips"),
    path(f"{_in}/desk/queue/", worklist.queue, name="queue"),
    path(f"{_in}/desk/queue/take/", worklist.take_work, name="take_work"),
    path(f"{_in}/desk/queue/hand-back/", worklist.hand_work_back, name="hand_work_back"),
]
