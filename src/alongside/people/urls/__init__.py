"""The addresses of people; one list a subject."""

from django.urls import URLPattern, URLResolver

from alongside.people.urls import signing_in

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    *signing_in.urlpatterns,
]
