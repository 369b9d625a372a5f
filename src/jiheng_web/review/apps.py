"""The app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """核查材料."""

    name = "jiheng_web.review"
    verbose_name = "核查材料"
