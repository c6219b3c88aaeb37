"""What is open in Millbrook today: offers, requests, exchanges on their way, people at the door."""

from datetime import datetime, timedelta

from django.db.models import F

from alongside.kernel.channels import Channel
from alongside.notices.models import Delivery, Notice
from alongside.people import actions as people
from alongside.people.models import Community, Person
from alongside.strengths import actions as strengths
from alongside.strengths.models import Exchange, Listing
from alongside.strengths.rules.steps import Step
from alongside.timebank import actions as timebank
from alongside.timebank import own_case
from alongside.timebank.models import RecognisedKind, Transfer
from alongside.web.demo import cast
from alongside.web.demo.history import Town

LISTINGS = 90


def put_up_listings(town: Town, *, at: datetime) -> None:
    """Offers and requests of the last two months; a few for people who are never online."""
    cora = town.by_name["Cora Lindqvist"].person
    for count in range(LISTINGS):
        title, note, category, _weight = cast.DEEDS[count % len(cast.DEEDS)]
        character = town.chance.choice([c for c in town.characters if c.name in town.accounts])
        membership = town.by_name[character.name]
        made = at - timedelta(days=town.chance.randint(0, 60), hours=town.chance.randint(1, 9))
        kind = Listing.Kind.OFFER if town.chance.random() < 0.6 else Listing.Kind.REQUEST
        way = town.chance.choice(list(Listing.Where.values))
        minutes = town.chance.choice([None, 30, 60, 120])
        strengths.put_up(
            membership=membership,
            kind=kind,
            by=membership.person if character.goes_online else cora,
            at=made,
            key=town.key("listing", count),
            channel=Channel.WEB if character.goes_online else Channel.PHONE,
            on_behalf_of=None if character.goes_online else membership.person,
            title=title,
            description=note,
            category=town.categories[category - 1],
            area=town.chance.choice([*cast.AREAS, ""]),
            where=way if category in cast.FROM_AFAR else Listing.Where.IN_PERSON,
            urgency=town.chance.choice(["whenever", "whenever", "soon", "urgent"]) if kind == "request" else "whenever",
            size=Listing.Size.SMALL if minutes == 30 else Listing.Size.VISIT,
            minutes=minutes,
            week=town.chance.choice([0, 0, 0b111, 0b101010]),
            languages=f" {' '.join(character.speaks)} " if len(character.speaks) > 1 else "",
            open_until=(made + timedelta(days=town.chance.choice([63, 90, 120]))).date(),
        )


def let_letters_rest(community: Community) -> None:
    """What was told during the history was read and carried long ago."""
    Notice.objects.of(community).update(read_at=F("made_at"))
    Delivery.objects.of(community).delete()


def begin_exchanges(town: Town, *, at: datetime) -> None:
    """Exchanges in every state between asked for and settled."""
    amina, ben, cora = "Amina Yusuf", "Ben Okafor", town.by_name["Cora Lindqvist"].person
    _propose(town, "Lucía Romero", amina, at - timedelta(hours=5), days=3, deed=9)
    _propose(town, amina, "Hanna Weiss", at - timedelta(days=1), days=5, deed=15)
    arranged = _propose(town, ben, amina, at - timedelta(days=3), days=5, deed=5)
    _step(arranged, Step.AGREE, town.by_name[ben].person, at - timedelta(days=2))
    turned_down = _propose(town, "Joon Park", ben, at - timedelta(days=6), days=8, deed=10)
    _step(
        turned_down,
        Step.DECLINE,
        town.by_name["Joon Park"].person,
        at - timedelta(days=5),
        reason="I am away that week.",
    )
    _record(town, amina, "Grace Osei", 90, 8, at - timedelta(days=1))
    _record(town, "Tomás Herrera", "Amina Yusuf", 60, 11, at - timedelta(hours=20))
    disputed = _record(town, ben, "Joon Park", 240, 4, at - timedelta(days=4))
    _step(
        disputed,
        Step.DISPUTE,
        town.by_name["Joon Park"].person,
        at - timedelta(days=3),
        reason="I remember two hours, not four.",
    )
    disputed.refresh_from_db()
    _step(disputed, Step.NAME_MEDIATOR, cora, at - timedelta(days=2), mediator=town.by_name["Stella Marsh"].person)


