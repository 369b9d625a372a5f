"""The app."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """财政局."""

    name = "jiheng_web.bureau"
    verbose_name = "财政局"
