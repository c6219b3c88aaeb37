"""How Millbrook looks after people: two leads, a few checks, one that runs out soon, one that has, and a pair."""

from datetime import datetime, timedelta

from alongside.people.models import Membership, Role
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.web.demo.history import Town

# Who was seen to have what, how many days ago, and by whom it was seen; by the kind's place among the usual ones.
SEEN = (
    ("Hanna Weiss", "induction", 400, "Cora Lindqvist"),
    ("Hanna Weiss", "reference", 410, "Cora Lindqvist"),
    ("Hanna Weiss", "reference", 405, "Daniel Brody"),
    ("Tomás Herrera", "induction", 200, "Daniel Brody"),
    ("Tomás Herrera", "reference", 210, "Daniel Brody"),
    ("Tomás Herrera", "reference", 205, "Cora Lindqvist"),
    ("Samuel Osei", "licence", 348, "Cora Lindqvist"),
    ("Samuel Osei", "background", 120, "Cora Lindqvist"),
    ("Ben Okafor", "licence", 380, "Daniel Brody"),
    ("Amina Yusuf", "training", 90, "Cora Lindqvist"),
    ("Priya Nair", "background", 300, "Stella Marsh"),
    ("Grace Osei", "background", 60, "Daniel Brody"),
)
# A kind, and the role or the duty that asks for it.
ASKED = (
    ("induction", Role.PEER_LEADER, ""),
    ("reference", Role.PEER_LEADER, ""),
    ("licence", "", "driving"),
    ("background", "", "with-children"),
    ("training", "", "cooking"),
)


def look_after(town: Town, *, at: datetime) -> None:
    """Stella named two leads; the checks were written down as they came."""
    stella, cora = town.by_name["Stella Marsh"].person, town.by_name["Cora Lindqvist"].person
    made = safeguarding.add_usual_kinds(community=town.community, by=stella, at=at - timedelta(days=420))
    kinds: dict[str, CheckKind] = {kind.kind: kind for kind in made}
    for kind, role, duty in ASKED:
        safeguarding.require(kind=kinds[kind], role=role, duty=duty, by=stella, at=at - timedelta(days=419))
    for name, kind, days, seer in SEEN:
        moment = at - timedelta(days=days)
        safeguarding.write_check(
            membership=town.by_name[name],
            kind=kinds[kind],
            seen_on=town.community.day_of(moment),
            seen_by=town.by_name[seer].person,
            by=cora,
            at=moment,
            channel="in_person",
        )
    _lead(town, at=at - timedelta(days=30))


def _lead(town: Town, *, at: datetime) -> None:
    stella = town.by_name["Stella Marsh"].person
    leads: list[Membership] = [town.by_name["Hanna Weiss"], town.by_name["Grace Osei"]]
    until = town.community.day_of(at) + timedelta(days=365)
    for lead in leads:
        safeguarding.name_lead(membership=lead, ends_on=until, by=stella, at=at)
    safeguarding.keep_apart(
        one=town.by_name["Walter Finch"],
        other=town.by_name["Joon Park"],
        reason="Both asked for it after a quarrel about the greenhouse.",
        by=leads[0].person,
        at=at + timedelta(days=1),
    )
