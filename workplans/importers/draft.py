"""One row of the plan while it is being put together, before its dates are read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workplans.importers.header import Column
from workplans.importers.plan import Doubt, ImportedEntry, ImportedIndicator

_KEYS = {Column.START: "start", Column.END: "end", Column.PERIOD: "period"}


def keys_of(columns: Iterable[Column], *, has_progress: bool = False) -> tuple[str, ...]:
    """The keys of columns as `ImportedRow.columns` names them."""
    keys = [_KEYS.get(column, str(column)) for column in columns]
    return tuple(dict.fromkeys([*keys, "progress"] if has_progress else keys))


@dataclass
class Draft:
    """The words of one task by column, where they stood, and what is doubtful so far.

    `given_subject` and `given_serial` tell whether the row itself printed them, rather than
    taking them over from the row above or sharing a merged cell with it. `columns` are the keys of
    what the table has columns for.
    """

    location: str
    words: dict[Column, str]
    has_period_column: bool
    given_subject: bool = True
    given_serial: bool = True
    doubts: list[Doubt] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    subject_weight: str | None = None
    indicators: list[ImportedIndicator] = field(default_factory=list)
    entries: list[ImportedEntry] = field(default_factory=list)
    # Progress told in several columns: the label over each, and the words.
    progress: list[tuple[str, str]] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """The words in `column`, "" when the table has no such column."""
        return self.words.get(column, "")

    def doubt(self, field_name: str, reason: str) -> None:
        """Note that a person should look at `field_name`."""
        self.doubts.append(Doubt(str(field_name), reason))

    def append(self, column: Column, words: str) -> None:
        """Add the rest of a text that went on in a later row."""
        self.words[column] = f"{self.text(column)} {words}".strip()
