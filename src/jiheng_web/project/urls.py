"""All routes."""

from django.urls import include, path

from jiheng_web.api.urls import urls as api
from jiheng_web.evaluation.urls import of_year
from jiheng_web.progress.urls import of_year as progress_of_year
from jiheng_web.project.health import health
from jiheng_web.years.views import home, open_new_year

urlpatterns = [
    path("", home, name="home"),
    path("open-year/", open_new_year, name="open-year"),
    path("", include("jiheng_web.organisation.urls")),
    path("health/", health, name="health"),
    path("years/<int:year>/", include("jiheng_web.years.urls")),
    path("years/<int:year>/", include(of_year)),
    path("years/<int:year>/", include(progress_of_year)),
    path("submissions/", include("jiheng_web.evaluation.urls")),
    path("jobs/", include("jiheng_web.jobs.urls")),
    path("review/", include("jiheng_web.review.urls")),
    path("bureau/", include("jiheng_web.bureau.urls")),
    path("manage/", include("jiheng_web.people.urls")),
    path("api/v1/", api),
]
handler403 = "jiheng_web.project.errors.forbidden"
handler404 = "jiheng_web.project.errors.not_found"
handler500 = "jiheng_web.project.errors.broken"
