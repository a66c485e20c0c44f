"""The lists an office arranges for its meetings, through the real page, and who may change them."""

from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.actions import AlreadyThere, add_group, add_phrase, add_topic, update_topic
from meetings.editor import offered_phrases
from meetings.enums import ItemKind
from meetings.models import Meeting, Phrase, StandingTopic
from teams.actions import claim_memo, propose_memo
from teams.enums import Role
from teams.memo import LAST_ISSUE, Memo, parse_prefix
from teams.models import AuditEntry, MemoPrefix, Office
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_post,
    make_team,
)
from tests.meetings.arranging import add, faults, page, records, shown, to
from tests.meetings.rows import make_meeting
from tests.pages import find, texts_of
from tests.races import at_once

pytestmark = pytest.mark.django_db

FILE = "05.41.3300.012.14.007.25"
OTHER_FILE = "05.41.3300.015.16.002.26"


@pytest.fixture
def country(today: date) -> Country:
    return make_country()


@pytest.fixture
def office(country: Country) -> Office:
    return country.upazila


@pytest.fixture
def lead(country: Country) -> Client:
    return client_of(country["upazila.innovation_officer"])


# --- The page ------------------------------------------------------------------------------
def test_page_is_read_by_members_and_changed_by_leads(country: Country, office: Office) -> None:
    topic = add_topic(office=office, title="বিবিধ", by=country["upazila.head"])
    for person in ("head", "innovation_officer"):
        response = page(client_of(country[f"upazila.{person}"]), office)
        assert "বদলান" in texts_of(response, "section#topic")[0]
        assert len(find(response, "main form[method='post']")) > 5
    response = page(client_of(country["upazila.member"]), office, change=f"topic-{topic.pk}")
    assert "বিবিধ" in texts_of(response, "section#topic")[0]
    assert find(response, "main form") == []
    assert find(response, "main button") == []


@pytest.mark.parametrize("person", ["reviewer", "administrator", "nobody"])
def test_page_is_refused_to_whoever_is_in_no_team(country: Country, person: str) -> None:
    assert client_of(country[person]).get(to("arrange")).status_code == 403


@pytest.mark.parametrize("wanted", ["", "x", "0", "9" * 30, "\0"])
def test_page_of_an_office_that_is_not_ones_own_is_not_there(
    country: Country, lead: Client, office: Office, wanted: str
) -> None:
    assert lead.get(to("arrange"), {"office": wanted}).status_code == 404
    assert page(lead, country.sibling).status_code == 404
    assert page(client_of(country["district.head"]), office).status_code == 404


def test_page_of_several_offices_offers_each(country: Country, office: Office) -> None:
    person = country["upazila.head"]
    make_post(country.district, Role.INNOVATION_OFFICER, holder=person)
    client = client_of(person)
    first = client.get(to("arrange"))
    assert texts_of(first, ".head p") == [office.name]
    second = page(client, country.district)
    assert texts_of(second, ".head p") == [country.district.name]
    assert len(find(second, "a[aria-current='true']")) == 1


# --- Who may write -------------------------------------------------------------------------
@pytest.fixture
def writes(country: Country, office: Office, lead: Client) -> dict[str, tuple[str, dict]]:
    """Every address that writes, with a form that a lead could send."""
    post = office.posts.first()
    add(lead, office, "topic", title="ওয়েবসাইট")
    add(lead, office, "phrase", place="decision", text="কাজ শেষ করতে হবে।")
    add(lead, office, "prefix", number=FILE)
    add(lead, office, "group", name="কমিটি", members=[post.pk])
    rows = (office.standing_topics, office.phrases, office.memo_prefixes, office.post_groups)
    topic, phrase, prefix, group = (row.get().pk for row in rows)
    return {
        "topic_create": (to("topic_create", office.pk), {"title": "নতুন"}),
        "topic_update": (to("topic_update", topic), {"title": "নতুন"}),
        "topic_move": (to("topic_move", topic), {"before": "end"}),
        "phrase_create": (to("phrase_create", office.pk), {"place": "opening", "text": "নতুন"}),
        "phrase_update": (to("phrase_update", phrase), {"place": "opening", "text": "নতুন"}),
        "phrase_delete": (to("phrase_delete", office.pk, phrase), {}),
        "prefix_create": (to("prefix_create", office.pk), {"number": OTHER_FILE}),
        "prefix_update": (to("prefix_update", prefix), {"label": "নতুন"}),
        "group_create": (to("group_create", office.pk), {"name": "নতুন", "members": [post.pk]}),
        "group_update": (to("group_update", group), {"name": "নতুন", "members": [post.pk]}),
        "template_upload": (to("template_upload", office.pk, "minutes"), {}),
        "template_delete": (to("template_delete", office.pk, "minutes"), {}),
    }


