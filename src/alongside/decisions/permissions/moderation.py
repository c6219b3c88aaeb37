"""Who may take words from view, and who decides an appeal: never whoever said them, and never the same person twice."""

from datetime import date

import rules

from alongside.decisions.models import Author, Contribution, ModerationEntry
from alongside.decisions.permissions.proposals import sides_of_each
from alongside.kernel.clock import today
from alongside.people.models import Membership, Role
from alongside.people.permissions import Standing, belongs, is_coordinator, keeps_the_books, sees_people


def moderators_of(said: Contribution, *, on: date) -> list[Membership]:
    """Coordinators who may take these words from view: not who said them, nor an author of what they are about.

    Where every coordinator is an author, authors may: otherwise nobody could.
    """
    here = Membership.objects.of(said.community).current().select_related("person")
    others = here.holding(Role.COORDINATOR, on=on).exclude(pk=said.membership_id)
    return _rather_no_author(list(others), said)


def deciders_of(entry: ModerationEntry, *, on: date) -> list[Membership]:
    """Coordinators and stewards who may decide an appeal: not who hid the words, nor who said them.

    Authors of what the words are about only where there is nobody else; of the rest those with a side
    that whoever hid the words does not have, where there is one.
    """
    said = entry.contribution
    if said is None:
        return []
    here = Membership.objects.of(entry.community).current().select_related("person")
    keepers = here.holding(Role.COORDINATOR, Role.STEWARD, on=on)
    left = list(keepers.exclude(pk__in=[said.membership_id, entry.moderator_id]))
    others = _rather_no_author(left, said)
    asked = [*others, entry.moderator]
    for each in asked:
        each.community = entry.community
    sides = sides_of_each(asked, on=on)
    theirs = set(sides[entry.moderator_id]) if entry.moderator.left_at is None else set()
    of_another_side = [each for each in others if not theirs.intersection(sides[each.pk])]
    return of_another_side or others


def _rather_no_author(people: list[Membership], said: Contribution) -> list[Membership]:
    authors = Author.objects.filter(community=said.community_id, proposal=said.proposal_id)
    ids = set(authors.values_list("membership_id", flat=True))
    return [each for each in people if each.pk not in ids] or people


@rules.predicate
def may_take_these_from_view(standing: Standing, said: Contribution | None = None) -> bool:
    return said is None or standing.membership in moderators_of(said, on=today())


@rules.predicate
def said_it(standing: Standing, entry: ModerationEntry | None = None) -> bool:
    if entry is None:
        return True
    return entry.contribution is not None and entry.contribution.membership_id == standing.membership.pk


@rules.predicate
def decides_this_appeal(standing: Standing, entry: ModerationEntry | None = None) -> bool:
    if entry is None:
        return True
    said = entry.contribution
    if said is None or standing.membership.pk in (said.membership_id, entry.moderator_id):
        return False
    return standing.membership in deciders_of(entry, on=today())


rules.add_perm("decisions.see_moderation", belongs)
rules.add_perm("decisions.moderate", is_coordinator & may_take_these_from_view)
rules.add_perm("decisions.appeal", sees_people & (said_it | is_coordinator))
rules.add_perm("decisions.decide_appeal", keeps_the_books & decides_this_appeal)
