"""Routes of a year."""

from django.urls import path

from jiheng_web.years import tables_views, views

urlpatterns = [
    path("", views.show, name="year"),
    path("tables/", views.tables, name="tables"),
    path("tables/<slug:record>/", tables_views.grid, name="table"),
    path("tables/<slug:record>/add/", tables_views.add, name="row-add"),
    path("tables/<slug:record>/<int:row>/", tables_views.one_row, name="row"),
    path("tables/<slug:record>/<int:row>/save/", tables_views.save, name="row-save"),
    path("tables/<slug:record>/<int:row>/remove/", tables_views.remove, name="row-remove"),
    path("workbook/", views.workbook, name="workbook"),
    path("imports/<int:draft>/", views.preview, name="import"),
    path("state/", views.change_state, name="state"),
    path("log/", views.log, name="log"),
]