def _propose(town: Town, giver: str, receiver: str, at: datetime, *, days: int, deed: int) -> Exchange:
    _title, note, category, _weight = cast.DEEDS[deed]
    return strengths.propose(
        giver=town.accounts[giver],
        receiver=town.accounts[receiver],
        minutes=60,
        category=town.categories[category - 1],
        helped_on=(at + timedelta(days=days)).date(),
        by=town.by_name[receiver].person,
        at=at,
        key=town.key("proposal", giver, receiver),
        note=note,
    ).exchange


def _record(town: Town, giver: str, receiver: str, minutes: int, category: int, at: datetime) -> Exchange:
    return strengths.record_exchange(
        giver=town.accounts[giver],
        receiver=town.accounts[receiver],
        minutes=minutes,
        category=town.categories[category - 1],
        helped_on=at.date(),
        by=town.by_name[giver].person,
        at=at,
        key=town.key("done", giver, receiver),
    ).exchange


def _step(
    exchange: Exchange, step: Step, by: Person, at: datetime, *, reason: str = "", mediator: Person | None = None
) -> None:
    exchange.refresh_from_db()
    strengths.take_step(
        exchange=exchange, step=step, by=by, at=at, seen=exchange.steps_taken, reason=reason, mediator=mediator
    )


def set_right(town: Town, posted: list[Transfer], *, at: datetime) -> None:
    """Hours given back, in part and whole, and a group exchange."""
    cora = town.by_name["Cora Lindqvist"].person
    # Nobody decides in their own case, Cora neither.
    others = [each for each in posted[-200:] if not own_case.acts_for(cora, each.payer)]
    long_ones = [each for each in others if each.minutes >= 120 and not each.payee.is_pot][:3]
    for count, transfer in enumerate(long_ones):
        timebank.reverse(
            transfer=transfer,
            minutes=transfer.minutes if count else 60,
            reason="Written down twice" if count else "It was an hour shorter",
            by=cora,
            at=at - timedelta(days=2, hours=count),
            key=town.key("reversal", count),
            override_reason="Putting the books right",
        )
    lunch = [town.accounts[name] for name in ("Amina Yusuf", "Hanna Weiss", "Ben Okafor", "Joon Park")]
    timebank.pay_together(
        lines=[
            timebank.Line(
                payer=town.bodies["Millbrook Library"],
                payee=account,
                minutes=60 + 30 * place,
                category=town.categories[13],
                helped_on=(at - timedelta(days=9)).date(),
                note="Story afternoon",
            )
            for place, account in enumerate(lunch)
        ],
        by=cora,
        at=at - timedelta(days=8),
        key=str(town.key("story afternoon")),
    )


def recognise_work(town: Town, *, at: datetime) -> None:
    """Raising children, caring at home: noted by those who do it."""
    kinds = list(RecognisedKind.objects.of(town.community).order_by("division", "name"))
    for count, name in enumerate(
        ("Grace Osei", "Samuel Osei", "Ruth Hollis", "Amina Yusuf", "Ruth Hollis", "Walter Finch")
    ):
        person = town.by_name[name].person
        timebank.note_recognised_work(
            person=person,
            kind=kinds[count % len(kinds)],
            minutes=300 + 60 * count,
            done_on=(at - timedelta(days=7 * count + 1)).date(),
            by=person,
            at=at - timedelta(days=7 * count),
            key=town.key("recognised", count),
        )


def wait_at_the_door(town: Town, *, at: datetime) -> None:
    """Two people who asked to join."""
    for count, (name, words) in enumerate(
        (
            ("Noor Siddiqui", "My neighbor Amina told me about you. I can bake."),
            ("Elias Brandt", "New in town, and I like to walk dogs."),
        )
    ):
        person = Person.objects.create_person(name=name, email=f"stranger.{count}@example.org")
        people.ask_to_join(community=town.community, person=person, words=words, at=at - timedelta(days=count, hours=4))
