from django.urls import include, path, re_path

from alongside.interop import views

app_name = "interop"
of_a_community = [
    path("moving-in/", views.moving_in, name="moving_in"),
    path("moving-in/<uuid:import_id>/", views.one_import, name="import"),
    path("moving-in/<uuid:import_id>/move-in/", views.move_in, name="move_in"),
    path("moving-in/<uuid:import_id>/undo/", views.undo_import, name="undo_import"),
    path("moving-in/<uuid:import_id>/drop/", views.drop_import, name="drop_import"),
    path("lists/", views.all_lists, name="lists"),
    re_path(r"^lists/(?P<name>[a-z_]+)\.(?P<form>csv|xlsx)$", views.list_file, name="list_file"),
]
urlpatterns = [path("c/<slug:community_slug>/", include(of_a_community))]
