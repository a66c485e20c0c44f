"""One part of a report: words, numbers, tables, scores, pictures, and what stands behind them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from reports.models import Report
from reports.sections import FIGURES
from teams.models import AuditEntry
from tests.factories import Team, client_of, make_plan, make_team
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.reports.activities import make_activity, make_activity_picture
from tests.reports.build import make_report
from tests.reports.words import press, section_of, to, typed, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


@pytest.fixture
def report(team: Team) -> Report:
    """Of the year that is over, with one training of forty people."""
    make_plan(team.office, by=team.head, period="2025-2026", tasks=3)
    make_activity(team.office, by=team.head, participants=40, women=12, batches=2)
    return make_report(team.office, by=team.head)


def train(team: Team, people: int = 25) -> None:
    """One more training, written down after the report was begun."""
    make_activity(
        team.office,
        by=team.head,
        title="পরের প্রশিক্ষণ",
        held_on=date(2026, 5, 2),
        participants=people,
    )


# --- Words -----------------------------------------------------------------------------------
def test_words_are_saved_and_written_down(client: Client, team: Team, report: Report) -> None:
    response = write(client, report, " এ বছর সাম\u09dfিকভাবে\r\nজনবল কম ")
    page = client.get(response.url)
    assert texts_of(page, ".alert-success") == ["সংরক্ষিত হয়েছে।"]
    assert find(page, "[data-draft-done]")
    section = section_of(report, "problems")
    assert (section.words, section.is_own_words) == ("এ বছর সাম\u09af\u09bcিকভাবে\nজনবল কম", True)
    entry = AuditEntry.objects.get(action="section.update")
    assert (entry.by, entry.after["words"]) == (team.member, section.words)


def test_stale_words_show_both_and_write_nothing(
    client: Client, team: Team, report: Report
) -> None:
    section = section_of(report, "problems")
    old = typed(client.get(section.get_absolute_url()))
    write(client_of(team.head), report, "তাঁর কথা")
    response = client.post(section.get_absolute_url(), {**old, "words": "আমার কথা"})
    assert response.status_code == 409
    assert texts_of(response, "section.card .words") == ["তাঁর কথা"]
    form = typed(response)
    assert form["words"].strip() == "আমার কথা"
    assert section_of(report, "problems").words == "তাঁর কথা"
    client.post(section.get_absolute_url(), form)
    assert section_of(report, "problems").words == "আমার কথা"


def test_number_taken_meanwhile_stands_against_nobodys_words(
    client: Client, team: Team, report: Report
) -> None:
    """Somebody writes, takes a number beside it, and sends what was written."""
    write(client, report, "প্রথম লেখা", key="training")
    section = section_of(report, "training")
    old = typed(client.get(section.get_absolute_url()))
    train(team)
    press(client, section, "section_take", what="participants")
    response = client.post(section.get_absolute_url(), {**old, "words": "দ্বিতীয় লেখা"})
    assert response.status_code == 302
    section.refresh_from_db()
    assert (section.words, section.figures["participants"]["value"]) == ("দ্বিতীয় লেখা", "65")


def test_same_words_sent_twice_on_a_bad_line_are_no_conflict(
    client: Client, report: Report
) -> None:
    section = section_of(report, "problems")
    form = typed(client.get(section.get_absolute_url())) | {"words": "জনবল কম"}
    for _ in range(2):
        assert client.post(section.get_absolute_url(), form).status_code == 302


def test_generated_words_come_back_when_asked_for(client: Client, report: Report) -> None:
    section = section_of(report, "training")
    generated = section.words
    assert "৪০ জন" in generated
    write(client, report, "নিজের কথা", key="training")
    page = client.get(section.get_absolute_url())
    assert " ".join(generated.split()) in texts_of(page, "details .words")
    press(client, section, "section_restore")
    section.refresh_from_db()
    assert (section.words, section.is_own_words) == (generated, False)


def test_script_in_the_words_is_words(client: Client, report: Report) -> None:
    evil = "<script>alert(1)</script>"
    section = section_of(report, "problems")
    old = typed(client.get(section.get_absolute_url()))
    write(client, report, evil)
    conflict = client.post(section.get_absolute_url(), {**old, "words": "অন্য"})
    pages = [
        client.get(address)
        for address in (
            section.get_absolute_url(),
            report.get_absolute_url(),
            reverse("reports:preview", args=[report.pk]),
        )
    ]
    for response in (conflict, *pages):
        assert evil not in response.content.decode()
        assert "&lt;script&gt;" in response.content.decode()


@pytest.mark.parametrize("version", ["9" * 30, "-1", "x", "", str(2**63)])
def test_odd_version_keeps_the_words_on_the_page(
    client: Client, report: Report, version: str
) -> None:
    section = section_of(report, "problems")
    form = {"version": version, "was": "", "words": "হারাবে না"}
    response = client.post(section.get_absolute_url(), form)
    assert response.status_code in (409, 422)
    assert typed(response)["words"].strip() == "হারাবে না"
    for name in ("section_take", "section_restore", "section_bring_back"):
        response = client.post(to(name, section), {"version": version})
        assert response.status_code == 302
    again = section_of(report, "problems")
    assert (again.words, again.version) == (section.words, section.version)


# --- Numbers ---------------------------------------------------------------------------------
def test_changed_record_is_offered_and_never_forced(
    client: Client, team: Team, report: Report
) -> None:
    train(team)
    section = section_of(report, "training")
    page = client.get(section.get_absolute_url())
    offers = texts_of(page, "ul.figures button.chip")
    assert "নথি এখন বলছে ৬৫ জন · নিন" in offers
    assert section.figures["participants"]["value"] == "40"
    form = find(page, "#figure-participants form")[0]
    client.post(form.get("action"), dict(form.fields))
    section.refresh_from_db()
    assert section.figures["participants"]["value"] == "65"
    assert section.figures["trainings"]["value"] == "1"
    assert "৬৫ জন" in section.words


def test_newer_table_is_shown_row_by_row_before_it_is_taken(
    client: Client, team: Team, report: Report
) -> None:
    train(team)
    section = section_of(report, "training")
    page = client.get(section.get_absolute_url())
    assert any("পরের প্রশিক্ষণ" in line for line in texts_of(page, "ul.row-changes ins"))
    assert not any("পরের প্রশিক্ষণ" in line for line in texts_of(page, "table.list tbody th"))
    press(client, section, "section_take", what="tables")
    section.refresh_from_db()
    page = client.get(section.get_absolute_url())
    assert "পরের প্রশিক্ষণ" in texts_of(page, "table.list tbody th")
    assert section.figures["participants"]["value"] == "40"


def test_own_number_needs_a_reason_and_keeps_it(client: Client, report: Report) -> None:
    section = section_of(report, "training")
    own = to("section_own_figure", section, "participants")
    refused = client.post(own, {"version": section.version, "value": "৫০", "reason": ""})
    assert refused.status_code == 422
    assert "এক লাইনে লিখুন" in texts_of(refused, "#figure-participants .invalid-feedback")[0]
    assert find(refused, "#figure-participants details[open]")
    client.post(own, {"version": section.version, "value": "৫০", "reason": "দশজন পরে যোগ দেন"})
    page = client.get(section.get_absolute_url())
    said = texts_of(page, "#figure-participants")[0]
    assert "৫০ জন" in said
    assert "দশজন পরে যোগ দেন" in said
    assert "নথি এখন বলছে ৪০ জন · নিন" in said
    # Taking everything leaves what was typed; taking it by name does not.
    press(client, section, "section_take")
    section.refresh_from_db()
    assert section.figures["participants"]["value"] == "50"
    press(client, section, "section_take", what="participants")
    section.refresh_from_db()
    assert section.figures["participants"] == {"value": "40", "is_own": False, "reason": ""}


@pytest.mark.parametrize("value", ["", "অনেক", "-৫", "২.৫", "9" * 30, "১,২"])
def test_odd_number_is_refused_beside_its_box(client: Client, report: Report, value: str) -> None:
    section = section_of(report, "training")
    form = {"version": section.version, "value": value, "reason": "কারণ"}
    response = client.post(to("section_own_figure", section, "participants"), form)
    assert response.status_code == 422
    assert find(response, "#figure-participants .invalid-feedback")


def test_own_number_from_an_old_copy_stays_in_its_box(
    client: Client, team: Team, report: Report
) -> None:
    section = section_of(report, "training")
    own = to("section_own_figure", section, "participants")
    form = {"version": section.version, "value": "৫০", "reason": "দশজন পরে যোগ দেন"}
    write(client_of(team.head), report, "তাঁর কথা", key="training")
    response = client.post(own, form)
    assert response.status_code == 409
    again = form_fields(response, f"form[action='{own}']")
    assert (again["value"], again["reason"]) == ("৫০", "দশজন পরে যোগ দেন")
    assert client.post(own, again).status_code == 302
    assert section_of(report, "training").figures["participants"]["value"] == "50"


def test_number_or_part_that_no_report_has_is_not_found(client: Client, report: Report) -> None:
    for address in (
        reverse("reports:source", args=[report.pk, "training", "nonsense"]),
        reverse("reports:source", args=[report.pk, "nonsense", "held"]),
        reverse("reports:source", args=[report.pk, "training", "held"]),
        reverse("reports:section", args=[report.pk, "nonsense"]),
    ):
        assert client.get(address).status_code == 404
    section = section_of(report, "training")
    assert press(client, section, "section_take", what="nonsense").status_code == 404


# --- Where numbers come from -----------------------------------------------------------------
def test_source_lists_the_records_and_their_sum(client: Client, team: Team, report: Report) -> None:
    train(team)
    make_activity(team.office, by=team.head, held_on=date(2026, 9, 1), participants=500)
    page = client.get(reverse("reports:source", args=[report.pk, "training", "participants"]))
    rows = list(zip(texts_of(page, "tbody th"), texts_of(page, "tbody td.right"), strict=True))
    assert rows == [("নাগরিক সেবায় উদ্ভাবন", "৪০ জন"), ("পরের প্রশিক্ষণ", "২৫ জন")]
    assert "৬৫ জন" in texts_of(page, "h1")[0]
    assert texts_of(page, "tfoot b") == ["৬৫ জন"]
    for link in find(page, "tbody a"):
        assert client.get(link.get("href")).status_code == 200


def test_every_number_has_its_source(client: Client, report: Report) -> None:
    for section in report.sections.all():
        for kind in FIGURES[section.key]:
            page = client.get(reverse("reports:source", args=[report.pk, section.key, kind.key]))
            assert page.status_code == 200
            said = kind.say(Decimal(section.figures[kind.key]["value"]))
            assert texts_of(page, "h1") == [f"{kind.label}: {said}"]


# --- In or out -------------------------------------------------------------------------------
def test_part_is_left_out_for_a_reason_and_brought_back(client: Client, report: Report) -> None:
    section = section_of(report, "circles")
    leave = to("section_leave_out", section)
    assert client.post(leave, {"version": section.version, "reason": ""}).status_code == 422
    page = client.post(leave, {"version": section.version, "reason": "এ বছর হয়নি"}, follow=True)
    assert "এ বছর হয়নি" in " ".join(texts_of(page, ".alert"))
    preview = client.get(reverse("reports:preview", args=[report.pk]))
    assert not find(preview, "#section-circles")
    press(client, section, "section_bring_back")
    preview = client.get(reverse("reports:preview", args=[report.pk]))
    assert find(preview, "#section-circles")


def test_part_no_report_goes_without_is_not_left_out(client: Client, report: Report) -> None:
    section = section_of(report, "introduction")
    assert not find(
        client.get(section.get_absolute_url()), f"form[action='{to('section_leave_out', section)}']"
    )
    press(client, section, "section_leave_out", reason="থাক")
    assert not section_of(report, "introduction").is_left_out


def test_parts_lead_to_their_neighbours(client: Client, report: Report) -> None:
    parts = list(report.sections.all())
    address, walked = parts[0].get_absolute_url(), 1
    while following := find(client.get(address), "nav.turn a[rel='next']"):
        address, walked = following[0].get("href"), walked + 1
    assert (address, walked) == (parts[-1].get_absolute_url(), len(parts))


# --- Scores ----------------------------------------------------------------------------------
def score(client: Client, report: Report, *lines: dict[str, str], **said: str) -> object:
    address = reverse("reports:scores", args=[report.pk])
    form = form_fields(client.get(address), "main form[data-draft]")
    rows = {
        f"form-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()
    }
    return client.post(address, {**form, **rows, **said})


LINE = {"indicator": "উদ্ভাবনী উদ্যোগ", "weight": "১০", "score": "৭.৫", "target": "২টি"}


def test_scores_are_typed_in_a_table_and_say_what_they_add_up_to(
    client: Client, report: Report
) -> None:
    score(client, report, LINE, {"indicator": "প্রশিক্ষণ", "weight": "৫", "score": "৫"})
    section = section_of(report, "scores")
    assert section.figures["total"]["value"] == "12.5"
    page = client.get(section.get_absolute_url())
    assert "উদ্ভাবনী উদ্যোগ" in " ".join(texts_of(page, "table.list"))
    # Emptying a line takes it out.
    score(client, report, dict.fromkeys(LINE, ""))
    assert [line.indicator for line in report.score_lines.all()] == ["প্রশিক্ষণ"]


@pytest.mark.parametrize(
    "line",
    [
        {**LINE, "score": "১১"},
        {**LINE, "weight": "০"},
        {**LINE, "weight": ""},
        {**LINE, "score": ""},
        {**LINE, "indicator": ""},
        {**LINE, "weight": "9" * 20},
    ],
)
def test_odd_score_is_refused_in_its_row(
    client: Client, report: Report, line: dict[str, str]
) -> None:
    response = score(client, report, LINE, line)
    assert response.status_code == 422
    assert len(find(response, "table.score-sheet td.wrong")) == 1
    assert form_fields(response, "main form[data-draft]")["form-0-target"] == "২টি"
    assert not report.score_lines.exists()


def test_scores_from_an_old_copy_show_what_stands_now(client: Client, report: Report) -> None:
    score(client, report, LINE)
    response = score(client, report, {**LINE, "score": "৯"}, version="1")
    assert response.status_code == 409
    assert "৭.৫" in " ".join(texts_of(response, ".alert li"))
    form = form_fields(response, "main form[data-draft]")
    assert form["form-0-score"] == "৯"
    client.post(reverse("reports:scores", args=[report.pk]), form)
    assert report.score_lines.get().score == 9


def test_odd_table_of_scores_is_answered(client: Client, report: Report) -> None:
    address = reverse("reports:scores", args=[report.pk])
    for form in (
        {},
        {"version": "1"},
        {"version": "x", "form-TOTAL_FORMS": "9" * 30, "form-INITIAL_FORMS": "0"},
        {"version": "1", "form-TOTAL_FORMS": "100000", "form-INITIAL_FORMS": "0"},
    ):
        assert client.post(address, form).status_code in (409, 422, 302)
    assert not report.score_lines.exists()


# --- Pictures --------------------------------------------------------------------------------
def a_picture(colour: str = "red") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "JPEG")
    return SimpleUploadedFile("ছবি.jpg", drawn.getvalue(), "image/jpeg")


def test_pictures_are_added_worded_put_in_order_and_removed(client: Client, report: Report) -> None:
    add = reverse("reports:picture_create", args=[report.pk])
    assert client.post(add, {"picture": a_picture(), "caption": ""}).status_code == 422
    for colour, caption in (("red", "এক"), ("blue", "দুই")):
        client.post(add, {"picture": a_picture(colour), "caption": caption})
    first, second = report.pictures.all()
    served = client.get(reverse("reports:picture", args=[first.pk]))
    assert served["Content-Type"] == "image/jpeg"
    assert b"".join(served.streaming_content)[:2] == b"\xff\xd8"
    client.post(reverse("reports:picture_move", args=[second.pk]), {"direction": "up"})
    client.post(reverse("reports:picture_update", args=[second.pk]), {"caption": "শোকেসিং"})
    page = client.get(section_of(report, "annexes").get_absolute_url())
    assert [one.get("alt") for one in find(page, "ol.picture-rows img")] == ["শোকেসিং", "এক"]
    wrong = client.post(reverse("reports:picture_update", args=[first.pk]), {"caption": " "})
    assert wrong.status_code == 422
    client.post(reverse("reports:picture_remove", args=[first.pk]))
    assert section_of(report, "annexes").figures["pictures"]["value"] == "1"


def test_picture_of_an_activity_is_taken_into_the_annex(
    client: Client, team: Team, report: Report
) -> None:
    activity = make_activity(team.office, by=team.head, title="মাঠ পরিদর্শন", kind="visit")
    make_activity_picture(activity, by=team.head)
    page = client.get(section_of(report, "annexes").get_absolute_url())
    form = find(page, "ul.visit-pictures form")[0]
    client.post(form.get("action"))
    assert report.pictures.get().caption == "মাঠ পরিদর্শন"
    page = client.get(section_of(report, "annexes").get_absolute_url())
    assert not find(page, "ul.visit-pictures form")
    other = make_team("other", parent=team.office)
    theirs = make_activity(other.office, by=other.head)
    picture = make_activity_picture(theirs, by=other.head)
    take = reverse("reports:picture_take", args=[report.pk, picture.pk])
    assert client.post(take).status_code == 404


# --- Closed ----------------------------------------------------------------------------------
def test_no_button_works_once_the_report_is_sent(
    client: Client, team: Team, report: Report
) -> None:
    add = reverse("reports:picture_create", args=[report.pk])
    client.post(add, {"picture": a_picture(), "caption": "এক"})
    picture = report.pictures.get()
    head = client_of(team.head)
    make_report(team.office, by=team.head, status="submitted")
    before = list(report.sections.values_list("version", flat=True))
    section = section_of(report, "training")
    for name, said in (
        ("section_take", {}),
        ("section_restore", {}),
        ("section_leave_out", {"reason": "থাক"}),
        ("section_bring_back", {}),
    ):
        address = to(name, section)
        said = {**said, "version": section.version}
        assert "বদলানো যায় না" in alerts_after(head, address, said)[0]
    own = to("section_own_figure", section, "participants")
    head.post(own, {"version": section.version, "value": "৯", "reason": "কারণ"})
    for name in ("picture_update", "picture_move", "picture_remove"):
        head.post(reverse(f"reports:{name}", args=[picture.pk]), {"caption": "দুই"})
    head.post(
        reverse("reports:picture_create", args=[report.pk]),
        {"picture": a_picture("blue"), "caption": "দুই"},
    )
    head.post(reverse("reports:take_all", args=[report.pk]))
    assert head.get(reverse("reports:scores", args=[report.pk])).status_code == 302
    assert list(report.sections.values_list("version", flat=True)) == before
    assert report.pictures.get().caption == "এক"
