"""Addresses of programs, of starting and changing them, and of blueprints."""

from django.urls import path, register_converter

from alongside.programs import urls_jobs, urls_leaders, urls_pathway, urls_runs, urls_topics
from alongside.programs.views import (
    barriers,
    blueprints,
    bringing,
    changing,
    looking,
    programs,
    sessions,
    stages,
    starting,
    taking_part,
)

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

_look = f"{_one}look-back/"
_barriers = f"{_one}barriers/"
_barrier = f"{_barriers}<uuid:barrier_id>/"

urlpatterns += [
    # looking back on a round
    path(_look, looking.looking_back, name="looking_back"),
    path(f"{_look}check/", looking.self_check, name="self_check"),
    path(f"{_look}check/take-back/", looking.take_back_self_check, name="take_back_self_check"),
    path(f"{_look}check/enter/", looking.enter_self_check, name="enter_self_check"),
    path(f"{_look}check/paper/", looking.self_check_on_paper, name="self_check_on_paper"),
    path(f"{_look}results/", looking.self_check_results, name="self_check_results"),
    path(f"{_look}words/", looking.say_how_it_went, name="say_how_it_went"),
    path(f"{_look}words/<uuid:said_id>/propose/", looking.propose_from, name="propose_from"),
    # barriers
    path(_barriers, barriers.barriers, name="barriers"),
    path(f"{_barriers}raise/", barriers.raise_barrier, name="raise_barrier"),
    path(_barrier, barriers.barrier, name="barrier"),
    path(f"{_barrier}own/", barriers.own_barrier, name="own_barrier"),
    path(f"{_barrier}let-go/", barriers.let_barrier_go, name="let_barrier_go"),
    path(f"{_barrier}answer/", barriers.answer_barrier, name="answer_barrier"),
    path(f"{_barrier}close/", barriers.close_barrier, name="close_barrier"),
    path(f"{_barrier}take-back/", barriers.take_barrier_back, name="take_barrier_back"),
    # what each side brings
    path(f"{_one}board/", bringing.board, name="board"),
    path(f"{_one}say/", bringing.say, name="say"),
    path(f"{_one}time/", bringing.inputs, name="inputs"),
    path(f"{_one}time/write/", bringing.record_input, name="record_input"),
    path(f"{_one}time/<uuid:input_id>/", bringing.correct_input, name="correct_input"),
    path(f"{_one}sums/", bringing.sums, name="sums"),
    path(f"{_one}sums/line/", bringing.add_budget_line, name="add_budget_line"),
    path(f"{_one}sums/line/<uuid:line_id>/take-off/", bringing.take_budget_line_off, name="take_budget_line_off"),
    path(f"{_one}agreements/", bringing.commitments, name="commitments"),
    path(f"{_one}agreements/write/", bringing.write_commitment, name="write_commitment"),
    path(f"{_one}agreements/<uuid:commitment_id>/agree/", bringing.agree_to, name="agree_to"),
]

urlpatterns += urls_pathway.patterns(_one)
urlpatterns += [*urls_jobs.patterns, *urls_topics.patterns, *urls_runs.patterns, *urls_leaders.patterns]
