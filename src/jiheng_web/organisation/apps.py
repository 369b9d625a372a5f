"""The app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """组织与权限."""

    name = "jiheng_web.organisation"
    verbose_name = "组织与权限"
