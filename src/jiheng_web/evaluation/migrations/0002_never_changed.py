"""The database itself refuses to change what was sealed."""

from importlib import import_module

from django.db import migrations

_append_only = import_module("jiheng_web.audit.migrations.0002_append_only")
TABLES = ("submission", "submission_file")


def forbid(apps, schema_editor):
    _append_only.forbid(apps, schema_editor, TABLES)


def allow(apps, schema_editor):
    _append_only.allow(apps, schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = (("evaluation", "0001_initial"), ("audit", "0002_append_only"))
    operations = (migrations.RunPython(forbid, allow),)
