"""The index under the search: every three letters in a row, on either database.

SQLite has a trigram index of its own (FTS5), a table beside ours that three triggers keep in
step. A PostgreSQL server may have pg_trgm, but that knows only the letters of its locale: in "C" it
finds none in Bengali text, elsewhere it breaks words at every হসন্ত, and it needs a right to be
installed. So there the trigrams are numbers made by a function of ours, under an ordinary GIN
index, the same in every locale.

Django changes tables on SQLite by making them anew, and the triggers go with the old table. A
later migration that does so to SearchEntry ends with RunPython(make_index, drop_index): it is
safe to repeat and indexes anew what was written meanwhile. Without it every test of the search
on SQLite fails.
"""

from collections.abc import Iterable
from typing import Any

from django.db import NotSupportedError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

_SHORTEST = 3

_SQLITE_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS meetings_searchindex USING fts5(
    folded, content='meetings_searchentry', content_rowid='id', tokenize='trigram case_sensitive 1'
)
"""
_SQLITE_FORGET = (
    "INSERT INTO meetings_searchindex (meetings_searchindex, rowid, folded) "
    "VALUES ('delete', old.id, old.folded);"
)
_SQLITE_LEARN = "INSERT INTO meetings_searchindex (rowid, folded) VALUES (new.id, new.folded);"
_SQLITE_TRIGGERS = {
    "insert": _SQLITE_LEARN,
    "delete": _SQLITE_FORGET,
    "update": _SQLITE_FORGET + _SQLITE_LEARN,
}
_SQLITE_REBUILD = "INSERT INTO meetings_searchindex (meetings_searchindex) VALUES ('rebuild')"
_SQLITE_HINT = (
    "The search needs SQLite 3.34 or newer with FTS5. Use a Python that brings a newer SQLite, "
    "or PostgreSQL (DATABASE_URL)."
)

# A code point has 21 bits, so three of them make one number. COST tells the planner that reading
# the index is cheaper than working the trigrams out for each row.
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION meetings_trigrams(words text) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT coalesce(array_agg((first << 42) | (second << 21) | third), '{}')
    FROM (
        SELECT lag(code, 2) OVER in_order AS first, lag(code) OVER in_order AS second, code AS third
        FROM (
            SELECT place, ascii(letter)::bigint AS code
            FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS letters (letter, place)
        ) AS codes
        WINDOW in_order AS (ORDER BY place)
    ) AS trigrams
    WHERE first IS NOT NULL
$$
"""
_POSTGRES_INDEX = (
    "CREATE INDEX IF NOT EXISTS meetings_searchentry_trigrams "
    "ON meetings_searchentry USING gin (meetings_trigrams(folded))"
)


# --- Made and dropped by migrations --------------------------------------------------------
def make_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of SearchEntry, or mend it. Raises NotSupportedError on an old SQLite."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRES_FUNCTION)
        schema_editor.execute(_POSTGRES_INDEX)
        return
    try:
        schema_editor.execute(_SQLITE_TABLE)
    except OperationalError as error:
        raise NotSupportedError(f"{error}. {_SQLITE_HINT}") from error
    _drop_triggers(schema_editor)
    for event, statements in _SQLITE_TRIGGERS.items():
        schema_editor.execute(
            f"CREATE TRIGGER meetings_searchentry_{event} AFTER {event} ON meetings_searchentry "
            f"BEGIN {statements} END"
        )
    schema_editor.execute(_SQLITE_REBUILD)


def drop_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what make_index made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS meetings_searchentry_trigrams")
        schema_editor.execute("DROP FUNCTION IF EXISTS meetings_trigrams(text)")
        return
    _drop_triggers(schema_editor)
    schema_editor.execute("DROP TABLE IF EXISTS meetings_searchindex")


def _drop_triggers(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for event in _SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS meetings_searchentry_{event}")


# --- Asked by queries ----------------------------------------------------------------------
class _Known(Func):
    """Does the index know the row (its id, its key) as one that holds any of some terms?"""

    output_field = BooleanField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> tuple[str, Any]:
        row, _key, *terms = self.get_source_expressions()
        sql, params = compiler.compile(row)
        # Between quotation marks FTS5 reads no operators; a key has no such mark of its own.
        wanted = " OR ".join(f'"{term.value}"' for term in terms)
        known = "SELECT rowid FROM meetings_searchindex WHERE folded MATCH %s"
        return f"({sql} IN ({known}))", (*params, wanted)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> tuple[str, Any]:
        _row, key, *terms = self.get_source_expressions()
        sql, params = compiler.compile(key)
        known = f"meetings_trigrams({sql}) @> meetings_trigrams(%s)"
        any_of_them = " OR ".join([known] * len(terms))
        return f"({any_of_them})", [part for term in terms for part in (*params, term.value)]


def is_indexed(term: str) -> bool:
    """Is the term long enough to have a trigram?"""
    return len(term) >= _SHORTEST


def known_to_index(terms: Iterable[str]) -> Q:
    """The condition on a SearchEntry that the index knows it for any of these terms.

    They are pieces of a search key and is_indexed. On PostgreSQL the index knows too many rows:
    also those that have the trigrams of a term in another order. So holds() must follow.
    """
    return Q(_Known(F("pk"), F("folded"), *(Value(term) for term in terms)))


def holds(term: str) -> Q:
    """The condition on a SearchEntry that its key holds the term; no sign is a wildcard."""
    return Q(GreaterThan(StrIndex(F("folded"), Value(term)), 0))
