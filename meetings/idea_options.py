"""Which ideas a decision can be about: the office's own, and proven ones of all the country.

Its own ideas a meeting moves; a proven one, whosever it is, it recommends to the offices below.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ideas.enums import PROVEN
from ideas.models import Idea, IdeaQuerySet, Initiative

from .enums import IdeaEffect

MOST_PROVEN = 60  # in the list at a time; words narrow it
LONGEST_OPTION = 110
LONGEST_NUMBER = 19  # digits that the database still takes for a number

Option = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class IdeaOptions:
    """The ideas that can be chosen.

    `words` narrow what is listed of other offices' initiatives. `kept` is what the decision names
    already: its words can be saved though the initiative has been withdrawn meanwhile; that the
    decision needs mending is said when the minutes are settled.
    """

    office_id: int
    words: str = ""
    kept: int | None = None

    def all(self) -> IdeaQuerySet:
        """Every idea that a decision of this office may name, listed or not."""
        proven = Q(pk__in=Idea.objects.proven().values("pk"))
        ideas = Idea.objects.filter(Q(office=self.office_id) | proven | Q(pk=self.kept))
        return ideas.order_by("-received_on", "-pk")

    def groups(
        self, *, chosen: Any = None, with_proven: bool = True
    ) -> list[Option | tuple[str, list[Option]]]:
        """The options of the select: own ideas first, then proven ones (two queries).

        What is chosen stays in the list whatever the words.
        """
        own = Idea.objects.filter(office=self.office_id).registered()
        shown = [(idea.pk, _short(idea.title)) for idea in own.order_by("-received_on", "-pk")]
        others = self._proven(chosen, known={pk for pk, _title in shown}) if with_proven else []
        found: list[Option | tuple[str, list[Option]]] = [("", _("কোনোটি নয়"))]
        if shown:
            found.append((_("আপনার দপ্তরের আইডিয়া"), shown))
        if others:
            found.append((_("অন্য দপ্তরের প্রকাশিত উদ্যোগ (সুপারিশের জন্য)"), others))
        return found

    def why_not(self, idea: Idea, effect: str) -> str:
        """Why a decision with this effect cannot be about the idea; "" if it can."""
        if effect == IdeaEffect.RECOMMEND:
            if idea.pk == self.kept or Idea.objects.proven().filter(pk=idea.pk).exists():
                return ""
            return _("শুধু প্রকাশিত উদ্যোগ সুপারিশ করা যায়। তালিকার নিচের অংশ থেকে বেছে নিন।")
        if idea.office_id != self.office_id:
            return _("অন্য দপ্তরের উদ্যোগ শুধু সুপারিশ করা যায়। “রেপ্লিকেশনের সুপারিশ” বেছে নিন।")
        return ""

    def _proven(self, chosen: Any, *, known: set[int]) -> list[Option]:
        pages = (
            Initiative.objects.published()
            .filter(idea__status__in=PROVEN)
            .exclude(idea__office=self.office_id)
            .select_related("idea__office")
            .order_by("-published_at", "-pk")
        )
        found = list((pages.search(self.words) if self.words else pages)[:MOST_PROVEN])
        listed = known | {page.idea_id for page in found}
        number = str(chosen or "")
        if number.isdecimal() and len(number) < LONGEST_NUMBER and int(number) not in listed:
            found += pages.filter(idea=int(number))
        return [(page.idea_id, _short(f"{page.title} — {page.idea.office.name}")) for page in found]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_OPTION else f"{text[: LONGEST_OPTION - 1]}…"
