"""What each office owes, by when, and whether it has been done.

`spans` says which years, half-years and months are due in a stretch of days, `done` who has done
what of them, `finding` puts both together for any number of offices with a fixed number of
queries, `words` says what a matter is called and where it is answered.
"""

from .finding import YEAR, decisions_owed, matters
from .matter import Matter
from .tasks import tasks_owed
from .words import Words

__all__ = ["YEAR", "Matter", "Words", "decisions_owed", "matters", "tasks_owed"]
