"""The TCV table: figures as officers write them, saved together, shown with their arithmetic."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ideas.actions import MeasureRow, People, StaleMeasures, finish_pilot, save_measures, stop_pilot
from ideas.actions.measures import rows_of, state_of
from ideas.forms.measures import MeasuresForm
from ideas.models import Pilot
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_team
from tests.ideas.pilots import ROWS, make_pilot, measure
from tests.pages import form_fields, texts_of
from tests.races import at_once

MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def pilot(team: Team) -> Pilot:
    return make_pilot(team.office, by=team.head)


def page(pilot: Pilot) -> str:
    return reverse("ideas:pilot_measures", args=[pilot.pk])


def typed(**words: str) -> MeasuresForm:
    form = MeasuresForm({"time_unit": "day", **words})
    form.is_valid()
    return form


# --- Figures as they are written -----------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("১২.৫", "12.5"),
        ("12.50", "12.5"),
        ("1,20,000", "120000"),
        ("১,২০,০০০", "120000"),
        ("120,000", "120000"),
        (" ৳ ৫০০/- ", "500"),
        ("৮৫০ টাকা", "850"),
        ("0", "0"),
        ("৯৯৯৯৯৯৯৯৯৯.৯৯", "9999999999.99"),
    ],
)
def test_figure_is_read_exactly(words: str, value: str) -> None:
    form = typed(cost_before=words)
    assert form.rows == [MeasureRow("cost", "taka", Decimal(value))]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "-৫",
            f"{MINUS}5",
            "12,5",
            "1,2,3",
            "১২.৫৫৫",
            "1e3",
            "NaN",
            "inf",
            "বারো",
            "1.2.3",
            "²",
            "٣",
        ),
        *("10000000000", "১০০০০০০০০০০০০০০০", "9" * 5000, "\x00১২x", "0x10", "1_000"),
    ],
)
def test_figure_that_cannot_be_meant_is_refused_beside_its_box(words: str) -> None:
    form = typed(cost_before=words)
    assert list(form.errors) == ["cost_before"]


def test_after_without_before_is_asked_for_its_before() -> None:
    assert list(typed(visits_after="১").errors) == ["visits_before"]
    assert list(typed(time_note="ঘড়ি ধরে").errors) == ["time_before"]


@pytest.mark.parametrize("people", ["১২.৫", "-১", "10000000001", "অনেক"])
def test_number_of_people_is_a_whole_number(people: str) -> None:
    assert list(typed(people_per_year=people).errors) == ["people_per_year"]


def test_unknown_unit_is_refused() -> None:
    assert list(typed(time_before="1", time_unit="taka").errors) == ["time_unit"]


# --- Saving --------------------------------------------------------------------------------
def test_before_is_saved_first_and_after_later(pilot: Pilot, client: Client) -> None:
    form = form_fields(client.get(page(pilot)))
    before = {**form, "time_before": "১২.৫", "time_unit": "day", "cost_before": "৮৫০"}
    assert client.post(page(pilot), before).status_code == 302
    assert rows_of(pilot) == [
        MeasureRow("time", "day", Decimal("12.50")),
        MeasureRow("cost", "taka", Decimal("850.00")),
    ]
    form = form_fields(client.get(page(pilot)))
    assert (form["time_before"], form["cost_before"], form["time_after"]) == ("১২.৫", "৮৫০", "")
    after = {**form, "time_after": "৩", "cost_before": "", "people_per_year": "১,২০,০০০"}
    assert client.post(page(pilot), after).status_code == 302
    # A line that was emptied is no line any more.
    assert rows_of(pilot) == [MeasureRow("time", "day", Decimal("12.50"), Decimal("3.00"))]
    pilot.refresh_from_db()
    assert pilot.people_per_year == 120_000


def test_words_are_not_lost_when_a_figure_is_wrong(pilot: Pilot, client: Client) -> None:
    form = {**form_fields(client.get(page(pilot))), "time_before": "বারো", "cost_before": "৮৫০"}
    answer = client.post(page(pilot), form)
    assert answer.status_code == 422
    assert form_fields(answer)["cost_before"] == "৮৫০"
    assert form_fields(answer)["time_before"] == "বারো"
    assert rows_of(pilot) == []


def test_save_from_an_old_copy_shows_both_tables(team: Team, pilot: Pilot, client: Client) -> None:
    old = form_fields(client.get(page(pilot)))
    measure(pilot, by=team.head)
    answer = client.post(page(pilot), {**old, "time_before": "২০", "time_unit": "day"})
    assert answer.status_code == 409
    assert "১২.৫ দিন" in " ".join(texts_of(answer, "table.tcv td"))
    assert form_fields(answer)["time_before"] == "২০"
    assert rows_of(pilot) == list(ROWS)
    # Having seen both, the officer keeps the own one.
    assert client.post(page(pilot), form_fields(answer)).status_code == 302
    assert rows_of(pilot)[0].before == 20


def test_same_table_sent_twice_is_no_conflict_and_one_record(pilot: Pilot, client: Client) -> None:
    form = {**form_fields(client.get(page(pilot))), "visits_before": "৪"}
    assert [client.post(page(pilot), form).status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(action="pilot.measure").count() == 1


def test_what_was_measured_before_stays_in_the_record(team: Team, pilot: Pilot) -> None:
    measure(pilot, by=team.head)
    save_measures(of=pilot, rows=[], by=team.member)
    entry = AuditEntry.objects.filter(action="pilot.measure").latest("pk")
    assert entry.by == team.member
    assert entry.before["rows"][0]["before"] == "12.5"
    assert entry.after["rows"] == []


def test_measures_are_still_written_after_success_but_not_after_a_stop(team: Team) -> None:
    succeeded, stopped = (make_pilot(team.office, by=team.head) for _ in range(2))
    finish_pilot(pilot=succeeded, results="ভালো", lessons="", by=team.head, unmeasured_reason="পরে")
    stop_pilot(pilot=stopped, lessons="চলে না", by=team.head)
    measure(succeeded, by=team.member)
    with pytest.raises(WrongState):
        measure(stopped, by=team.member)


def test_wrong_rows_are_a_fault_of_the_caller(team: Team, pilot: Pilot) -> None:
    for rows in ([ROWS[0], ROWS[0]], [MeasureRow("time", "taka", Decimal(1))]):
        with pytest.raises(ValueError, match=r"kind|measured"):
            save_measures(of=pilot, rows=rows, by=team.head)


@pytest.mark.django_db(transaction=True)
def test_of_two_tables_saved_at_once_one_is_told() -> None:
    team = make_team()
    pilot = make_pilot(team.office, by=team.head)
    was = state_of([], People.of(pilot))

    def save(before: int) -> None:
        row = MeasureRow("visits", "visit", Decimal(before))
        save_measures(of=Pilot.objects.get(pk=pilot.pk), rows=[row], was=was, by=team.head)

    results = at_once([lambda: save(3), lambda: save(4)])
    assert sorted(type(result) for result in results if result) == [StaleMeasures]
    assert pilot.measures.count() == 1


# --- The table as shown --------------------------------------------------------------------
def test_page_shows_change_percent_and_the_sum_of_a_year(team: Team, pilot: Pilot) -> None:
    measure(pilot, by=team.head, people=1200)
    cells = texts_of(client_of(team.member).get(pilot.get_absolute_url()), "table.tcv td")
    assert cells[:8] == [
        "১২.৫ দিন",
        "৩ দিন",
        "৯.৫ দিন কমেছে ৭৬%",
        f"১১,৪০০ দিন (১২.৫ {MINUS} ৩) দিন {TIMES} ১,২০০ জন",
        "৮৫০ টাকা",
        "১২০.৫ টাকা",
        "৭২৯.৫ টাকা কমেছে ৮৫.৮%",
        f"৮,৭৫,৪০০ টাকা (৮৫০ {MINUS} ১২০.৫) টাকা {TIMES} ১,২০০ জন",
    ]


def test_page_says_when_a_service_got_worse_or_stayed(team: Team, pilot: Pilot) -> None:
    rows = [
        MeasureRow("time", "hour", Decimal(2), Decimal(3)),
        MeasureRow("cost", "taka", Decimal(0), Decimal(5)),
        MeasureRow("visits", "visit", Decimal(1), Decimal(1)),
    ]
    measure(pilot, by=team.head, people=None, rows=rows)
    cells = texts_of(client_of(team.member).get(pilot.get_absolute_url()), "table.tcv td")
    assert cells[2::3] == ["১ ঘণ্টা বেড়েছে ৫০%", "৫ টাকা বেড়েছে", "একই আছে"]


def test_largest_figures_are_multiplied_to_the_last_digit(team: Team, pilot: Pilot) -> None:
    rows = [MeasureRow("cost", "taka", Decimal("9999999999.99"), Decimal("0.01"))]
    measure(pilot, by=team.head, people=10_000_000_000, rows=rows)
    cells = texts_of(client_of(team.member).get(pilot.get_absolute_url()), "table.tcv td")
    assert cells[3].startswith("৯,৯৯,৯৯,৯৯,৯৯,৯৯,৮০,০০,০০,০০০ টাকা")
