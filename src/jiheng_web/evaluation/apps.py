"""The app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """核查评分报告."""

    name = "jiheng_web.evaluation"
    verbose_name = "核查评分报告"
