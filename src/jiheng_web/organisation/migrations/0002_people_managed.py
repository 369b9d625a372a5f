"""People belong to a unit, units can be closed, one-time passwords must be changed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="在用"),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change",
            field=models.BooleanField(default=False, verbose_name="一次性密码，登录后必须改"),
        ),
        migrations.AddField(
            model_name="user",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="organisation.unit",
                verbose_name="所在单位",
            ),
        ),
    ]
