from django.urls import path

from alongside.web import views

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("c/<slug:community_slug>/", views.home, name="home"),
]
