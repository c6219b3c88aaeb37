"""An offer or a request: a strength made available, or help asked for."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.strengths.models.folding import Folded, search_words
from alongside.timebank.models import Category


class ListingQuerySet(CommunityQuerySet):
    def open_on(self, day: date) -> Self:
        """Listings people may answer on `day`: neither closed, paused nor past their last day."""
        return self.filter(closed_at=None, paused_at=None, open_until__gte=day, membership__left_at=None)

    def past(self, day: date) -> Self:
        """Listings nobody has closed, whose last day lies before `day`."""
        return self.filter(closed_at=None, open_until__lt=day)

    def offers(self) -> Self:
        return self.filter(kind=Listing.Kind.OFFER)

    def requests(self) -> Self:
        return self.filter(kind=Listing.Kind.REQUEST)

    def of_person(self, person: Person) -> Self:
        return self.filter(membership__person=person)

    def with_people(self) -> Self:
        """Fetch whose it is and its category in the same query."""
        return self.select_related("membership__person", "category")

    def with_title(self) -> Self:
        """Fetch what one line says: what for, whose and since when. Anything else is one more question."""
        return self.select_related("membership__person").only("title", "made_at", "membership__person__name")

    def matching(self, text: str) -> Self:
        """Listings that hold every word of `text` in title, description, category or the person's name."""
        words = search_words(text)
        if not words:
            return self
        space = Value(" ")
        everything = Concat(
            "title", space, "description", space, "category__name", space, "membership__person__search_name",
            output_field=models.TextField(),
        )  # fmt: skip
        found = self.annotate(searched=Folded(everything))
        for word in words:
            found = found.filter(searched__contains=word)
        return found

    def with_time_in(self, packed: int) -> Self:
        """Listings that have time in one of these pieces of the week, or have not said when (rules.week)."""
        if not packed:
            return self
        return self.annotate(shared_time=F("week").bitand(packed)).filter(Q(shared_time__gt=0) | Q(week=0))

    def in_language(self, code: str) -> Self:
        """Listings by people who speak the language, or have not said which they speak."""
        return self.filter(Q(languages="") | Q(languages__contains=f" {code} ")) if code else self

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-id")


class Listing(CommunityModel):
    class Kind(models.TextChoices):
        OFFER = "offer", _("offer")
        REQUEST = "request", _("request")

    class Where(models.TextChoices):
        IN_PERSON = "in_person", _("face to face")
        REMOTE = "remote", _("by phone or computer")
        EITHER = "either", _("either way")

    class Urgency(models.TextChoices):
        WHENEVER = "whenever", _("no hurry")
        SOON = "soon", _("in the next few days")
        URGENT = "urgent", _("today or tomorrow")

    class Size(models.TextChoices):
        SMALL = "small", _("a small task, half an hour or less")
        VISIT = "visit", _("an hour or two")
        DAY = "day", _("half a day or longer")
        REGULAR = "regular", _("something regular")

    kind = models.CharField(max_length=7, choices=Kind)
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="listings")
    title = models.CharField(_("title"), max_length=100)
    description = models.TextField(_("more about it"), blank=True, max_length=2000)
    category = HouseForeignKey(Category, models.PROTECT, related_name="+")
    area = models.CharField(_("part of town"), max_length=80, blank=True)
    where = models.CharField(_("how"), max_length=9, choices=Where, default=Where.EITHER)
    urgency = models.CharField(_("how soon"), max_length=8, choices=Urgency, default=Urgency.WHENEVER)
    size = models.CharField(_("how big"), max_length=7, choices=Size, default=Size.VISIT)
    minutes = models.PositiveIntegerField(_("how long, about"), null=True, blank=True)
    # Pieces of the week, packed as in rules.week; 0 means not said.
    week = models.PositiveIntegerField(default=0)
    # Language codes with a space before and after each (" en es "); "" means not said.
    languages = models.CharField(max_length=120, blank=True)
    open_until = models.DateField(_("open until"))
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    # The last day on which the owner was told that it is about to end; once for each `open_until`.
    told_of_end_on = models.DateField(null=True, blank=True)
    # Made by the form that asked for it: the same form sent twice makes one listing.
    key = models.UUIDField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-made_at", "-id"], name="listing_newest_first"),
            models.Index(fields=["community", "membership"], name="listing_by_member"),
            models.Index(fields=["community", "open_until"], name="listing_by_last_day", condition=Q(closed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="listing_has_a_title"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=24 * 60), name="listing_within_a_day"
            ),
            models.CheckConstraint(condition=Q(week__lt=1 << 21), name="listing_week_has_21_pieces"),
            models.UniqueConstraint(fields=["community", "key"], name="listing_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person(self) -> Person:
        """Whose offer or request it is."""
        person: Person = self.membership.person
        return person

    @property
    def keyed_for_them(self) -> bool:
        """True when somebody else wrote it down for the member."""
        return bool(self.keyed_by_id != self.membership.person_id)

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split()

    def is_open_on(self, day: date) -> bool:
        """May people answer it on `day`?"""
        return bool(self.closed_at is None and self.paused_at is None and self.open_until >= day)
