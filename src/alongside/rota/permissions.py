"""Who reads rotas, shares in them, and keeps them. What a family owes is read by that family and by who keeps rotas."""

import rules

from alongside.people.permissions import keeps_the_books, sees_people

DO_DUTIES = "rota.do_duties"

# Names and days, as with sessions: for everybody but who only pays.
rules.add_perm("rota.see", sees_people)
# Whether somebody is in the pool of a program, the action looks.
rules.add_perm("rota.take_part", sees_people)
rules.add_perm("rota.keep", keeps_the_books)
