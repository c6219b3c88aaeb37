"""Tell a person something, in their language and on their channel; take it back while it is quiet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import ngettext

from alongside.kernel import activity
from alongside.kernel.ids import new_id
from alongside.notices import kinds, rules
from alongside.notices.models import SUMMARY, Choice, Delivery, Notice, Way, chosen, chosen_by_all
from alongside.people.models import Community, Person

# A finished text, a lazy one, or a function that makes it in the language of the person it is for.
Words = str | Promise | Callable[[], str]

# An undo in the last moment is still on its way while its seconds run out.
_UNDO_ARRIVES_WITHIN = timedelta(seconds=2)

_STILL_HERE = [Delivery.State.WAITING, Delivery.State.GATHERING]


@transaction.atomic
def tell(
    *,
    person: Person,
    community: Community,
    kind: str,
    title: Words,
    body: Words = "",
    link: str = "",
    at: datetime,
    by_id: UUID | None = None,
    after_seconds: int = 0,
    key: str | None = None,
) -> Notice | None:
    """Put a notice on the person's page here, and send it out the way they chose.

    `kind`: as registered with `kinds.register`. `title`: one neutral line, fit for a locked screen.
    `link`: a path on this site. `key`: what it is about, such as "exchange-done:<id>"; the same
    person is told only once for a key. `after_seconds`: wait so long, because what it tells of
    may still be undone (`kernel.undo.SECONDS`). Lazy or callable words are made in the person's
    language and the community's time zone.
    Returns the notice (the first one, for a repeated key), or None when the person is erased.
    """
    person = person.merged_into or person
    if person.erased_at:
        return None
    notice, is_new = Notice.objects.get_or_create(
        community=community,
        person=person,
        key=key or str(new_id()),
        defaults={
            "kind": kinds.get(kind).name,
            "link": link,
            "made_at": at,
            "shown_from": at + _wait(after_seconds),
            **_in_their_words(person, community, title, body),
        },
    )
    if is_new:
        wanted = chosen(person, community.pk, notice.kind)
        if delivery := _delivery(notice, person, wanted):
            delivery.save(force_insert=True)
        activity.log(did="notices.told", about_what=notice, by_id=by_id, at=at)
    return notice


@dataclass(frozen=True)
class Letter:
    """What one of many is told; `body` as `tell` takes it."""

    person: Person
    body: Words = ""


@transaction.atomic
def tell_many(
    *,
    letters: Iterable[Letter],
    community: Community,
    kind: str,
    title: Words,
    key: str,
    at: datetime,
    link: str = "",
    by_id: UUID | None = None,
    after_seconds: int = 0,
) -> int:
    """Tell many people of the same thing, each in their own language and way, as `tell` would; return how many.

    The number of statements does not grow with the number of people. One activity entry is left for all of them.
    """
    shown_from, name = at + _wait(after_seconds), kinds.get(kind).name
    told = {(one.person.merged_into or one.person).pk: one for one in letters}
    told_before = set(Notice.objects.of(community).filter(key=key).values_list("person", flat=True))
    made: list[tuple[Notice, Person]] = []
    for one in told.values():
        person = one.person.merged_into or one.person
        if person.erased_at is None and person.pk not in told_before:
            words = _in_their_words(person, community, title, one.body)
            about = {"kind": name, "key": key, "link": link, "made_at": at, "shown_from": shown_from}
            made.append((Notice(community=community, person=person, **about, **words), person))
    Notice.objects.bulk_create([notice for notice, _person in made], ignore_conflicts=True)
    # Somebody else may have told one of them at this moment; the first notice stays.
    kept = set(Notice.objects.of(community).filter(key=key).values_list("pk", flat=True))
    wanted = chosen_by_all(community.pk, name)
    deliveries = [_delivery(notice, person, wanted(person)) for notice, person in made if notice.pk in kept]
    Delivery.objects.bulk_create([delivery for delivery in deliveries if delivery is not None])
    if deliveries:
        activity.log(did="notices.told_many", about_what=community, community_id=community.pk, by_id=by_id, at=at)
    return len(deliveries)


@transaction.atomic
def take_back(*, community: Community, key: str, at: datetime, by_id: UUID | None = None) -> int:
    """Withdraw all notices with this key that have not left the house; return how many.

    A notice that was already sent stays, for the person has read it.
    """
    notices = Notice.objects.of(community).filter(key=key)
    Delivery.objects.of(community).filter(notice__in=notices, state__in=_STILL_HERE).update(
        state=Delivery.State.STOPPED
    )
    gone_out = Delivery.objects.of(community).filter(notice__in=notices).exclude(state=Delivery.State.STOPPED)
    quiet = notices.exclude(pk__in=gone_out.values("notice"))
    count = len(quiet)
    quiet.delete()
    activity.log(did="notices.taken_back", about_what=community, community_id=community.pk, by_id=by_id, at=at)
    return count


@transaction.atomic
def summarise(*, person: Person, community: Community, day: date, at: datetime) -> Notice | None:
    """Put what waits for a person's daily summary into one e-mail; None when there is nothing or it is made."""
    waiting = list(
        Delivery.objects.of(community).gathering(at=at).filter(notice__person=person).select_related("notice")
    )
    key = f"summary:{day.isoformat()}"
    if not waiting or Notice.objects.of(community).filter(person=person, key=key).exists():
        return None
    with translation.override(person.language):
        title = ngettext("%(count)d notice from %(community)s", "%(count)d notices from %(community)s", len(waiting))
        title = title % {"count": len(waiting), "community": community.name}
    summary = Notice.objects.create(
        community=community,
        person=person,
        kind=SUMMARY,
        key=key,
        title=rules.one_line(title),
        body=_listed(delivery.notice for delivery in waiting),
        language=person.language,
        made_at=at,
        shown_from=at,
    )
    carrier = Delivery.objects.create(community=community, notice=summary, way=Way.EMAIL, next_try_at=at)
    Delivery.objects.of(community).filter(
        pk__in=[delivery.pk for delivery in waiting], state=Delivery.State.GATHERING
    ).update(state=Delivery.State.GATHERED, inside=carrier)
    activity.log(did="notices.summarised", about_what=summary, by_id=None, at=at)
    return summary