WRITES = (
    *("topic_create", "topic_update", "topic_move"),
    *("phrase_create", "phrase_update", "phrase_delete"),
    *("prefix_create", "prefix_update", "group_create", "group_update"),
    *("template_upload", "template_delete"),
)


@pytest.mark.parametrize("name", WRITES)
def test_writing_is_for_those_who_lead_the_office(
    country: Country, lead: Client, writes: dict[str, tuple[str, dict]], name: str
) -> None:
    url, form = writes[name]
    before = AuditEntry.objects.count()
    assert client_of(country["upazila.member"]).post(url, form).status_code == 403
    for stranger in ("sibling.head", "district.head", "reviewer", "administrator", "nobody"):
        assert client_of(country[stranger]).post(url, form).status_code == 404
    assert AuditEntry.objects.count() == before
    assert lead.get(url).status_code == 405


# --- Standing topics -----------------------------------------------------------------------
def agenda(meeting: Meeting) -> list[str]:
    items = meeting.items.filter(kind=ItemKind.STANDING).order_by("position")
    return list(items.values_list("topic", flat=True))


def move(client: Client, topic: StandingTopic, before: object) -> None:
    assert client.post(to("topic_move", topic.pk), {"before": before}).status_code == 302


def test_topics_stand_on_new_agendas_in_their_order(
    country: Country, lead: Client, office: Office
) -> None:
    for title in ("প্রথম", "  দ্বিতীয়\n বিষয় ", "তৃতীয়"):
        assert add(lead, office, "topic", title=title).status_code == 302
    first, second, third = office.standing_topics.all()
    assert second.title == "দ্বিতীয় বিষয়"
    october = make_meeting(office, by=country["upazila.head"], on=date(2026, 10, 10))
    assert agenda(october) == ["প্রথম", "দ্বিতীয় বিষয়", "তৃতীয়"]

    move(lead, third, first.pk)
    move(lead, first, "end")
    lead.post(to("topic_update", second.pk), {"title": "নতুন নাম", "is_active": "on"})
    assert agenda(make_meeting(office, by=country["upazila.head"])) == ["তৃতীয়", "নতুন নাম", "প্রথম"]
    assert agenda(october) == ["প্রথম", "দ্বিতীয় বিষয়", "তৃতীয়"]


def test_topic_switched_off_stays_in_old_meetings_and_comes_back(
    country: Country, lead: Client, office: Office
) -> None:
    topic = add_topic(office=office, title="বিবিধ", by=country["upazila.head"])
    october = make_meeting(office, by=country["upazila.head"], on=date(2026, 10, 10))
    lead.post(to("topic_update", topic.pk), {"title": "বিবিধ"})
    assert agenda(october) == ["বিবিধ"]
    assert agenda(make_meeting(office, by=country["upazila.head"])) == []
    assert "বিবিধ বন্ধ" in shown(lead, office, "topic")
    lead.post(to("topic_update", topic.pk), {"title": "বিবিধ", "is_active": "on"})
    assert agenda(make_meeting(office, by=country["upazila.head"], on=date(2026, 12, 1))) == [
        "বিবিধ"
    ]


