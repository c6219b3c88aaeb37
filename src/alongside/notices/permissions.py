"""Who may read, choose and carry notices."""

import rules

from alongside.people.permissions import belongs, is_coordinator

rules.add_perm("notices.read_mine", belongs)
rules.add_perm("notices.choose_mine", belongs)
rules.add_perm("notices.carry_by_hand", is_coordinator)