def _said(words: Words) -> str:
    return str(words() if callable(words) and not isinstance(words, Promise) else words)


def _listed(notices: Iterable[Notice]) -> str:
    parts = (f"{notice.title}\n{notice.body_outside}".strip() for notice in notices)
    return "\n\n".join(parts)


def _wait(after_seconds: int) -> timedelta:
    return timedelta(seconds=after_seconds) + _UNDO_ARRIVES_WITHIN if after_seconds else timedelta()


def _in_their_words(person: Person, community: Community, title: Words, body: Words) -> dict[str, str]:
    """The words of a notice in the person's language and the community's time zone."""
    with translation.override(person.language), timezone.override(community.time_zone):
        return {
            "title": rules.one_line(_said(title)),
            "body": rules.clean(_said(body)),
            "language": person.language,
        }


def _delivery(notice: Notice, person: Person, wanted: Choice.When) -> Delivery | None:
    """How a notice goes out, not yet saved; None when it stays on the person's page."""
    way = rules.way_out(
        preferred=person.preferred_channel,
        can_sign_in=person.last_login is not None,
        email=person.contact_email,
        phone=person.phone or person.other_phone,
        address=person.address,
    )
    if kinds.get(notice.kind).discreet:
        way = Way.EMAIL if way is not None and person.email else None
    if way is None:
        return None
    state = Delivery.State.WAITING
    if not kinds.get(notice.kind).essential:
        if wanted == Choice.When.NEVER:
            return None
        if wanted == Choice.When.DAILY and way == Way.EMAIL:
            state = Delivery.State.GATHERING
    return Delivery(
        community_id=notice.community_id, notice=notice, way=way, state=state, next_try_at=notice.shown_from
    )
