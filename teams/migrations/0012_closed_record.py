"""Let PostgreSQL itself refuse to change or remove what the record says.

The application refuses it in Python (teams.models.record); this also stops a careless query, a
shell, and code that goes around the model. A transaction may open the record for itself
(`open_the_record`): the demonstration tells its past, and tests clear their tables.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("teams_auditentry", "teams_rowversion")

CLOSE = """
CREATE FUNCTION udbhabon_record_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('udbhabon.telling_the_past', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the record of who did what is closed';
END
$$
"""
TRIGGER = """
CREATE TRIGGER {table}_closed BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION udbhabon_record_is_closed()
"""


def close(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    editor.execute(CLOSE)
    for table in TABLES:
        editor.execute(TRIGGER.format(table=table))


def open_again(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_closed ON {table}")
    editor.execute("DROP FUNCTION udbhabon_record_is_closed()")


class Migration(migrations.Migration):
    dependencies = [("teams", "0011_try_counts")]

    operations = [migrations.RunPython(close, open_again)]
