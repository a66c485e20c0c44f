"""Something real on every page of ideas.urls.screening."""

from django.urls import reverse

from ideas.models import Screening
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.ideas.register import make_idea
from tests.ideas.scores import close_round, give_score


def of_officer(upazila: Upazila) -> Addresses:
    """An idea to score, a round that goes on, and one that is over."""
    team = upazila
    waiting = make_idea(team.office, by=team.head, title="টোকেন নম্বর পর্দায় দেখানো")
    going_on = make_idea(team.office, by=team.head, title="হাটের দিনে আবেদন সহায়তা")
    over = make_idea(team.office, by=team.head, title="শুনানির তারিখ মোবাইলে জানানো")
    give_score(going_on, by=team.head)
    for member in (team.head, team.member):
        give_score(over, by=member, note="খরচ কম, দ্রুত করা যায়")
    close_round(over, by=team.head)
    rounds = Screening.objects.filter(idea__in=(going_on, over))
    return {
        "ideas:screening_list": [reverse("ideas:screening_list")],
        "ideas:criteria": [reverse("ideas:criteria")],
        "ideas:score": [reverse("ideas:score", args=[one.pk]) for one in (waiting, going_on)],
        "ideas:screening_detail": [
            reverse("ideas:screening_detail", args=[one.pk]) for one in rounds
        ],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset({"ideas:score_take_back", "ideas:screening_close"}),
)
