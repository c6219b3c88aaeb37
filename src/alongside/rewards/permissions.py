"""Who may have rewards, hand them over, look after stock and draws, and read sums."""

import rules

from alongside.people.models import Role
from alongside.people.permissions import any_of, belongs, is_commissioner, keeps_the_books, sees_people

rules.add_perm("rewards.see_mine", sees_people)
rules.add_perm("rewards.use_mine", sees_people)
# What is agreed, and draws with their published results, without names.
rules.add_perm("rewards.see", belongs)
# A desk: whoever stands there sees the name behind one code at a time, and nothing else.
rules.add_perm("rewards.redeem", any_of(Role.COORDINATOR, Role.STEWARD, Role.PROFESSIONAL, Role.PEER_LEADER))
# Names on waiting lists, paper, draws.
rules.add_perm("rewards.keep_stock", keeps_the_books)
rules.add_perm("rewards.see_sums", keeps_the_books | is_commissioner)