def test_arrows_move_a_topic_one_place_and_pressed_twice_no_further(
    country: Country, lead: Client, office: Office
) -> None:
    head = country["upazila.head"]
    topics = [add_topic(office=office, title=title, by=head) for title in "কখগঘ"]
    update_topic(topic=topics[1], title="খ", is_active=False, by=head)
    buttons = find(page(lead, office), "#topic button[name='before']")
    pressed = {button.get("aria-label"): button for button in buttons}
    assert list(pressed) == ["নিচে নিন: ক", "উপরে নিন: গ", "নিচে নিন: গ", "উপরে নিন: ঘ"]
    down = pressed["নিচে নিন: ক"]
    for _press in range(2):
        lead.post(down.get("formaction"), {"before": down.get("value")})
        assert [one.title for one in office.standing_topics.active()] == ["গ", "ক", "ঘ"]
    assert len(records("standingtopic.move")) == 1


@pytest.mark.parametrize("before", ["", "x", "৫", "9" * 30, "\0", "0"])
def test_odd_place_of_a_topic_moves_nothing(
    country: Country, lead: Client, office: Office, before: str
) -> None:
    first, second = (
        add_topic(office=office, title=title, by=country["upazila.head"]) for title in "কখ"
    )
    move(lead, first, before)
    assert list(office.standing_topics.all()) == [first, second]


def test_topic_is_not_listed_twice(country: Country, lead: Client, office: Office) -> None:
    for title in ("সময\u09bcসীমা", "বিবিধ"):
        add(lead, office, "topic", title=title)
    again = add(lead, office, "topic", title=" সময়সীমা")
    assert "আগেই আছে" in faults(again, "topic")
    assert find(again, "#form-topic")[0].get("open") is not None
    other = office.standing_topics.get(title="বিবিধ")
    renamed = lead.post(to("topic_update", other.pk), {"title": "সময়সীমা", "is_active": "on"})
    assert "আগেই আছে" in faults(renamed, f"topic-{other.pk}")
    assert sorted(office.standing_topics.values_list("title", flat=True)) == ["বিবিধ", "সময়সীমা"]
    # Another office may well have the same one.
    assert add(client_of(country["sibling.head"]), country.sibling, "topic", title="বিবিধ").url


@pytest.mark.django_db(transaction=True)
def test_topic_added_by_many_at_once_is_listed_once() -> None:
    team = make_team()
    attempt = partial(add_topic, office=team.office, title="বিবিধ", by=team.head)
    outcomes = at_once([attempt] * 4)
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [AlreadyThere] * 3
    assert team.office.standing_topics.count() == len(records("standingtopic.add")) == 1


def test_same_change_twice_is_recorded_once(lead: Client, office: Office) -> None:
    add(lead, office, "topic", title="বিবিধ")
    topic = office.standing_topics.get()
    for _press in range(2):
        form = {"title": "অন্যান্য", "is_active": "on"}
        assert lead.post(to("topic_update", topic.pk), form).status_code == 302
    [entry] = records("standingtopic.update")
    assert (entry.before, entry.after) == ({"title": "বিবিধ"}, {"title": "অন্যান্য"})


@pytest.mark.parametrize("title", ["", "  \n", "ক" * 301])
def test_topic_without_a_usable_name_is_sent_back(lead: Client, office: Office, title: str) -> None:
    assert faults(add(lead, office, "topic", title=title), "topic")
    assert not office.standing_topics.exists()


def test_row_is_changed_in_its_place_without_scripts(lead: Client, office: Office) -> None:
    for title in ("প্রথম", "দ্বিতীয়"):
        add(lead, office, "topic", title=title)
    first, second = office.standing_topics.all()
    links = find(page(lead, office), "#topic a.btn")
    opened = lead.get(links[1].get("href"))
    [form] = find(opened, f"#form-topic-{second.pk}")
    assert find(opened, f"#form-topic-{first.pk}") == []
    fields = {name: value for name, value in form.fields.items() if value is not None}
    assert fields.pop("title") == "দ্বিতীয়"
    response = lead.post(form.get("action"), {**fields, "title": "নতুন নাম"}, follow=True)
    assert "নতুন নাম" in texts_of(response, "#topic")[0]
    assert "বন্ধ" not in texts_of(response, "#topic")[0]


