"""Addresses of proposals and of what is said about them."""

from django.urls import path

from alongside.decisions.views import desk, home, reading, sources, standing, talking, writing

_in = "c/<slug:community_slug>/decide"
_one = f"{_in}/<uuid:proposal_id>"
urlpatterns = [
    path(f"{_in}/", home.home, name="home"),
    path(f"{_in}/over/", home.over, name="over"),
    path(f"{_in}/desk/", desk.desk, name="desk"),
    # Writing
    path(f"{_in}/new/", writing.start, name="start"),
    path(f"{_one}/write/", writing.write, name="write"),
    path(f"{_one}/write/<slug:part>/", writing.write_part, name="write_part"),
    path(f"{_one}/check/", writing.check, name="check"),
    path(f"{_one}/discard/", writing.discard, name="discard"),
    path(f"{_one}/next/", writing.begin_next, name="begin_next"),
    path(f"{_one}/authors/", standing.authors, name="authors"),
    path(f"{_one}/authors/<uuid:author_id>/step-down/", standing.step_down, name="step_down"),
    path(f"{_one}/withdraw/", standing.withdraw, name="withdraw"),
    # Reading
    path(f"{_one}/", reading.proposal, name="proposal"),
    path(f"{_one}/versions/", reading.versions, name="versions"),
    path(f"{_one}/versions/<int:number>/", reading.proposal, name="version"),
    path(f"{_one}/talk/", reading.talk, name="talk"),
    path(f"{_one}/paper/", reading.on_paper, name="on_paper"),
    # Speaking
    path(f"{_one}/speak/", talking.speak, name="speak"),
    path(f"{_one}/react/", talking.react, name="react"),
    path(f"{_in}/said/<uuid:contribution_id>/answer/", talking.answer, name="answer"),
    path(f"{_in}/said/<uuid:contribution_id>/reply/", talking.reply, name="reply"),
    # Sources
    path(f"{_one}/sources/add/", sources.add_source, name="add_source"),
    path(f"{_in}/sources/<uuid:source_id>/remove/", sources.remove_source, name="remove_source"),
    path(f"{_in}/sources/<uuid:source_id>/file/", sources.source_file, name="source_file"),
]
