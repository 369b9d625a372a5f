"""Routes of findings, scores, reports and seals; the first list hangs under a year."""

from django.urls import path

from jiheng_web.evaluation import report_views, self_views, views

of_year = [
    path("workbook/export/", views.export, name="export"),
    path("findings/", views.findings, name="findings"),
    path("score/", views.score, name="score"),
    path("score/try/<slug:record>/<int:row>/", views.what_if, name="what-if"),
    path("score/confirm/", views.confirm, name="confirm"),
    path("self-evaluation/", self_views.overview, name="self-evaluation"),
    path("self-evaluation/word/", self_views.all_sheets, name="self-evaluation-word"),
    path("self-evaluation/<int:project>/", self_views.one_project, name="self-evaluation-one"),
    path("self-evaluation/<int:project>/word/", self_views.one_sheet, name="self-evaluation-file"),
    path("report/", report_views.report, name="report"),
    path("report/check/", report_views.passage_check, name="passage-check"),
    path("report/passages/", report_views.passage_add, name="passage-add"),
    path("report/passages/<int:passage>/", report_views.passage_save, name="passage-save"),
    path("report/passages/<int:passage>/remove/", report_views.passage_remove, name="passage-remove"),
    path("report/page/", views.report_page, name="report-page"),
    path("report/word/", views.report_file, name="report-word"),
    path("report/briefing/", views.briefing_file, name="report-briefing"),
    path("sealing/", views.sealing, name="sealing"),
    path("versions/", report_views.compare, name="versions"),
]
urlpatterns = [
    path("<int:submission>/", views.submission, name="submission"),
    path("<int:submission>/files/<int:file>/", views.submission_file, name="submission-file"),
]