# --- Phrases -------------------------------------------------------------------------------
def test_own_phrase_is_offered_while_typing_until_it_is_removed(
    lead: Client, office: Office, today: date
) -> None:
    def offered(place: str) -> list[str]:
        return offered_phrases(office, today=today)[place]

    add(lead, office, "phrase", place="decision", text="প্রতিবেদন দিতে হবে।")
    assert offered("decision")[0] == "প্রতিবেদন দিতে হবে।"
    phrase = office.phrases.get()
    lead.post(to("phrase_update", phrase.pk), {"place": "closing", "text": "সভা শেষ হয়।"})
    assert "প্রতিবেদন দিতে হবে।" not in offered("decision")
    assert offered("closing")[0] == "সভা শেষ হয়।"
    for _press in range(2):
        response = lead.post(to("phrase_delete", office.pk, phrase.pk), follow=True)
        assert response.status_code == 200
        assert "সভা শেষ হয়।" not in texts_of(response, "#phrase")[0]
    assert "সভা শেষ হয়।" not in offered("closing")
    [entry] = records("phrase.remove")
    assert entry.before == {"place": "closing", "text": "সভা শেষ হয়।"}


def test_common_phrases_are_shown_and_belong_to_nobody(lead: Client, office: Office) -> None:
    common = Phrase.objects.filter(office=None).first()
    assert common.text in shown(lead, office, "phrase")
    form = {"place": common.place, "text": "বদলানো"}
    assert lead.post(to("phrase_update", common.pk), form).status_code == 404
    lead.post(to("phrase_delete", office.pk, common.pk))
    assert Phrase.objects.filter(pk=common.pk, text=common.text).exists()


def test_phrase_is_not_listed_twice_in_a_place(lead: Client, office: Office) -> None:
    common = Phrase.objects.filter(office=None, place="decision").first()
    add(lead, office, "phrase", place="decision", text="কাজ শেষ করতে হবে।")
    for text in ("কাজ শেষ করতে হবে।", common.text):
        again = add(lead, office, "phrase", place="decision", text=text)
        assert "আগেই আছে" in faults(again, "phrase")
    assert add(lead, office, "phrase", place="opening", text="কাজ শেষ করতে হবে।").status_code == 302
    own = office.phrases.get(place="opening")
    form = {"place": "decision", "text": "কাজ শেষ করতে হবে।"}
    assert "আগেই আছে" in faults(lead.post(to("phrase_update", own.pk), form), f"phrase-{own.pk}")
    assert office.phrases.count() == 2


def test_longest_phrase_is_kept_whole(lead: Client, office: Office) -> None:
    """PostgreSQL could not index a longer one; letters of four bytes are the worst."""
    letters = "".join(chr(0x20000 + number * 37) for number in range(600))
    assert add(lead, office, "phrase", place="closing", text=letters).status_code == 302
    assert office.phrases.get().text == letters
    assert faults(add(lead, office, "phrase", place="closing", text=letters + "ক"), "phrase")


# --- File numbers --------------------------------------------------------------------------
def use(office: Office, memo: Memo, object_id: int) -> None:
    claim_memo(office=office, memo=memo, purpose="test", object_id=object_id, by=None)


