"""Addresses of gatherings."""

from django.urls import path

from alongside.gatherings.views import attending, desk, feeds, making, reading, signing_up

app_name = "gatherings"

_in = "c/<slug:community_slug>/gatherings"
_one = f"{_in}/<uuid:gathering_id>"
_booking = f"{_in}/bookings/<uuid:booking_id>"
_sheet = f"{_in}/sheets/<uuid:sheet_id>"
_public = "c/<slug:community_slug>/whats-on"
urlpatterns = [
    # What is on
    path(f"{_in}/", reading.home, name="home"),
    path(f"{_in}/month/", reading.month, name="month"),
    path(f"{_in}/month/paper/", reading.month_on_paper, name="month_on_paper"),
    path(f"{_one}/", reading.gathering, name="gathering"),
    path(f"{_public}/", reading.whats_on, name="whats_on"),
    path(f"{_public}/<uuid:gathering_id>/", reading.public_gathering, name="public_gathering"),
    # Signing up
    path(f"{_one}/sign-up/", signing_up.sign_up, name="sign_up"),
    path(f"{_one}/confirm/", signing_up.confirm, name="confirm"),
    path(f"{_one}/leave/", signing_up.leave, name="leave"),
    path(f"{_one}/stand-by/", signing_up.stand_by, name="stand_by"),
    path(f"{_one}/desk/", desk.desk, name="desk"),
    path(f"{_booking}/confirm/", desk.confirm_for, name="confirm_for"),
    path(f"{_booking}/give-up/", desk.give_up, name="give_up"),
    # Making and changing
    path(f"{_in}/make/", making.make, name="make"),
    path(f"{_in}/places/make/", making.make_place, name="make_place"),
    path(f"{_one}/change/", making.change, name="change"),
    path(f"{_one}/change-series/", making.change_series, name="change_series"),
    path(f"{_one}/call-off/", making.call_off, name="call_off"),
    # Who is there
    path(f"{_one}/there/", attending.attendance, name="attendance"),
    path(f"{_one}/there/mark/", attending.mark, name="mark"),
    path(f"{_one}/there/close/", attending.close, name="close"),
    path(f"{_one}/contradictions/", attending.contradictions, name="contradictions"),
    path(f"{_in}/attendance/<uuid:attendance_id>/settle/", attending.settle, name="settle"),
    path(f"{_one}/sheet/print/", attending.print_sheet, name="print_sheet"),
    path(f"{_in}/sheets/", attending.find_sheet, name="find_sheet"),
    path(f"{_sheet}/", attending.sheet, name="sheet"),
    path(f"{_sheet}/enter/", attending.enter_sheet, name="enter_sheet"),
    # In other calendars
    path(f"{_in}/feeds/", feeds.feeds, name="feeds"),
    path(f"{_in}/feeds/<uuid:feed_id>/end/", feeds.end_feed, name="end_feed"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
]
