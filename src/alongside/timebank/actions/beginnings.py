"""What a new time bank begins with; its members change it as they like."""

from django.utils.translation import gettext_noop as _

# Friendly name, division of ICATUS 2016 (UN Statistics Division, International Classification of
# Activities for Time-Use Statistics 2016, major divisions 1 to 9).
CATEGORIES = (
    (_("Company and a listening ear"), 7),
    (_("Rides and errands"), 5),
    (_("Shopping and cooking"), 5),
    (_("Home help and small repairs"), 5),
    (_("Garden and outdoors"), 5),
    (_("Looking after children"), 5),
    (_("Care and visits"), 5),
    (_("Computers and phones"), 5),
    (_("Forms, letters and languages"), 5),
    (_("Teaching and learning"), 6),
    (_("Music, art and craft"), 8),
    (_("Sport and moving together"), 8),
    (_("Health and wellbeing"), 9),
    (_("Running the community"), 7),
    (_("Other help"), 5),
)

RECOGNISED_KINDS = (
    (_("Raising children"), 4),
    (_("Caring for someone at home"), 4),
    (_("Keeping the street safe and clean"), 5),
    (_("Looking in on neighbors"), 7),
    (_("Keeping a home going"), 3),
)
