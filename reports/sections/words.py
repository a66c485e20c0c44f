"""The words of a part as long as nobody has written others: official prose from the numbers.

No sentence speaks of a zero; a part in which nothing happened says so in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from bangla.dates import format_date, month_name
from bangla.digits import to_bangla

from ..enums import SectionKey
from ..models import Report
from .facts import Facts
from .registry import figure_kind

NOTHING_YET = Decimal(0)
Values = Mapping[str, Decimal]  # "meetings.held" to what the report says


class Said:
    """What the report says, as numbers and as words: `said["meetings.held"]`."""

    def __init__(self, report: Report, values: Values) -> None:
        self.report = report
        self._values = values

    def __getitem__(self, key: str) -> Decimal:
        return self._values.get(key, NOTHING_YET)

    def text(self, key: str) -> str:
        """The number with its unit: ১২টি."""
        return figure_kind(*key.split(".")).say(self[key])

    def clauses(self, wordings: Iterable[tuple[str, str]]) -> list[str]:
        """Of (key, words with a place for the number) those whose number is not zero."""
        return [words % self.text(key) for key, words in wordings if self[key]]


def words_for(key: SectionKey, said: Said, facts: Facts | None = None) -> str:
    """The paragraphs of a part, one on each line.

    Only what is told from the records themselves (problems, lessons) needs `facts`.
    """
    if key == SectionKey.PROBLEMS:
        return "\n".join(_problems(said, facts)) if facts else ""
    return "\n".join(WRITERS[key](said))


def joined(clauses: list[str]) -> str:
    """ "ক, খ ও গ" for clauses of a sentence."""
    if len(clauses) < 2:
        return "".join(clauses)
    return f"{', '.join(clauses[:-1])} এবং {clauses[-1]}"


def in_period(report: Report) -> str:
    """ "২০২৫–২৬ অর্থবছরে", "২০১৬ সালে", "জুলাই–ডিসেম্বর ২০২৬ সময়ে"."""
    endings = {"fiscal": "ে", "calendar": " সালে", "half": " সময়ে"}
    return f"{report.period.label}{endings[report.period.kind]}"


# --- The parts ----------------------------------------------------------------------------------
def _introduction(said: Said) -> Iterator[str]:
    report = said.report
    days = f"{format_date(report.starts_on)} থেকে {format_date(report.ends_on)}"
    yield (
        "নাগরিক সেবা সহজ, দ্রুত ও সাশ্রয়ী করা এবং সরকারি কাজে উদ্ভাবনের চর্চা বাড়ানো ইনোভেশন টিমের "
        f"দায়িত্ব। {in_period(report)} ({days}) {report.office.name_bn}-এর ইনোভেশন টিম যা করেছে, "
        "এই প্রতিবেদনে তা তুলে ধরা হলো।"
    )
    done = said.clauses(
        (
            ("meetings.held", "%s সভা অনুষ্ঠিত হয়েছে"),
            ("training.trainings", "%s প্রশিক্ষণ আয়োজন করা হয়েছে"),
            ("ideas.received", "%s আইডিয়া পাওয়া গেছে"),
            ("projects.pilots_started", "%s পাইলট শুরু হয়েছে"),
            ("projects.pilots_succeeded", "%s পাইলট সফলভাবে শেষ হয়েছে"),
            ("replication.in_use", "অন্য দপ্তরের %s উদ্যোগ চালু হয়েছে"),
        )
    )
    if done:
        yield f"এই সময়ে {joined(done)}।"
    if said["plan.tasks"]:
        yield (
            f"কর্মপরিকল্পনায় {said.text('plan.tasks')} কাজ ছিল, গড় অগ্রগতি {said.text('plan.percent')}।"
        )


def _meetings(said: Said) -> Iterator[str]:
    held, monthly = said["meetings.held"], said["meetings.monthly"]
    if not held:
        yield "প্রতিবেদনাধীন সময়ে ইনোভেশন টিমের কোনো সভা অনুষ্ঠিত হয়নি।"
        return
    if monthly == held:
        yield f"প্রতিবেদনাধীন সময়ে ইনোভেশন টিমের {said.text('meetings.held')} মাসিক সভা অনুষ্ঠিত হয়েছে।"
    else:
        of_them = f", এর মধ্যে মাসিক সভা {said.text('meetings.monthly')}" if monthly else ""
        yield (
            f"প্রতিবেদনাধীন সময়ে ইনোভেশন টিমের {said.text('meetings.held')} সভা অনুষ্ঠিত হয়েছে{of_them}।"
        )
    if said["meetings.decisions"]:
        yield _decisions(said)


def _decisions(said: Said) -> str:
    decided, done = said["meetings.decisions"], said["meetings.decisions_done"]
    words = f"সভায় মোট {said.text('meetings.decisions')} সিদ্ধান্ত গৃহীত হয়েছে"
    if done == decided:
        return f"{words} এবং প্রতিবেদনাধীন সময়েই সেগুলো বাস্তবায়িত হয়েছে।"
    if done:
        return f"{words}, এর মধ্যে {said.text('meetings.decisions_done')} বাস্তবায়িত হয়েছে।"
    return f"{words}।"


def _training(said: Said) -> Iterator[str]:
    if said["training.trainings"]:
        batches = ""
        if said["training.batches"] > said["training.trainings"]:
            batches = f" {said.text('training.batches')} ব্যাচে"
        yield f"প্রতিবেদনাধীন সময়ে {said.text('training.trainings')} প্রশিক্ষণ{batches} আয়োজন করা হয়েছে।"
        if said["training.participants"]:
            yield _people(said, "training.participants", "training.women")
    if said["training.workshops"]:
        came = ""
        if said["training.workshop_participants"]:
            came = f"; অংশ নিয়েছেন {said.text('training.workshop_participants')}"
        yield f"{said.text('training.workshops')} কর্মশালা বা সেমিনার আয়োজন করা হয়েছে{came}।"
    if not said["training.trainings"] and not said["training.workshops"]:
        yield "প্রতিবেদনাধীন সময়ে কোনো প্রশিক্ষণ বা কর্মশালা আয়োজন করা হয়নি।"


def _people(said: Said, people: str, women: str) -> str:
    of_them = f", তাঁদের মধ্যে নারী {said.text(women)}" if said[women] else ""
    return f"এতে {said.text(people)} অংশ নিয়েছেন{of_them}।"


def _projects(said: Said) -> Iterator[str]:
    done = said.clauses(
        (
            ("projects.approved", "%s উদ্ভাবনী উদ্যোগ অনুমোদন করা হয়েছে"),
            ("projects.pilots_started", "%s উদ্যোগের পাইলট শুরু হয়েছে"),
            ("projects.pilots_succeeded", "%s পাইলট সফলভাবে শেষ হয়েছে"),
            ("projects.pilots_stopped", "%s পাইলট বন্ধ করা হয়েছে"),
        )
    )
    if done:
        yield f"প্রতিবেদনাধীন সময়ে {joined(done)}।"
    if said["projects.pilots_running"]:
        yield f"{said.text('projects.pilots_running')} পাইলট চলমান রয়েছে।"
    elif not done:
        yield "প্রতিবেদনাধীন সময়ে কোনো উদ্যোগ অনুমোদন করা বা পাইলট শুরু করা হয়নি।"
    yield from _savings(said)


SAVED = (
    ("projects.saved_days", "সময়"),
    ("projects.saved_taka", "খরচ"),
    ("projects.saved_visits", "যাতায়াত"),
)


def _savings(said: Said) -> Iterator[str]:
    """What got better, and what got worse, each in a sentence of its own."""
    saved = [f"{said.text(key)} {name}" for key, name in SAVED if said[key] > 0]
    if saved:
        yield (f"সফল পাইলট ও চালু হওয়া রেপ্লিকেশনের ফলে সেবাগ্রহীতাদের বছরে {joined(saved)} সাশ্রয় হচ্ছে।")
    for key, name in SAVED:
        if said[key] < 0:
            more = figure_kind(*key.split(".")).say(-said[key])
            yield f"তবে সেবাগ্রহীতাদের বছরে {more} বেশি {name} লাগছে।"


def _visits(said: Said) -> Iterator[str]:
    if said["visits.visits"]:
        yield (
            "উদ্ভাবনী কার্যক্রমের অগ্রগতি দেখতে প্রতিবেদনাধীন সময়ে "
            f"{said.text('visits.visits')} পরিদর্শন করা হয়েছে।"
        )
    else:
        yield "প্রতিবেদনাধীন সময়ে কোনো পরিদর্শন করা হয়নি।"


def _circles(said: Said) -> Iterator[str]:
    if said["circles.circles"]:
        came = ""
        if said["circles.participants"]:
            came = f"; এতে {said.text('circles.participants')} অংশ নিয়েছেন"
        yield (f"প্রতিবেদনাধীন সময়ে {said.text('circles.circles')} ইনোভেশন সার্কেল অনুষ্ঠিত হয়েছে{came}।")
    else:
        yield "প্রতিবেদনাধীন সময়ে কোনো ইনোভেশন সার্কেল অনুষ্ঠিত হয়নি।"


def _social_media(said: Said) -> Iterator[str]:
    done = said.clauses(
        (
            ("social_media.posts", "%s পোস্ট ও উত্তর দেওয়া হয়েছে"),
            ("social_media.ideas", "%s আইডিয়া পাওয়া গেছে"),
        )
    )
    if done:
        yield f"প্রতিবেদনাধীন সময়ে সামাজিক যোগাযোগমাধ্যমে {joined(done)}।"
    else:
        yield "প্রতিবেদনাধীন সময়ে সামাজিক যোগাযোগমাধ্যমে উদ্ভাবন বিষয়ে কোনো কার্যক্রম হয়নি।"


def _e_services(said: Said) -> Iterator[str]:
    if said["e_services.services"]:
        yield (
            "ওয়েবসাইট, ই-ফাইলিং ও ই-সেবার ক্ষেত্রে প্রতিবেদনাধীন সময়ে "
            f"{said.text('e_services.services')} কাজ করা হয়েছে।"
        )
    else:
        yield "প্রতিবেদনাধীন সময়ে নতুন কোনো ই-সেবা চালু করা হয়নি।"


def _ideas(said: Said) -> Iterator[str]:
    if said["ideas.received"]:
        sources = said.clauses(
            (
                ("ideas.from_staff", "কর্মকর্তা-কর্মচারীদের %s"),
                ("ideas.from_citizens", "নাগরিকদের %s"),
            )
        )
        of_them = f": {joined(sources)}" if sources else ""
        yield f"প্রতিবেদনাধীন সময়ে {said.text('ideas.received')} আইডিয়া পাওয়া গেছে{of_them}।"
    settled = said.clauses(
        (
            ("ideas.shortlisted", "%s আইডিয়া বাছাই তালিকায় নেওয়া হয়েছে"),
            ("ideas.approved", "%s আইডিয়া অনুমোদিত হয়েছে"),
            ("ideas.declined", "কারণ জানিয়ে %s আইডিয়া গ্রহণ করা হয়নি"),
        )
    )
    if settled:
        yield f"যাচাই-বাছাই শেষে {joined(settled)}।"
    elif not said["ideas.received"]:
        yield "প্রতিবেদনাধীন সময়ে কোনো আইডিয়া পাওয়া যায়নি।"


def _showcase(said: Said) -> Iterator[str]:
    done = said.clauses(
        (
            ("showcase.events", "%s শোকেসিং অনুষ্ঠান আয়োজন করা হয়েছে"),
            ("showcase.initiatives", "%s উদ্যোগ প্রদর্শন করা হয়েছে"),
            ("showcase.awards", "উদ্ভাবনের জন্য %s স্বীকৃতি দেওয়া হয়েছে"),
            ("showcase.recognitions", "এই দপ্তর %s স্বীকৃতি পেয়েছে"),
        )
    )
    if done:
        yield f"প্রতিবেদনাধীন সময়ে {joined(done)}।"
    else:
        yield "প্রতিবেদনাধীন সময়ে কোনো শোকেসিং অনুষ্ঠান হয়নি এবং স্বীকৃতি দেওয়া বা পাওয়া হয়নি।"


def _replication(said: Said) -> Iterator[str]:
    done = said.clauses(
        (
            ("replication.taken", "অন্য দপ্তর থেকে %s উদ্যোগ নেওয়া হয়েছে"),
            ("replication.in_use", "%s উদ্যোগ এই দপ্তরে চালু হয়েছে"),
            ("replication.by_others", "%s ক্ষেত্রে এই দপ্তরের উদ্যোগ অন্য দপ্তর নিয়েছে"),
        )
    )
    if done:
        yield f"প্রতিবেদনাধীন সময়ে {joined(done)}।"
    else:
        yield "প্রতিবেদনাধীন সময়ে কোনো উদ্যোগ রেপ্লিকেট করা হয়নি।"


def _finance(said: Said) -> Iterator[str]:
    if said["finance.funds"]:
        yield (f"উদ্ভাবনী কার্যক্রমের জন্য প্রতিবেদনাধীন সময়ে মোট {said.text('finance.funds')} পাওয়া গেছে।")
    if said["finance.pilot_budget"]:
        yield f"এই সময়ে শুরু হওয়া পাইলটগুলোর মোট বাজেট {said.text('finance.pilot_budget')}।"
    if not said["finance.funds"] and not said["finance.pilot_budget"]:
        yield "প্রতিবেদনাধীন সময়ে উদ্ভাবনী কার্যক্রমের জন্য কোনো অর্থ পাওয়া যায়নি।"


def _plan(said: Said) -> Iterator[str]:
    if not said["plan.tasks"]:
        yield "প্রতিবেদনাধীন সময়ের কোনো কর্মপরিকল্পনা ছিল না।"
        return
    done = ""
    if said["plan.done"] == said["plan.tasks"]:
        done = "; সব কাজই সম্পন্ন হয়েছে"
    elif said["plan.done"]:
        done = f"; এর মধ্যে {said.text('plan.done')} সম্পন্ন হয়েছে"
    yield (
        f"কর্মপরিকল্পনায় {said.text('plan.tasks')} কাজ ছিল{done}। "
        f"গড় অগ্রগতি {said.text('plan.percent')}।"
    )
    if said["plan.late"]:
        yield f"{said.text('plan.late')} কাজ নির্ধারিত সময়ের মধ্যে শেষ হয়নি।"


def _scores(said: Said) -> Iterator[str]:
    if said["scores.weight"]:
        whole, gained = said.text("scores.weight"), said.text("scores.total")
        yield f"প্রতিবেদনাধীন সময়ের মূল্যায়নে মোট {whole}ের মধ্যে {gained} পাওয়া গেছে।"
    else:
        yield "প্রতিবেদনাধীন সময়ের মূল্যায়নের নম্বর পাওয়া যায়নি।"


def _next_plan(said: Said) -> Iterator[str]:
    if said["next_plan.tasks"]:
        yield f"পরবর্তী সময়ের কর্মপরিকল্পনায় {said.text('next_plan.tasks')} কাজ রাখা হয়েছে।"
    else:
        yield "পরবর্তী সময়ের কর্মপরিকল্পনা এখনো প্রণয়ন করা হয়নি।"


def _annexes(said: Said) -> Iterator[str]:
    parts = []
    if said["meetings.decisions"]:
        parts.append("সভার সিদ্ধান্তগুলোর বাস্তবায়নের অবস্থা")
    if said["annexes.pictures"]:
        parts.append(f"কার্যক্রমের {said.text('annexes.pictures')} ছবি")
    if parts:
        yield f"এই অংশে {joined(parts)} দেওয়া হলো।"


def _problems(said: Said, facts: Facts) -> Iterator[str]:
    """What the records tell of difficulties, and what was learnt from them."""
    nothing = True
    for line in (*_months_unmet(facts), *_late(said), *_lessons(facts)):
        nothing = False
        yield line
    if nothing:
        yield "প্রতিবেদনাধীন সময়ে উল্লেখযোগ্য কোনো সমস্যা নথিভুক্ত হয়নি।"


def _months_unmet(facts: Facts) -> Iterator[str]:
    for unmet in facts.months_unmet:
        month = f"{month_name(unmet.month.month)} {to_bangla(unmet.month.year)}"
        yield f"{month} মাসে সভা করা যায়নি। কারণ: {_sentence(unmet.reason)}"


def _late(said: Said) -> Iterator[str]:
    if said["plan.late"]:
        yield f"কর্মপরিকল্পনার {said.text('plan.late')} কাজ নির্ধারিত সময়ের মধ্যে শেষ করা যায়নি।"


def _lessons(facts: Facts) -> Iterator[str]:
    """Of the pilots that ended in the period, as those who ran them wrote it down."""
    for pilot in facts.pilots:
        if not pilot.lessons.strip():
            continue
        if facts.happened(pilot.halted_at):
            yield f"‘{pilot.idea.title}’ পাইলটটি বন্ধ করতে হয়েছে। শিক্ষা: {_sentence(pilot.lessons)}"
        elif facts.happened(pilot.finished_at):
            yield f"‘{pilot.idea.title}’ পাইলট থেকে পাওয়া শিক্ষা: {_sentence(pilot.lessons)}"


def _sentence(text: str) -> str:
    """In one line, with its full stop."""
    line = " ".join(text.split())
    return line if line.endswith(("।", "?", "!")) else f"{line}।"


WRITERS: dict[SectionKey, Callable[[Said], Iterable[str]]] = {
    SectionKey.INTRODUCTION: _introduction,
    SectionKey.MEETINGS: _meetings,
    SectionKey.TRAINING: _training,
    SectionKey.PROJECTS: _projects,
    SectionKey.VISITS: _visits,
    SectionKey.CIRCLES: _circles,
    SectionKey.SOCIAL_MEDIA: _social_media,
    SectionKey.E_SERVICES: _e_services,
    SectionKey.IDEAS: _ideas,
    SectionKey.SHOWCASE: _showcase,
    SectionKey.REPLICATION: _replication,
    SectionKey.FINANCE: _finance,
    SectionKey.PLAN: _plan,
    SectionKey.SCORES: _scores,
    SectionKey.NEXT_PLAN: _next_plan,
    SectionKey.ANNEXES: _annexes,
}
