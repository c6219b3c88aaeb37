"""Who may read programs, start them, propose changes, and lead a stage."""

from typing import Any

import rules

from alongside.kernel.clock import today
from alongside.people.permissions import (
    Standing,
    belongs,
    is_commissioner,
    is_coordinator,
    keeps_the_books,
    sees_people,
)
from alongside.programs.models import BoardMeeting, JobTerm, Program, Session, StageLead, led_by
from alongside.programs.models.program import design_of
from alongside.programs.rules.jobs import OFFERING, boards_in, chosen_by, jobs_in


@rules.predicate
def leads_its_stage(standing: Standing, program: Program | None = None) -> bool:
    """Leads the stage in which a program stands, for either side."""
    if program is None:
        return True
    leads = StageLead.objects.of(standing.community).filter(run__program=program, run__finished_at=None)
    return bool(leads.filter(membership=standing.membership).exists())


@rules.predicate
def leads_it(standing: Standing, session: Any = None) -> bool:
    """True for who leads a session, or the stage in which the program is."""
    me = {"community": standing.community, "membership": standing.membership}
    leads = Session.objects.of(standing.community).filter(led_by(standing.membership), pk=session.pk)
    stage = StageLead.objects.filter(run__program=session.cohort.program_id, run__finished_at=None, **me)
    return bool(leads.exists() or stage.exists())


@rules.predicate
def is_theirs(standing: Standing, enrolment: Any = None) -> bool:
    """True for the person who takes part."""
    return bool(enrolment.membership_id == standing.membership.pk)


@rules.predicate
def hosts_it(standing: Standing, klass: Any = None) -> bool:
    """True for the host of a class."""
    return bool(klass.host_id == standing.membership.pk)


@rules.predicate
def sits_on_the_board(standing: Standing, about: Any = None) -> bool:
    """True for who has a seat today on the board of a meeting; of a program: on a board that somebody has chosen.

    Whoever offers gets a seat where nobody chooses: such a seat opens nothing but that board.
    """
    if isinstance(about, BoardMeeting):
        program, boards = about.program, [about.job]
    else:
        jobs = jobs_in(design_of(about))
        program, boards = about, [key for key in boards_in(design_of(about)) if chosen_by(jobs[key]) != OFFERING]
    mine = JobTerm.objects.on(program).held_on(today()).filter(membership=standing.membership)
    return bool(mine.filter(job__in=boards).exists())


rules.add_perm("programs.see", belongs)
rules.add_perm("programs.start", keeps_the_books)
# Anybody whom it may concern: who is not in it yet may want it to change so that they can be.
rules.add_perm("programs.propose", sees_people)
# Names of who takes part, and dates: for everybody but who only pays.
rules.add_perm("programs.see_people", sees_people)
rules.add_perm("programs.join", sees_people)
# Plans sessions and posts their hours.
rules.add_perm("programs.run", keeps_the_books)
# For which side somebody leads, the action looks.
rules.add_perm("programs.lead", sees_people)

# What people say in words is read by people; sums are read by all who belong.
rules.add_perm("programs.read_words", sees_people)
# Whether somebody is of the program's people, the action looks.
rules.add_perm("programs.look_back", sees_people)
rules.add_perm("programs.enter_for_others", is_coordinator)
rules.add_perm("programs.see_sums", keeps_the_books | is_commissioner)
rules.add_perm("programs.keep_budget", keeps_the_books)
# Offers steps, and notes trainings and sessions beside a mentor.
rules.add_perm("programs.guide", sees_people & (keeps_the_books | leads_its_stage))

# Ticks what happened at a session.
rules.add_perm("programs.look_on", keeps_the_books | leads_it)
rules.add_perm("programs.see_diploma", keeps_the_books | is_theirs)

# Topics and classes. Whether somebody is of the program's people, the action looks.
rules.add_perm("programs.see_topics", sees_people)
rules.add_perm("programs.ask_for_topics", sees_people)
rules.add_perm("programs.plan_classes", keeps_the_books | hosts_it)

# Jobs, committees and boards. Who may hold a seat, the action looks.
rules.add_perm("programs.see_jobs", sees_people)
rules.add_perm("programs.take_jobs", sees_people)
rules.add_perm("programs.keep_jobs", keeps_the_books)
# Ticks who is there, writes minutes, and notes what was decided and who was chosen.
rules.add_perm("programs.keep_boards", keeps_the_books | sits_on_the_board)
