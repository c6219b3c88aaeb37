"""Who may read, propose and begin the community's own rules."""

import rules

from alongside.people.permissions import belongs, keeps_the_books, sees_people

rules.add_perm("charter.see", belongs)
rules.add_perm("charter.propose", sees_people)
# Only while one side alone is here: the action looks, and the page sends on.
rules.add_perm("charter.found", keeps_the_books)