def test_file_number_is_read_as_officers_write_it(lead: Client, office: Office) -> None:
    written = "নথি নং ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫"
    assert add(lead, office, "prefix", number=written, label=" সংস্থাপন  শাখা").status_code == 302
    prefix = office.memo_prefixes.get()
    assert (prefix.number, prefix.label) == (FILE, "সংস্থাপন শাখা")
    assert "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১" in shown(lead, office, "prefix")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "নথি নম্বরটি লিখুন"),
        ("05.41.330.012.14.007.25", "৩য় অংশে ৪ অঙ্ক"),
        (f"{FILE}.183", "জারি নম্বর ১৮৩ বাদ দিয়ে"),
        ("সংস্থাপন", "পাওয়া যায়নি"),
    ],
)
def test_file_number_that_is_none_is_sent_back_with_the_mend(
    lead: Client, office: Office, number: str, says: str
) -> None:
    response = add(lead, office, "prefix", number=number)
    assert says in faults(response, "prefix")
    assert number in find(response, "#form-prefix input[name='number']")[0].get("value", "")
    assert not office.memo_prefixes.exists()


def test_file_number_is_not_listed_twice(lead: Client, office: Office) -> None:
    for number in (FILE, "০৫-৪১-৩৩০০-০১২-১৪-০০৭-২৫"):
        response = add(lead, office, "prefix", number=number)
    assert "আগেই আছে" in faults(response, "prefix")
    assert office.memo_prefixes.count() == 1


def test_last_number_and_the_next_are_shown(lead: Client, office: Office) -> None:
    file = parse_prefix(FILE)
    for issue, letter in ((183, 1), (9, 2)):
        use(office, Memo(file.grammar, file.prefix, issue), letter)
    words = shown(lead, office, "prefix")
    assert "সর্বশেষ জারি নম্বর ১৮৩ · পরেরটি ১৮৪" in words
    assert "প্রস্তাব করা হবে: ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৪" in words


def test_file_switched_off_is_proposed_no_more(lead: Client, office: Office) -> None:
    for letter, number in enumerate((OTHER_FILE, FILE)):
        file = parse_prefix(number)
        use(office, Memo(file.grammar, file.prefix, 7), letter)
    used_last = office.memo_prefixes.get(number=FILE)
    assert propose_memo(office).canonical == f"{FILE}.8"
    lead.post(to("prefix_update", used_last.pk), {"label": "পুরোনো নথি"})
    assert propose_memo(office).canonical == f"{OTHER_FILE}.8"
    words = shown(lead, office, "prefix")
    assert "পুরোনো নথি" in words
    assert "বন্ধ" in words
    lead.post(to("prefix_update", used_last.pk), {"label": "পুরোনো নথি", "is_active": "on"})
    assert propose_memo(office).canonical == f"{FILE}.8"


def test_file_that_is_full_proposes_nothing(lead: Client, office: Office) -> None:
    file = parse_prefix(FILE)
    use(office, Memo(file.grammar, file.prefix, LAST_ISSUE), 1)
    assert propose_memo(office) is None
    assert "আর নম্বর বাকি নেই" in shown(lead, office, "prefix")


# --- How much the page asks ----------------------------------------------------------------
@pytest.mark.parametrize("person", ["head", "member"])
def test_page_asks_as_often_for_a_hundred_rows(country: Country, person: str) -> None:
    """Of every list; the offices below have heads, groups have several members."""
    district = country.district
    head = country["district.head"]
    reader = client_of(country[f"district.{person}"])

    def fill(numbers: range) -> None:
        for number in numbers:
            below = make_office(f"below-{number}", parent=district)
            make_officer(below, Role.HEAD)
            members = [below.posts.get(), *district.posts.all()[:2]]
            add_group(office=district, name=f"দল {number}", members=members, by=head)
            add_topic(office=district, title=f"বিষয় {number}", by=head)
            add_phrase(office=district, place="decision", text=f"বাক্য {number}।", by=head)
            file = parse_prefix(f"05.41.3300.{number:03}.14.007.25")
            use(district, Memo(file.grammar, file.prefix, 5), number)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert page(reader, district).status_code == 200
        return len(queries)

    fill(range(1))
    few = asked()
    fill(range(1, 100))
    assert MemoPrefix.objects.count() == district.standing_topics.count() == 100
    assert asked() == few <= 18
