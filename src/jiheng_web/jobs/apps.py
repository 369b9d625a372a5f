"""The app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """后台任务."""

    name = "jiheng_web.jobs"
    verbose_name = "后台任务"
