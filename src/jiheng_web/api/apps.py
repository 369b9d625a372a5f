"""The app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口."""

    name = "jiheng_web.api"
    verbose_name = "接口"
