"""Routes of jobs."""

from django.urls import path

from jiheng_web.jobs import views

urlpatterns = [
    path("<int:job>/", views.show, name="job"),
    path("<int:job>/cancel/", views.stop, name="job-cancel"),
    path("<int:job>/resume/", views.resume, name="job-resume"),
]
