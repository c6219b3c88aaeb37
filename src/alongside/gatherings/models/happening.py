"""What a series and a single gathering have in common."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.models.places import Place
from alongside.people.models import CommunityModel, Group, HouseForeignKey, Person

FEWEST_MINUTES, MOST_MINUTES = 5, 24 * 60


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody, also people who do not belong here")
    MEMBERS = "members", _("everybody in this community")
    GROUP = "group", _("the people of one group alone")


class SignUp(models.TextChoices):
    OPEN = "open", _("people sign up themselves")
    COORDINATOR = "coordinator", _("a coordinator signs people up")
    NONE = "none", _("nobody signs up: people just come")


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    CALLED_OFF = "called_off", _("called off")


class Happening(CommunityModel):
    """Words, ways there and for whom; a gathering keeps its own copy, so that one may differ from its series."""

    title = models.CharField(max_length=120)
    # The title without accents and case, to find it by.
    search_title = models.CharField(max_length=360, blank=True, editable=False)
    about = models.TextField(max_length=2000, blank=True)
    minutes = models.PositiveIntegerField()
    # The group it is for; none: the whole community.
    group = HouseForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    sign_up = models.CharField(max_length=12, choices=SignUp, default=SignUp.OPEN)
    place = HouseForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    online = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    # By which a room above recognises its own; this room never reads them.
    for_room = models.CharField(max_length=40, blank=True)
    for_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    called_off_why = models.CharField(max_length=500, blank=True)
    # Grows with every change that calendars must hear of.
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Of the form it was made with: sent twice, it makes one. Gatherings of a series have none.
    key = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_called_off(self) -> bool:
        return self.state == State.CALLED_OFF

    @property
    def uid(self) -> str:
        """The name by which calendars know it for good."""
        return f"{self.pk}@alongside"


def called_off_says_why() -> Q:
    """A condition: what is called off says why, and nothing else does."""
    return Q(state="planned", called_off_why="") | (Q(state="called_off") & ~Q(called_off_why=""))


def shown_to_somebody() -> Q:
    """A condition: what is for a group alone names the group."""
    return Q(visibility__in=["public", "members"]) | Q(visibility="group", group__isnull=False)


def has_a_length() -> Q:
    return Q(minutes__gte=FEWEST_MINUTES, minutes__lte=MOST_MINUTES)
