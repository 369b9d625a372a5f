"""Routes of the bureau."""

from django.urls import path

from jiheng_web.bureau import views

urlpatterns = [
    path("", views.table, name="bureau"),
    path("years/<int:year>/remind/", views.remind_one, name="remind"),
]
