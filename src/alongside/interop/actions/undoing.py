"""Taking an import back: hours are reversed, listings closed, and people nobody has met yet are let go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from alongside.interop.actions.moving import Report, silent
from alongside.interop.actions.reading import Holds
from alongside.interop.models import Import, ImportedRow
from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people import actions as people
from alongside.people.models import BodyMember, CommunityQuerySet, Membership, Person, Role, RoleHeld
from alongside.people.models.membership import MembershipQuerySet
from alongside.strengths.models import Listing
from alongside.timebank import actions as timebank
from alongside.timebank.models import Transfer

# Hours of people who take part; sessions and duties are credited as grants.
SINCE = (Transfer.Kind.EXCHANGE, Transfer.Kind.GIFT, Transfer.Kind.GRANT)


class NotMovedIn(Refusal):
    """Only what has moved in can be undone; `state` says where the import stands."""

    def __init__(self, *, state: str) -> None:
        super().__init__(state)
        self.state = state


def undo_import(*, moved: Import, by: Person, at: datetime, report: Report = silent) -> Import:
    """Take back what an import brought: reverse its hours, close its listings, let its people go.

    People who have signed in, given or got hours since, taken on more than taking part, or belong elsewhere stay,
    and so do those who were here before, also under a record that was joined with one of these. The same files
    may be moved in again afterwards. Raises NotMovedIn, or timebank.AccountClosed when somebody's account has
    been closed since.
    """
    rows = ImportedRow.objects.of(moved.community).filter(source=moved)
    report(0, 1, "")
    with transaction.atomic():
        claimed = Import.objects.of(moved.community).filter(pk=moved.pk, state=Import.State.MOVED_IN)
        if not claimed.update(state=Import.State.UNDONE, undone_at=at, undone_by=by):
            moved.refresh_from_db()
            raise NotMovedIn(state=moved.state)
        _reverse_hours(moved, by, at)
        listings = rows.filter(holds=Holds.POSTS).values("became_id")
        Listing.objects.of(moved.community).filter(pk__in=listings, closed_at=None).update(closed_at=at)
        moved.refresh_from_db()
        moved.report |= {"stayed": _let_people_go(moved, by, at)}
        moved.save(update_fields=["report"])
        rows.exclude(holds=Holds.MEMBERS).delete()
        activity.log(did="interop.import_undone", about_what=moved, by_id=by.pk, at=at)
    return moved


def _reverse_hours(moved: Import, by: Person, at: datetime) -> None:
    ids = moved.rows.filter(holds=Holds.TRANSFERS).values("became_id")
    transfers = Transfer.objects.of(moved.community).filter(pk__in=ids)
    timebank.reverse_all(
        transfers=list(transfers.select_related("payer__community", "payee", "category").order_by("posted_at", "id")),
        reason=gettext("What was moved in was taken back"),
        by=by,
        at=at,
        key=f"{moved.pk}:undo",
    )


def _let_people_go(moved: Import, by: Person, at: datetime) -> int:
    """Erase the people who came with the import and nothing else; returns how many stay."""
    made = moved.rows.filter(holds=Holds.MEMBERS, made_here=True).values("became_id")
    came = Membership.objects.of(moved.community).filter(pk__in=made, left_at=None)
    staying = _have_begun(moved, came)
    for membership in came.exclude(person__in=staying).select_related("person"):
        people.erase_person(person=membership.person, by=by, at=at)
    return len(staying)


def _have_begun(moved: Import, came: MembershipQuerySet) -> set[UUID]:
    """Those who have signed in, had hours since, come to another community too, taken on a role, or a child's care,
    and those whose record holds that of somebody who did not come with this import.

    Nobody ends a role by way of an import that is not theirs to end.
    """
    persons = Person.objects.filter(memberships__in=came)
    brought = moved.rows.filter(holds=Holds.TRANSFERS).values("became_id")
    own = Transfer.objects.of(moved.community).filter(kind__in=SINCE).exclude(pk__in=brought)
    roles = RoleHeld.objects.of(moved.community).filter(ended_at=None).exclude(role=Role.PARTICIPANT)
    begun = persons.filter(
        Q(last_login__isnull=False)
        | Q(pk__in=roles.values("membership__person"))
        | Q(pk__in=own.values("payer__person"))
        | Q(pk__in=own.values("payee__person"))
        | Q(pk__in=_adults_of_children(moved).values("membership__person"))
        | Q(pk__in=_joined_with_others(moved).values("merged_into__person"))
        | Q(pk__in=Membership.objects.exclude(community=moved.community).values("person"))
    )
    return set(begun.values_list("pk", flat=True))


def _joined_with_others(moved: Import) -> MembershipQuerySet:
    """Records that did not come with this import, and were found to be one with another."""
    made = moved.rows.filter(holds=Holds.MEMBERS, made_here=True).values("became_id")
    return Membership.objects.of(moved.community).exclude(merged_into=None).exclude(pk__in=made)


def _adults_of_children(moved: Import) -> CommunityQuerySet:
    """Adults of an open household to which children belong."""
    places = BodyMember.objects.of(moved.community).filter(household__closed_at=None)
    homes = places.filter(part=BodyMember.Part.CHILD).values("household")
    return places.filter(part=BodyMember.Part.ADULT, household__in=homes)
