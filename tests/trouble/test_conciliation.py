"""In a conciliation several act at once: seats are drawn once, and one version is put forward."""

from functools import partial
from typing import Any

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Conciliation, Conciliator, ProgressNote, Version
from alongside.decisions.tests.conciliation import SOON, drawn, seated, split, willing, written
from alongside.decisions.tests.voting import LATER, scene, voted
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.notices.models import Notice
from tests.trouble.test_trouble import at_once

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def test_facilitators_and_the_clock_draw_at_once_and_seats_are_drawn_once():
    place = scene()
    round_ = split(place)
    willing(round_, *place.everybody)
    drawing: list[Any] = [partial(actions.draw_seats, conciliation=round_, by=None, at=SOON) for _who in range(4)]

    results = at_once(drawing)

    assert sum(isinstance(one, Conciliation) for one in results) == 1
    assert sum(isinstance(one, SomeoneElseWasFaster) for one in results) == 3
    assert Conciliator.objects.filter(is_seated=True).count() == 6
    assert Notice.objects.filter(key=f"conciliation:{round_.pk}:seated").count() == 6


def test_everybody_agrees_at_once_and_one_version_is_put_forward():
    place = scene()
    round_ = drawn(place, uses=3, provides=3)
    seats = [one.membership for side in ("uses", "provides") for one in seated(round_, side)]
    draft = written(round_, seats[0])

    results = at_once(
        partial(
            actions.agree_to_words, conciliation=round_, membership=member, seen=draft.changed_at, by=member.person,
            at=SOON,
        )
        for member in seats
    )  # fmt: skip

    assert sum(isinstance(one, Version) for one in results) == 1
    assert Version.objects.filter(proposal=round_.proposal_id).count() == 2
    assert {type(one) for one in results} <= {Version, type(None), actions.NotSeated}


def test_an_agreement_that_meets_a_changed_word_is_for_these_words_or_refused():
    place = scene()
    round_ = drawn(place, uses=1, provides=1)
    uma, pia = (seated(round_, side)[0].membership for side in ("uses", "provides"))
    draft = written(round_, uma)
    actions.agree_to_words(conciliation=round_, membership=uma, seen=draft.changed_at, by=uma.person, at=SOON)

    def change() -> Any:
        return actions.save_draft(
            proposal=round_.proposal, words={"text": "Never."}, seen=draft.changed_at, by=uma.person, at=LATER
        )

    agree = partial(
        actions.agree_to_words, conciliation=round_, membership=pia, seen=draft.changed_at, by=pia.person, at=SOON
    )
    results = at_once([change, agree])

    assert sum(isinstance(one, SomeoneElseWasFaster) for one in results) == 1
    assert not Version.objects.filter(text="Never.").exists()


def test_what_is_done_is_done_once_however_often_it_is_pressed():
    place = scene()
    owner = place.sides["uses"][1]
    decision = voted(place, "yyyyyn", "yyyyyn", owner=owner)

    results = at_once(
        partial(
            actions.note_progress, decision=decision, membership=owner, step="done", text="Done.", by=owner.person,
            at=SOON, key=new_id(),
        )
        for _press in range(5)
    )  # fmt: skip

    assert sum(isinstance(one, ProgressNote) for one in results) == 1
    assert sum(isinstance(one, actions.NothingToSeeTo) for one in results) == 4
