from django.urls import path

from alongside.web.views import founding, front, help, home, house, runs, search, settings

app_name = "web"
urlpatterns = [
    path("", front.front, name="front"),
    path("places/", front.places, name="places"),
    path("communities/", front.communities, name="communities"),
    # Help
    path("help/", help.contents, name="help"),
    path("help/<path:path>/", help.page, name="help_page"),
    # Setting up a community
    path("start/", founding.start, name="founding_start"),
    path("start/check/", founding.check, name="founding_check"),
    path("start/found/", founding.found, name="founding_found"),
    path("start/<slug:name>/", founding.question, name="founding_question"),
    # The house itself
    path("undo/<uuid:offer_id>/", house.undo, name="undo"),
    path("language/", house.language, name="language"),
    path("look/", house.look, name="look"),
    path("health/", house.health, name="health"),
    path("robots.txt", house.robots, name="robots"),
    # One community
    path("c/<slug:community_slug>/", home.home, name="home"),
    path("c/<slug:community_slug>/search/", search.search, name="search"),
    path("c/<slug:community_slug>/settings/", settings.settings, name="settings"),
    path("c/<slug:community_slug>/settings/community/", settings.community, name="community_settings"),
    path("c/<slug:community_slug>/runs/", runs.runs, name="runs"),
]
