"""Routes of a year."""

from django.urls import path

from jiheng_web.years import goals_views, packs_views, tables_views, views

urlpatterns = [
    path("", views.show, name="year"),
    path("tables/", views.tables, name="tables"),
    path("tables/<slug:record>/", tables_views.grid, name="table"),
    path("tables/<slug:record>/add/", tables_views.add, name="row-add"),
    path("tables/<slug:record>/<int:row>/", tables_views.one_row, name="row"),
    path("tables/<slug:record>/<int:row>/save/", tables_views.save, name="row-save"),
    path("tables/<slug:record>/<int:row>/remove/", tables_views.remove, name="row-remove"),
    path("tables/<slug:record>/<int:row>/reveal/", packs_views.reveal, name="row-reveal"),
    path("goals/", goals_views.goals, name="goals"),
    path("goals/review/", goals_views.review, name="goal-review"),
    path("goals/library/", goals_views.indicator_library, name="library"),
    path("goals/amendments/", goals_views.amendments, name="amendments"),
    path("goals/amendments/<slug:record>/new/", goals_views.amend_new, name="amend-new"),
    path("goals/amendments/<slug:record>/<int:row>/", goals_views.amend_row, name="amend-row"),
    path("goals/amendments/<int:amendment>/send/", goals_views.amendment_send, name="amendment-send"),
    path("goals/amendments/<int:amendment>/decide/", goals_views.amendment_decide, name="amendment-decide"),
    path("workbook/", views.workbook, name="workbook"),
    path("workbook/packs/", packs_views.packs, name="packs"),
    path("workbook/merge/", packs_views.merge, name="merge"),
    path("imports/<int:draft>/", views.preview, name="import"),
    path("state/", views.change_state, name="state"),
    path("log/", views.log, name="log"),
]
