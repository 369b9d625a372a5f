"""The bureau's review sheets, amendments of approved goals, and what merging packs left open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("years", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importdraft",
            name="packs_text",
            field=models.TextField(blank=True, default="", verbose_name="科室工作簿合并时的冲突"),
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("waiting", "待审批"),
                            ("applied", "已批准并生效"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("revision", models.IntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=1000, verbose_name="调整原因")),
                ("document_number", models.CharField(blank=True, default="", max_length=100, verbose_name="文号")),
                ("lines_text", models.TextField(default="[]")),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision", models.CharField(blank=True, default="", max_length=500, verbose_name="审批意见")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="years.year"
                    ),
                ),
            ],
            options={
                "db_table": "y_amendment",
                "ordering": ("year", "-number"),
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="y_amendment_once")],
            },
        ),
        migrations.CreateModel(
            name="GoalReviewSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("edition", models.CharField(max_length=80)),
                ("edition_title", models.CharField(max_length=200)),
                ("lines_text", models.TextField(default="[]")),
                ("grade", models.CharField(max_length=20)),
                ("consequence", models.CharField(blank=True, default="", max_length=300)),
                ("opinion", models.TextField(blank=True, default="")),
                ("outcome", models.CharField(max_length=40)),
                ("year_digest", models.CharField(max_length=64)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goal_reviews", to="years.year"
                    ),
                ),
            ],
            options={
                "db_table": "y_goal_review",
                "ordering": ("year", "-number"),
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="y_goal_review_once")],
            },
        ),
    ]
