"""The app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员与审计."""

    name = "jiheng_web.people"
    verbose_name = "人员与审计"
