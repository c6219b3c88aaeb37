"""Who may read programs, start them, propose changes, and lead a stage."""

import rules

from alongside.people.permissions import belongs, keeps_the_books, sees_people

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
