"""Routes of findings, scores, reports and seals; the first list hangs under a year."""

from django.urls import path

from jiheng_web.evaluation import views

of_year = [
    path("workbook/export/", views.export, name="export"),
    path("findings/", views.findings, name="findings"),
    path("score/", views.score, name="score"),
    path("score/confirm/", views.confirm, name="confirm"),
    path("report/", views.report, name="report"),
    path("report/page/", views.report_page, name="report-page"),
    path("report/word/", views.report_file, name="report-word"),
    path("report/briefing/", views.briefing_file, name="report-briefing"),
    path("sealing/", views.sealing, name="sealing"),
]
urlpatterns = [
    path("<int:submission>/", views.submission, name="submission"),
    path("<int:submission>/files/<int:file>/", views.submission_file, name="submission-file"),
]
