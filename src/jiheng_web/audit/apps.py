"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """操作记录."""

    name = "jiheng_web.audit"
    verbose_name = "操作记录"
