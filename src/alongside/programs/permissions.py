"""Who may read programs, start them, propose changes, and lead a stage."""

import rules

from alongside.people.permissions import (
    Standing,
    belongs,
    is_commissioner,
    is_coordinator,
    keeps_the_books,
    sees_people,
)
from alongside.programs.models import Program, StageLead


@rules.predicate
def leads_its_stage(standing: Standing, program: Program | None = None) -> bool:
    """Leads the stage in which a program stands, for either side."""
    if program is None:
        return True
    leads = StageLead.objects.of(standing.community).filter(run__program=program, run__finished_at=None)
    return bool(leads.filter(membership=standing.membership).exists())


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
