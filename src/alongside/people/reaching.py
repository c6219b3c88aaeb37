"""Who can be asked on a screen at all, and who hears only by voice and on paper."""

from collections.abc import Collection

from allauth.account.models import EmailAddress

from alongside.people.models import Person


def have_no_screen(people: Collection[Person]) -> bool:
    """True when there is somebody to ask, and none of them can be asked on a screen.

    A screen is a way in that was used, or an e-mail address shown to be theirs. An address that
    somebody else wrote down is none: nobody knows whether it arrives.
    """
    if any(person.last_login for person in people):
        return False
    proved = EmailAddress.objects.filter(user__in=[person.pk for person in people], verified=True)
    return bool(people) and not proved.exists()
