"""The app."""

from django.apps import AppConfig


class YearsConfig(AppConfig):
    """部门年度."""

    name = "jiheng_web.years"
    verbose_name = "部门年度"
