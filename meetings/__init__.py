"""The monthly meeting: its calling, agenda, attendance, decisions and their follow-up, minutes."""
