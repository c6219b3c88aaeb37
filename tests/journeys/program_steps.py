"""What people do on the pages of a program, step by step: shared by the journeys of whole programs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Proposal
from alongside.kernel.clock import now
from alongside.people.models import Community, Membership
from alongside.programs.models import Program, StageRun
from alongside.programs.rules.self_check import KEYS

Pages = Mapping[str, Any]


def zone_where_it_is_noon() -> str:
    """A time zone in which it is between 12 and 1 now, so that "half an hour ago" is today."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def half_an_hour_ago(town: Community) -> datetime:
    """On the clock of the community."""
    return (now() - timedelta(minutes=30)).astimezone(ZoneInfo(town.time_zone))


def answer_all(page: Any, told: Mapping[str, str]) -> None:
    """Answer one question a screen, the usual answer where `told` has none, and start the program."""
    while "Question" in page.title():
        for question, answer in told.items():
            if not page.get_by_text(question).count():
                continue
            if (choice := page.get_by_role("radio", name=answer, exact=True)).count():
                choice.check()
            else:
                page.get_by_label(question).fill(answer)
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Start the program").click()


def at_program(page: Any, program: Program, rest: str = "") -> None:
    page.goto(f"/c/{program.community.slug}/programs/{program.pk}/{rest}")


def take_part(page: Any, program: Program) -> None:
    at_program(page, program)
    page.get_by_role("link", name="Take part").click()
    page.get_by_role("button", name="Take part").click()
    assert page.get_by_text("You take part now.").is_visible()


def lead_stage(pages: Pages, program: Program) -> None:
    """One of each side says that they lead the stage that goes on."""
    for page in pages.values():
        at_program(page, program)
        page.get_by_role("link", name="Lead this stage").click()
        page.get_by_role("button", name="Lead it").click()


def write_down(page: Any, program: Program, told: Mapping[str, str]) -> None:
    """What came out of a stage, for each thing that it must make."""
    for what, words in told.items():
        at_program(page, program, "stage/made/")
        page.get_by_label(what, exact=True).check()
        page.get_by_label("What came out?").fill(words)
        page.get_by_role("button", name="Keep it").click()


def stage_done(pages: Pages, program: Program, told: Mapping[str, str] | None = None) -> str:
    """The stage that goes on is led, makes what it must, and is called finished; which stage goes on then."""
    must = StageRun.objects.on(program).open().get().makes
    lead_stage(pages, program)
    write_down(next(iter(pages.values())), program, told or dict.fromkeys(must, "We talked it over."))
    return finish_stage(pages, program)


def finish_stage(pages: Pages, program: Program) -> str:
    """Both sides say that it is finished; which stage goes on then."""
    for page in pages.values():
        at_program(page, program)
        page.get_by_role("button", name="This stage is finished").click()
    return str(StageRun.objects.on(program).open().get().stage)


def put_forward(page: Any, why: str) -> Proposal:
    """From the words of a proposal about the design to a proposal that everybody reads."""
    page.get_by_label("Why?").fill(why)
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Put it forward").click()
    proposal: Proposal = Proposal.objects.latest("made_at")
    return proposal


def decide(desk: Any, pages: Pages, proposal: Proposal, looks_over: Mapping[str, Membership]) -> Decision:
    """Put it to the vote at the desk; one of each side votes yes on their page; it closes when its time is over."""
    desk.goto(f"/c/{proposal.community.slug}/decide/{proposal.pk}/")
    desk.get_by_role("link", name="Put it to the vote").click()
    desk.get_by_role("link", name="Choose this").first.click()
    for words, member in looks_over.items():
        desk.get_by_label(f"Who looks over the count for: {words}?").select_option(label=str(member.person))
    desk.get_by_role("button", name="Open the vote").click()
    decision = Decision.objects.latest("opens_at")
    for page in pages.values():
        page.goto(f"/c/{proposal.community.slug}/decide/votes/{decision.pk}/vote/")
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Put my vote in").click()
    return decisions.close(decision=decision, by=None, at=decision.closes_at + timedelta(seconds=1))


def answer_self_check(page: Any, program: Program, answer: str) -> None:
    """The same answer to all twenty statements, by one's own hand."""
    at_program(page, program, "look-back/check/")
    for key in KEYS:
        page.locator(f'[name="{key}"]').and_(page.get_by_label(answer, exact=True)).check()
    page.get_by_role("button", name="Keep my answers").click()


def say_how_it_went(page: Any, program: Program, well: str, then: str = "") -> None:
    at_program(page, program, "look-back/words/")
    page.get_by_label("What went well").fill(well)
    page.get_by_label("What should we do next?").fill(then)
    page.get_by_role("button", name="Keep it").click()


def program_in(town: Community) -> Program:
    program: Program = Program.objects.select_related("community", "group").get(community=town)
    return program
