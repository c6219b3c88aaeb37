from django.urls import path

from alongside.web.views import front, home

app_name = "web"
urlpatterns = [
    path("", front.front, name="front"),
    path("c/<slug:community_slug>/", home.home, name="home"),
]
