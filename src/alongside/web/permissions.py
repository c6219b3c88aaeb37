"""Who may open the pages that web keeps itself."""

import rules

from alongside.people.permissions import belongs, is_commissioner, keeps_the_books

rules.add_perm("web.search", belongs)
rules.add_perm("web.see_settings", belongs)
rules.add_perm("web.change_community", keeps_the_books)
rules.add_perm("web.see_runs", keeps_the_books)
rules.add_perm("web.see_sums", keeps_the_books | is_commissioner)
