"""Who may keep a plan, be visited, and keep an eye on who visits whom. Words are found by their person alone: `views`
look for rows of that person, so there is nothing else to ask here.
"""

import rules

from alongside.people.permissions import belongs, is_coordinator

rules.add_perm("wellbeing.keep_plan", belongs)
rules.add_perm("wellbeing.have_visits", belongs)
# Numbers and days; never a word of a plan or an agenda.
rules.add_perm("wellbeing.keep_caseload", is_coordinator)
