"""One Person for everybody. Nobody is a "user" or "staff": people hold roles in a community."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import clean_text, folded
from alongside.people.rules.ages import acts_alone


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, *, name: str, email: str | None = None, **fields: Any) -> "Person":
        """Make a person who cannot sign in by password until they choose one."""
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.rename(name)
        person.set_unusable_password()
        person.save()
        return person


class Person(AbstractBaseUser):
    class PreferredChannel(models.TextChoices):
        IN_APP = "in_app", _("here on this site")
        EMAIL = "email", _("by e-mail")
        TEXT = "text", _("by text message")
        PHONE = "phone", _("by phone call")
        LETTER = "letter", _("by letter")

    class Gender(models.TextChoices):
        FEMALE = "female", _("woman")
        MALE = "male", _("man")
        OTHER = "other", _("another way")
        NOT_SAID = "", _("rather not say")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    # The name without accents and case, so that "zoe" finds "Zoë".
    search_name = models.CharField(max_length=360, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    # An address to write to that does not sign this person in: nobody has shown that it is theirs.
    unproved_email = models.EmailField(_("e-mail, not confirmed"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    other_phone = models.CharField(_("other phone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    preferred_channel = models.CharField(
        _("how to reach me"), max_length=10, choices=PreferredChannel, default=PreferredChannel.IN_APP
    )
    made_at = models.DateTimeField(auto_now_add=True)
    # Erased people stay as an empty row, so that the books of others keep balancing.
    erased_at = models.DateTimeField(null=True, editable=False)
    # A record found to be the same human being as another points there and is used no more.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_is_theirs_alone"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=False) | ~models.Q(name=""), name="person_has_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    name="",
                    search_name="",
                    email=None,
                    unproved_email="",
                    phone="",
                    other_phone="",
                    address="",
                    born_on=None,
                    gender="",
                ),
                name="person_erased_means_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Former member")

    def rename(self, name: str) -> None:
        """Set the name and the form of it that search uses; the caller saves."""
        self.name = clean_text(name, max_length=120)
        self.search_name = folded(self.name)[:360]

    @property
    def contact_email(self) -> str:
        """The address to write to, confirmed or not; "" when there is none."""
        return self.email or self.unproved_email

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """May sign in: neither erased nor merged into another record."""
        return self.erased_at is None and self.merged_into_id is None

    def acts_alone(self, day: date) -> bool:
        """True from 18 on; younger people act through an adult of their household."""
        return acts_alone(self.born_on, day)

    def is_kept_by(self, community_id: UUID) -> bool:
        """True when a community's coordinators look after this record, because nobody else does.

        The person has never signed in and has no place in any other community.
        """
        if self.last_login is not None or not self.is_active:
            return False
        memberships = self.memberships.all()
        return not memberships.exclude(community_id=community_id).exists()

    merged_into_id: UUID | None
