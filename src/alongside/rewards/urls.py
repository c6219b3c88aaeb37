from django.urls import path

from alongside.rewards.views import desk, draws, mine, programs

app_name = "rewards"

_room = "c/<slug:community_slug>/rewards/"
_mine = f"{_room}mine/<uuid:entitlement_id>/"
_draw = f"{_room}draws/<uuid:draw_id>/"

urlpatterns = [
    # my rewards
    path(_room, mine.mine, name="mine"),
    path(_mine, mine.entitlement, name="entitlement"),
    path(f"{_mine}hand-on/", mine.hand_on, name="hand_on"),
    path(f"{_mine}give-back/", mine.give_back, name="give_back"),
    path(f"{_mine}print/", programs.print_note, name="print_note"),
    path(f"{_mine}note/", programs.note, name="note"),
    path(f"{_room}catalogue/", mine.catalogue, name="catalogue"),
    path(f"{_room}catalogue/<uuid:reward_id>/take/", mine.take, name="take"),
    # a desk
    path(f"{_room}desk/", desk.desk, name="desk"),
    path(f"{_room}desk/<uuid:entitlement_id>/", desk.hand_over, name="hand_over"),
    # a program's
    path(f"{_room}programs/<uuid:program_id>/", programs.program, name="program"),
    path(f"{_room}programs/<uuid:program_id>/sums/", programs.sums, name="sums"),
    path(f"{_room}stock/<uuid:reward_id>/", programs.stock, name="stock"),
    path(f"{_room}stock/<uuid:reward_id>/notes/", programs.print_notes, name="print_notes"),
    path(f"{_room}stock/<uuid:reward_id>/notes/<uuid:note_id>/", programs.sheet, name="sheet"),
    path(f"{_room}stock/<uuid:reward_id>/draw/", draws.announce, name="announce_draw"),
    # draws
    path(_draw, draws.draw, name="draw"),
    path(f"{_draw}enter/", draws.enter, name="enter_draw"),
    path(f"{_draw}step-out/", draws.step_out, name="step_out"),
    path(f"{_draw}number/", draws.draw_now, name="draw_now"),
    path(f"{_draw}file/", draws.draw_file, name="draw_file"),
]
