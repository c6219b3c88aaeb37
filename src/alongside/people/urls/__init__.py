"""The addresses of people; one list a subject."""

from django.urls import URLPattern, URLResolver

from alongside.people.urls import bodies, joining, members, myself, signing_in

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    *members.urlpatterns,
    *joining.urlpatterns,
    *bodies.urlpatterns,
    *myself.urlpatterns,
    *signing_in.urlpatterns,
]
