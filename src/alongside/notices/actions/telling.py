"""Tell a person something, in their language and on their channel; take it back while it is quiet."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import ngettext

from alongside.kernel import activity
from alongside.kernel.ids import new_id
from alongside.notices import kinds, rules
from alongside.notices.models import SUMMARY, Choice, Delivery, Notice, Way, chosen
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
    wait = timedelta(seconds=after_seconds) + _UNDO_ARRIVES_WITHIN if after_seconds else timedelta()
    with translation.override(person.language), timezone.override(community.time_zone):
        title_text, body_text = rules.one_line(_said(title)), rules.clean(_said(body))
    notice, is_new = Notice.objects.get_or_create(
        community=community,
        person=person,
        key=key or str(new_id()),
        defaults={
            "kind": kinds.get(kind).name,
            "title": title_text,
            "body": body_text,
            "link": link,
            "language": person.language,
            "made_at": at,
            "shown_from": at + wait,
        },
    )
    if is_new:
        _send_out(notice)
        activity.log(did="notices.told", about_what=notice, by_id=by_id, at=at)
    return notice


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


def _send_out(notice: Notice) -> None:
    person = notice.person
    way = rules.way_out(
        preferred=person.preferred_channel,
        can_sign_in=person.last_login is not None,
        email=person.contact_email,
        phone=person.phone or person.other_phone,
        address=person.address,
    )
    if way is None:
        return
    state = Delivery.State.WAITING
    if not kinds.get(notice.kind).essential:
        when = chosen(person, notice.community_id, notice.kind)
        if when == Choice.When.NEVER:
            return
        if when == Choice.When.DAILY and way == Way.EMAIL:
            state = Delivery.State.GATHERING
    Delivery.objects.create(
        community_id=notice.community_id, notice=notice, way=way, state=state, next_try_at=notice.shown_from
    )
