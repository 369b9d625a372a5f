"""The app."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """执行与监控."""

    name = "jiheng_web.progress"
    verbose_name = "执行与监控"
