"""Who may ask, answer and see to open questions."""

import rules

from alongside.people.permissions import belongs, keeps_the_books, sees_people

# Results are sums, and hide small ones: commissioners read them too.
rules.add_perm("decisions.see_questions", belongs)
rules.add_perm("decisions.ask_question", sees_people)
rules.add_perm("decisions.answer_question", sees_people)
rules.add_perm("decisions.judge_statements", keeps_the_books)
