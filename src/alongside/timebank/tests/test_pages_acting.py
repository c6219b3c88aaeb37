"""The pages of somebody's hours, seen and used by a helper they have named."""

from datetime import timedelta

import pytest

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.acting import SESSION_KEY
from alongside.people.tests.factories import community, person_in
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, RecognisedKind, RecognisedWork, Transfer
from alongside.timebank.tests.factories import DAY, NOON, any_category, balance, pay, pot_of
from alongside.timebank.tests.pages import browser, key, text_of, url

pytestmark = pytest.mark.django_db


def helped_by(*abilities):
    """Thea, who has named Dana for `abilities`; and a browser in which Dana acts for her by phone."""
    town = community()
    timebank.open_time_bank(community=town, by=None, at=NOON)
    thea, dana = person_in(town, "Thea"), person_in(town, "Dana")
    people.let_act(
        membership=thea, helper=dana, abilities=list(abilities), consent_how=Channel.WEB, by=thea.person, at=now(),
        expires_on=now().date() + timedelta(days=30),
    )  # fmt: skip
    accounts = [timebank.account_of(community=town, person=each.person, by=None, at=NOON) for each in (thea, dana)]
    client = browser(dana.person)
    session = client.session
    session[SESSION_KEY] = {"membership": str(thea.pk), "channel": Channel.PHONE.value}
    session.save()
    return [*accounts, client]


def test_a_helper_sees_the_hours_they_were_let_see():
    thea, dana, client = helped_by("timebank.see")
    pay(thea, dana, 60)

    page = text_of(client.get(url("home", thea.community)))

    assert "Hours of Thea" in page
    assert "Thea received 1 hour" in page
    assert client.get(url("account", thea.community, thea.pk)).status_code == 200


def test_a_helper_without_leave_does_not():
    thea, _dana, client = helped_by("timebank.note")

    assert client.get(url("home", thea.community)).status_code == 403
    assert client.get(url("account", thea.community, thea.pk)).status_code == 403


def test_a_gift_made_for_somebody_comes_from_their_hours_and_says_who_made_it():
    thea, dana, client = helped_by("timebank.give")
    data = {"payer": thea.pk, "payee": pot_of(thea.community).pk, "minutes": "1", "key": key()}

    client.post(url("give", thea.community), data)
    client.post(url("give", thea.community), {**data, "payer": dana.pk, "key": key()})

    gift = Transfer.objects.of(thea.community).get()
    assert (gift.by, gift.on_behalf_of, gift.channel) == (dana.person, thea.person, Channel.PHONE)
    assert (balance(thea), balance(dana)) == (-60, 0)


def test_thanks_and_recognised_work_are_written_down_for_somebody():
    thea, dana, client = helped_by("timebank.see", "timebank.note")
    told = pay(thea, dana, 60, category=any_category(thea.community))
    kind = RecognisedKind.objects.of(thea.community).earliest("name")

    client.post(url("thank", thea.community, told.pk), {"words": "So kind"})
    client.post(
        url("recognised", thea.community),
        {"kind": kind.pk, "minutes": "1", "done_on": str(DAY), "words": "", "key": key()},
    )

    told.refresh_from_db()
    assert told.note.thanked_by == thea.person
    assert [work.person for work in RecognisedWork.objects.of(thea.community)] == [thea.person]


def test_a_helper_of_one_person_sees_no_account_of_another():
    thea, _dana, client = helped_by("timebank.see")
    other = person_in(thea.community, "Otto")
    account = timebank.account_of(community=thea.community, person=other.person, by=None, at=NOON)

    assert client.get(url("account", thea.community, account.pk)).status_code == 403
    assert Account.objects.of(thea.community).count() == 5
