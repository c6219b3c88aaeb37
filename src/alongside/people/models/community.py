"""The tenant: a time bank, a clinic's program, a school, a neighborhood."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id


class Community(models.Model):
    class JoinPolicy(models.TextChoices):
        ASK = "ask", _("people ask, and a coordinator answers")
        INVITED = "invited", _("by invitation only")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    about = models.TextField(_("what it is for"), blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London")
    join_policy = models.CharField(max_length=10, choices=JoinPolicy, default=JoinPolicy.ASK)
    contact_phone = models.CharField(_("phone for members"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail for members"), blank=True)
    # A made-up community says so on every page, and only there may sign-in links be printed.
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="community_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment where the community lives."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()
