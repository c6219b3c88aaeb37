"""Addresses of programs, of starting and changing them, and of blueprints."""

from django.urls import path, register_converter

from alongside.programs.views import blueprints, changing, programs, sessions, stages, starting, taking_part

app_name = "programs"


class _Words:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DesignPlace(_Words):
    regex = r"[a-z][a-z0-9 ._-]*(?::[a-z0-9 _-]+)?"


class AskKey(_Words):
    regex = r"[a-z][a-z0-9_]*"


register_converter(DesignPlace, "design_place")
register_converter(AskKey, "ask_key")

_programs = "c/<slug:community_slug>/programs/"
_one = f"{_programs}<uuid:program_id>/"
_start = f"{_programs}start/"
_begun = f"{_start}<uuid:beginning_id>/"
_blueprints = f"{_programs}blueprints/"
_blueprint = f"{_blueprints}<slug:kind>/<slug:name>/"
_values = f"{_programs}proposals/<uuid:proposal_id>/"

urlpatterns = [
    path("blueprint.schema.json", blueprints.schema, name="schema"),
    path(_programs, programs.home, name="home"),
    path(_one, programs.program, name="program"),
    path(f"{_one}design/", programs.design, name="design"),
    path(f"{_one}versions/", programs.versions, name="versions"),
    path(f"{_one}blueprint/", blueprints.export, name="export"),
    path(f"{_one}propose/<design_place:place>/", changing.propose, name="propose"),
    path(f"{_one}stage/lead/", stages.lead, name="lead"),
    path(f"{_one}stage/stop/", stages.stop_leading, name="stop_leading"),
    path(f"{_one}stage/made/", stages.produce, name="produce"),
    path(f"{_one}stage/finish/", stages.finish, name="finish"),
    path(f"{_one}people/", taking_part.people, name="people"),
    path(f"{_one}join/", taking_part.join, name="join"),
    path(f"{_one}leave/", taking_part.leave, name="leave"),
    path(f"{_one}sessions/", sessions.sessions, name="sessions"),
    path(f"{_one}sessions/plan/", sessions.schedule, name="schedule"),
    path(f"{_one}sessions/licence/", sessions.licence, name="licence"),
    path(f"{_one}sessions/<uuid:session_id>/hours/", sessions.credit, name="credit"),
    # starting one
    path(_start, starting.choose, name="choose"),
    path(f"{_start}from/<slug:kind>/<slug:name>/", starting.begin, name="begin"),
    path(f"{_begun}check/", starting.check, name="check"),
    path(f"{_begun}let-go/", starting.let_go, name="let_go"),
    path(f"{_begun}<ask_key:key>/", starting.ask, name="ask"),
    # blueprints
    path(_blueprints, blueprints.blueprints, name="blueprints"),
    path(f"{_blueprints}bring-in/", blueprints.bring_in, name="bring_in"),
    path(_blueprint, blueprints.blueprint, name="blueprint"),
    path(f"{_blueprint}file/", blueprints.blueprint_file, name="blueprint_file"),
    # drafts of proposals about a design
    path(_values, changing.values, name="values"),
    path(f"{_values}<design_place:place>/", changing.change_values, name="change_values"),
]
