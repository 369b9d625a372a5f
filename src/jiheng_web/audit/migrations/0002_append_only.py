"""The database itself keeps the log append-only, where it is one that we know how to tell."""

from django.db import migrations

SENTENCE = "audit log is append-only"


def forbid(apps, schema_editor, tables=("audit_entry",)):
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                )
            elif schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    "CREATE OR REPLACE FUNCTION jiheng_append_only() RETURNS trigger AS "
                    f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION jiheng_append_only()"
                )


def allow(apps, schema_editor, tables=("audit_entry",)):
    for table in tables:
        for verb in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(forbid, allow),)
