"""The things, or people, among which a vote chooses."""

from django.db import models
from django.db.models import Q

from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership


class OptionQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> "OptionQuerySet":
        """The options of a decision as they are numbered on the ballot."""
        return (
            self.filter(community=decision.community_id, decision=decision)
            .select_related("membership__person")
            .order_by("number")
        )


class Option(CommunityModel):
    """One thing, or person, that can be chosen in a vote. It never changes once voting is open."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="options")
    # As on the ballot, from 1.
    number = models.PositiveSmallIntegerField()
    # Empty for a person, who is called by their present name.
    name = models.CharField(max_length=120, blank=True)
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    # The side that elects this person.
    side = models.CharField(max_length=10, choices=Side, blank=True)
    # Minutes, or whole units of money; 0 where nothing is paid for.
    cost = models.PositiveIntegerField(default=0)

    objects = OptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=24), name="option_numbers_fit_a_ballot"),
            models.CheckConstraint(
                condition=(~Q(name="") & Q(membership=None, side=""))
                | (Q(name="", membership__isnull=False) & ~Q(side="")),
                name="option_is_a_thing_or_a_person_of_a_side",
            ),
            models.UniqueConstraint(fields=["community", "decision", "number"], name="option_number_is_its_own"),
            models.UniqueConstraint(
                fields=["community", "decision", "name"], condition=~Q(name=""), name="option_stands_there_once"
            ),
            models.UniqueConstraint(
                fields=["community", "decision", "membership"],
                condition=Q(membership__isnull=False),
                name="option_person_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.membership.person)
