"""Routes of execution and monitoring; they hang under a year."""

from django.urls import path

from jiheng_web.progress import views

of_year = [
    path("execution/", views.show_execution, name="execution"),
    path("monitoring/", views.show_monitoring, name="monitoring"),
    path("monitoring/word/", views.monitoring_file, name="monitoring-word"),
]
