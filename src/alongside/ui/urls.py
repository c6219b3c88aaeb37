from django.urls import path

from alongside.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/sheet/", views.sheet, name="gallery_sheet"),
]
