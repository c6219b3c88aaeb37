"""Who may move files in, and who may take lists out."""

import rules

from alongside.people.permissions import is_coordinator, keeps_the_books

rules.add_perm("interop.move_in", is_coordinator)
rules.add_perm("interop.take_lists", keeps_the_books)
# Lists with people's contact details.
rules.add_perm("interop.take_people", is_coordinator)
