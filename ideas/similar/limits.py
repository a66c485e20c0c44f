"""How often an address may ask what is similar: enough for whoever types, too little to copy."""

from django.http import HttpRequest

from ..guard import Tally

# Within an hour. Somebody who writes for an hour pauses less often.
MOST_QUESTIONS = 300


class Asker(Tally):
    """Whoever asks from one address; counted beside what is handed in, under its own key."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "similar")

    def may_ask(self) -> bool:
        """Whether once more is allowed; it is counted. Two at once may count as one."""
        if self.count >= MOST_QUESTIONS:
            return False
        self.add()
        return True
