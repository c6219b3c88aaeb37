"""One of each thing of rotas, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now, today
from alongside.kernel.ids import new_id
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions as programs
from alongside.rota import actions
from alongside.rota.models import Assignment, Duty, Rota
from alongside.rota.tests.scenes import program_with_rota, stands
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import Check, CheckKind
from tests.support.cast import Town

NEEDED = ("Induction", "Background check")


def rota_things(town: Town) -> dict[str, Any]:
    """Thea and Rosa share the duties of a nursery; Thea looks for somebody for hers, and asks Rosa."""
    thea, rosa = town.members["themself"], person_in(town.community, "Rosa")
    cora = person_in(town.community, "Cora who keeps rotas", roles=[Role.COORDINATOR])
    program = program_with_rota(cora, now(), says={"ratio": None, "most_a_week": None, "spacing": None})
    for member in (thea, rosa):
        programs.enrol(program=program, membership=member, by=member.person, at=now())
        for kind in _kinds(town):
            if Check.objects.of(town.community).standing().filter(person=member.person, kind=kind).exists():
                continue
            safeguarding.write_check(membership=member, kind=kind, seen_on=today(), by=cora.person, at=now())
    said: dict[str, Any] = {"by": cora.person, "at": now()}
    first = today() + timedelta(days=7 - today().weekday())
    rota = actions.make_rota(program=program, first_day=first, last_day=first + timedelta(days=4), key=new_id(), **said)
    duty, other = list(Duty.objects.on(rota).in_order())[:2]
    mine = _on(rota, duty, thea, said)
    _on(rota, other, rosa, said)
    for place, each in enumerate(list(Duty.objects.on(rota).in_order())[2:]):
        _on(rota, each, (thea, rosa)[place % 2], said)
    rota = actions.publish(rota=stands(rota), **said)
    theirs = Assignment.objects.on(rota).by(rosa).with_people().in_order()[0]
    swaps = [_asked(rota, one, of, by) for one, of, by in ((mine, None, thea), (theirs, thea, rosa))]
    away = actions.add_away(
        membership=thea, first_day=today(), last_day=today(), by=thea.person, at=now(), key=new_id()
    )
    wish = actions.say_wish(
        membership=thea, program=program, weekday=1, duty="", how="rather_not", by=thea.person, at=now()
    )
    closed = actions.close_day(program=program, day=first + timedelta(days=14), why="", **said)
    free = actions.exempt(
        program=program, family_key=f"m:{rosa.pk}", first_day=first, last_day=first, reason="x", key=new_id(), **said
    )
    return {
        "rota_id": rota.pk,
        "duty_id": duty.pk,
        "assignment_id": mine.pk,
        "swap_id": swaps[0].pk,
        **{f"rota:{name}.swap_id": swaps[1].pk for name in ("decline_swap", "offer_exchange")},
        "away_id": away.pk,
        "closed_id": closed.pk,
        "exemption_id": free.pk,
        "rota:take_wish_back.wish_id": wish.pk,
        **{f"rota:{name}.program_id": program.pk for name in _OF_PROGRAM},
        **{f"rota:{name}.membership_id": thea.pk for name in ("family", "pattern", "exempt")},
    }


_OF_PROGRAM = ("make", "say_wish", "ledger", "my_family", "family", "pattern", "exempt")


def _kinds(town: Town) -> list[CheckKind]:
    """The kinds that the design asks for, named where the community has none of that name."""
    there = {kind.name: kind for kind in CheckKind.objects.of(town.community).in_use()}
    told: dict[str, Any] = {"kind": "induction", "months": None, "needed": 1}
    return [
        there.get(name) or safeguarding.add_kind(community=town.community, name=name, by=None, at=now(), **told)
        for name in NEEDED
    ]


def _on(rota: Rota, duty: Duty, member: Any, said: dict[str, Any]) -> Assignment:
    duty.rota, duty.community = stands(rota), rota.community
    return actions.place(duty=duty, membership=member, despite_rules=True, **said)


def _asked(rota: Rota, one: Assignment, of: Any, by: Any) -> Any:
    one.community, one.duty.community, one.duty.rota = rota.community, rota.community, stands(rota)
    return actions.ask_swap(assignment=one, asked_of=of, by=by.person, at=now(), key=new_id(), takes_back=True)
