"""Writing down what a person can share, would like to learn, and what matters to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Membership, Person
from alongside.strengths.models import Strength, StrengthsProfile
from alongside.strengths.rules.pictures import BY_CODE, Section


@dataclass(frozen=True)
class Answer:
    """What stands in one section: codes of pictures, and lines in the person's own words."""

    pictures: Sequence[str] = ()
    words: Sequence[str] = ()


@transaction.atomic
def save_profile(
    *,
    membership: Membership,
    answers: Mapping[Section, Answer],
    by: Person,
    at: datetime,
    shown_to: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> StrengthsProfile:
    """Replace the sections in `answers` and leave the others alone; nothing is compulsory.

    `shown_to`: a StrengthsProfile.ShownTo, or "" to leave it as it is. Pictures that do not belong
    to their section are dropped; so are lines without words.
    """
    profile: StrengthsProfile
    profile, _made = StrengthsProfile.objects.of(membership.community).get_or_create(
        membership=membership, community=membership.community, defaults={"changed_at": at}
    )
    profile.changed_at = at
    profile.shown_to = shown_to or profile.shown_to
    profile.save(update_fields=["changed_at", "shown_to"])
    for section, answer in answers.items():
        _replace(profile, section, answer)
    activity.log(
        did="strengths.described",
        about_what=profile,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        channel=channel,
    )
    return profile


def _replace(profile: StrengthsProfile, section: Section, answer: Answer) -> None:
    pictures = [code for code in answer.pictures if code in BY_CODE and BY_CODE[code].section == section]
    lines = [line.strip()[:140] for line in answer.words if line.strip()]
    chosen = [("", line) for line in dict.fromkeys(lines)] + [(code, "") for code in dict.fromkeys(pictures)]
    Strength.objects.of(profile.community).filter(profile=profile, section=section).delete()
    Strength.objects.bulk_create(
        Strength(
            community=profile.community, profile=profile, section=section, place=place, picture=picture, words=words
        )
        for place, (picture, words) in enumerate(chosen)
    )
