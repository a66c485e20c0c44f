"""Reminders: one letter a morning to whoever has something new to hear.

When something is reminded of and how far up that goes is data (`ReminderRule`, read by
`occasions`); who is to be told is worked out in `calls`; what was told to whom is kept
(`Reminder`, read by `memory`) and written with the letters (`letters`).
docs/adr/0010-reminders.md and docs/adr/0018-deadlines.md give the reasons.
"""

from .run import remind

__all__ = ["remind"]
