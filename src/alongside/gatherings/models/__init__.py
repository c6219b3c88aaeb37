"""What brings people together, who takes part, who came, and the calendars that show it."""

from alongside.gatherings.models.attendance import Attendance, Mark, Sheet
from alongside.gatherings.models.bookings import Booking, Seat
from alongside.gatherings.models.feeds import Feed
from alongside.gatherings.models.gatherings import Gathering, Part
from alongside.gatherings.models.happening import SignUp, Visibility
from alongside.gatherings.models.places import Place
from alongside.gatherings.models.series import PartKind, Series, SeriesPart

__all__ = [
    "Attendance",
    "Booking",
    "Feed",
    "Gathering",
    "Mark",
    "Part",
    "PartKind",
    "Place",
    "Seat",
    "Series",
    "SeriesPart",
    "Sheet",
    "SignUp",
    "Visibility",
]
