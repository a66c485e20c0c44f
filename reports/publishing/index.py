"""The index under the portal's search: every three letters in a row, as of minutes.

Only PostgreSQL has it, with the function that `meetings.search.index` made; a SQLite file holds
one office's or one district's papers, which are read through as fast as an index is.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.sql.compiler import SQLCompiler

from meetings.search.index import holds, is_indexed

_INDEX = (
    "CREATE INDEX IF NOT EXISTS reports_publication_trigrams "
    "ON reports_publication USING gin (meetings_trigrams(folded))"
)


def make_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_INDEX)


def drop_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS reports_publication_trigrams")


class _Known(Func):
    """May the key hold the term? The index knows too many, never too few."""

    output_field = BooleanField()

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> tuple[str, Sequence[Any]]:
        return "(1 = 1)", ()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> tuple[str, Sequence[Any]]:
        key, term = self.get_source_expressions()
        sql, params = compiler.compile(key)
        return f"(meetings_trigrams({sql}) @> meetings_trigrams(%s))", (*params, term.value)


def says(term: str) -> Q:
    """The condition on a Publication that it says the term, a piece of a search key."""
    if not is_indexed(term):
        return holds(term)
    return Q(_Known(F("folded"), Value(term))) & holds(term)
