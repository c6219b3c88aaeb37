"""Addresses of checks, what asks for them, leads, and pairs that are kept apart."""

from django.urls import path

from alongside.safeguarding.views import apart, checks, kinds, leads

app_name = "safeguarding"

_in = "c/<slug:community_slug>/safety"
_person = f"{_in}/people/<uuid:membership_id>"

urlpatterns = [
    path(f"{_in}/", leads.home, name="home"),
    path(f"{_in}/leads/name/", leads.name_lead, name="name_lead"),
    path(f"{_in}/leads/<uuid:lead_id>/end/", leads.end_lead, name="end_lead"),
    # Checks
    path(f"{_person}/", checks.checks, name="checks"),
    path(f"{_person}/file/", checks.file, name="checks_file"),
    path(f"{_person}/write/", checks.write, name="write"),
    path(f"{_in}/checks/<uuid:check_id>/withdraw/", checks.withdraw, name="withdraw"),
    path(f"{_in}/checks/many/", checks.write_many, name="write_many"),
    path(f"{_in}/checks/soon/", checks.soon, name="soon"),
    # What asks for them
    path(f"{_in}/kinds/", kinds.kinds, name="kinds"),
    path(f"{_in}/kinds/usual/", kinds.usual, name="usual_kinds"),
    path(f"{_in}/kinds/add/", kinds.add, name="add_kind"),
    path(f"{_in}/kinds/<uuid:kind_id>/", kinds.kind, name="kind"),
    path(f"{_in}/kinds/<uuid:kind_id>/require/", kinds.require, name="require"),
    path(f"{_in}/kinds/<uuid:kind_id>/archive/", kinds.archive, name="archive_kind"),
    path(f"{_in}/requirements/<uuid:requirement_id>/remove/", kinds.no_longer_require, name="no_longer_require"),
    # For safeguarding leads alone
    path(f"{_in}/apart/", apart.apart, name="apart"),
    path(f"{_in}/apart/new/", apart.keep, name="keep_apart"),
    path(f"{_in}/apart/<uuid:pair_id>/", apart.pair, name="pair"),
    path(f"{_in}/apart/<uuid:pair_id>/end/", apart.end, name="end_apart"),
    path(f"{_in}/apart/<uuid:pair_id>/forget/", apart.forget, name="forget_apart"),
    path(f"{_in}/apart/together/<uuid:together_id>/seen/", apart.seen, name="seen_together"),
]
