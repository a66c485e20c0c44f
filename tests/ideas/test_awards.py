"""Awards: given with a certificate, checked by anybody, revoked with a reason."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangla.digits import to_bangla
from ideas.actions import revoke_award
from ideas.codes import new_code, spaced
from ideas.guesses import MOST_GUESSES
from ideas.models import Award, Certificate, Contact
from jobs.models import Job
from teams.enums import Role
from teams.memo import read_memo
from teams.models import AuditEntry, MemoNumber
from tests.factories import Team, client_of, make_office, make_post, make_team
from tests.ideas.register import make_idea
from tests.ideas.showcase import make_award, make_event, make_initiative
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CREATE = "/ideas/awards/create/"
MEMO = "05.41.3300.012.14.007.25.183"
WORDS = {
    "title": "শ্রেষ্ঠ উদ্যোগ ২০২৬",
    "recipient_name": "নামজারি সহায়তা দল",
    "citation": "যাতায়াত কমানোর জন্য",
    "given_on": "২০/১১/২০২৬",
}


@pytest.fixture
def head(team: Team) -> Client:
    return client_of(team.head)


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> None:
    caches["guard"].clear()


def to(name: str, *args: object) -> str:
    return reverse(f"ideas:{name}", args=args)


def check(award: Award) -> str:
    return reverse("public:verify_code", args=[award.code])


def give(client: Client, query: str = "", **typed: object):
    form = form_fields(client.get(CREATE + query))
    return client.post(CREATE + query, {**form, **WORDS, **typed})


# --- Giving ------------------------------------------------------------------------------------
def test_award_is_given_with_its_certificate(team: Team, head: Client) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    event = make_event(team.office, initiative, by=team.head)
    query = f"?office={team.office.pk}&event={event.pk}&idea={initiative.idea_id}"
    response = give(head, query, memo=to_bangla(MEMO))
    award = Award.objects.get()
    assert response.url == award.get_absolute_url()
    assert (award.office, award.event, award.idea) == (team.office, event, initiative.idea)
    assert (award.given_on, award.memo_number) == (date(2026, 11, 20), MEMO)
    content = award.certificates.get().content
    assert (content["recipient"], content["citation"]) == (
        WORDS["recipient_name"],
        WORDS["citation"],
    )
    assert content["signature"]["name"] == team.head.name_bn
    assert content["given_on_bangla"] == "৫ অগ্রহায়ণ ১৪৩৩"
    assert MemoNumber.objects.get().canonical == MEMO
    assert AuditEntry.objects.get(action="award.give").after["memo"] == MEMO
    # Where the event and the initiative are read, so is the award.
    assert (
        WORDS["recipient_name"] in texts_of(Client().get(initiative.get_absolute_url()), "main")[0]
    )


def test_same_form_sent_twice_gives_one_award(head: Client) -> None:
    form = {**form_fields(head.get(CREATE)), **WORDS, "memo": MEMO}
    first, again = (head.post(CREATE, form).url for _ in range(2))
    assert first == again
    assert (Award.objects.count(), Certificate.objects.count()) == (1, 1)
    # Come back to with other words, the form gives another one.
    head.post(CREATE, {**form, "recipient_name": "আরেক দল", "memo": ""})
    assert Award.objects.count() == 2


def test_taken_memo_number_is_told_and_nothing_given(head: Client) -> None:
    give(head, memo=MEMO)
    page = give(head, memo=MEMO, recipient_name="আরেক দল")
    assert page.status_code == 422
    assert "পরের নম্বরটি দিন" in texts_of(page, ".invalid-feedback")[0]
    assert form_fields(page)["recipient_name"] == "আরেক দল"
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"title": " "},
        {"recipient_name": ""},
        {"citation": "\n"},
        {"citation": "ক" * 601},
        {"given_on": "২২/১১/২০২৬"},
        {"given_on": "x"},
        {"memo": "১২৩"},
        {"idea": "9" * 30},
        {"event": "x"},
        {"form_key": "1"},
    ],
)
def test_faulty_award_is_told(head: Client, typed: dict[str, str]) -> None:
    page = give(head, **typed)
    assert page.status_code == 422
    assert not Award.objects.exists()


def test_only_ideas_one_may_know_of_are_offered(team: Team, head: Client) -> None:
    other = make_team("other", parent=team.office)
    secret = make_idea(other.office, by=other.head, status="approved", title="অন্যের নিবন্ধন")
    held = make_idea(team.office, by=team.head, status="held", title="আটকে থাকা")
    shown = make_initiative(other.office, by=other.head, status="published")
    unseen = make_initiative(other.office, by=other.head, status="published")
    make_event(team.office, shown, by=team.head)
    their_event = make_event(other.office, shown, by=other.head)
    values = {
        option.get("value") for option in find(head.get(CREATE), "select[name='idea'] option")
    }
    assert values == {"", str(shown.idea_id)}
    for idea in (secret, held, unseen.idea):
        assert give(head, idea=idea.pk).status_code == 422
    assert give(head, event=their_event.pk).status_code == 422
    # The address may ask for what is not there; nothing is chosen then.
    assert head.get(f"{CREATE}?idea={secret.pk}&event=x&office=9").status_code == 200


def test_leader_of_two_offices_says_which_one_gives(team: Team, head: Client) -> None:
    second = make_office("second", parent=team.office)
    make_post(second, Role.HEAD, holder=team.head)
    page = head.get(f"{CREATE}?office={second.pk}")
    assert texts_of(page, ".chips [aria-current]") == [second.name_bn]
    give(head, f"?office={second.pk}")
    assert Award.objects.get().office == second


# --- Revoking ----------------------------------------------------------------------------------
def test_award_is_revoked_once_with_its_reason(team: Team, head: Client) -> None:
    award = make_award(team.office, by=team.head)
    assert head.post(to("award_revoke", award.pk), {"reason": " \n"}).status_code == 422
    head.post(to("award_revoke", award.pk), {"reason": "ভুল নামে দেওয়া"})
    said = alerts_after(head, to("award_revoke", award.pk), {"reason": "আবার"})
    assert "স্বীকৃতিটি আগেই বাতিল হয়েছে।" in said
    award.refresh_from_db()
    assert (award.revoke_reason, award.revoked_by) == ("ভুল নামে দেওয়া", team.head)
    page = Client().get(check(award))
    assert texts_of(page, ".alert b") == ["সনদটি ২১ নভেম্বর ২০২৬ তারিখে বাতিল করা হয়েছে"]
    assert "ভুল নামে দেওয়া" in texts_of(page, ".alert")[0]


def test_revoked_award_is_no_honour_any_more(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    event = make_event(team.office, initiative, by=team.head, published=True)
    award = make_award(team.office, by=team.head, idea=initiative.idea, event=event)
    pages = (initiative.get_absolute_url(), reverse("public:event_detail", args=[event.pk]))
    for address in pages:
        assert award.title in Client().get(address).content.decode()
    revoke_award(award=award, reason="ভুল", by=team.head)
    for address in pages:
        assert award.title not in Client().get(address).content.decode()


# --- Checking ----------------------------------------------------------------------------------
def test_anybody_checks_a_certificate_by_its_code(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    Contact.objects.create(idea=initiative.idea, email="citizen@example.test", phone="01700000000")
    award = make_award(team.office, by=team.head, idea=initiative.idea, memo=read_memo(MEMO))
    typed = f" {to_bangla(spaced(award.code))}"
    found = Client().get("/verify/", {"code": typed})
    assert found.url == check(award)
    page = Client().get(found.url)
    assert texts_of(page, ".alert b") == ["সনদটি আসল এবং বহাল আছে"]
    said = texts_of(page, "main")[0]
    content = award.certificates.get().content
    for name in ("office", "title", "recipient", "citation", "idea", "given_on", "memo", "seal"):
        assert content[name] in said, name
    assert "ফাইলটি এখনো তৈরি হচ্ছে" in said
    # Never more about anybody than the certificate says.
    for contact in ("citizen@example.test", "01700000000", team.head.email, team.head.mobile):
        assert contact not in page.content.decode()


@pytest.mark.parametrize("typed", ["১২৩", "123456789013", "abc", "x" * 5_000, "1\0", "<script>"])
def test_code_typed_wrong_is_told_and_kept(typed: str) -> None:
    page = Client().get("/verify/", {"code": typed})
    assert page.status_code == 422
    assert find(page, "#id_code_error")
    assert b"<script>" not in page.content
    assert Client().get("/verify/").status_code == 200


@pytest.mark.parametrize("code", ["x", "000000000001", "9" * 300, "%00", "১"])
def test_unknown_code_is_said_to_be_unknown(code: str) -> None:
    page = Client().get(f"/verify/{code}/")
    assert page.status_code == 404
    assert texts_of(page, "h1") == ["এমন সনদ নেই"]


def test_codes_are_not_tried_without_end(team: Team) -> None:
    award = make_award(team.office, by=team.head)
    for _ in range(MOST_GUESSES):
        assert Client().get(f"/verify/{new_code()}/").status_code == 404
    page = Client().get(f"/verify/{new_code()}/")
    assert page.status_code == 429
    assert "পরে আবার চেষ্টা করুন" in texts_of(page, "#id_code_error")[0]
    assert Client().get(check(award)).status_code == 429


def test_words_changed_behind_our_back_do_not_pass(team: Team) -> None:
    award = make_award(team.office, by=team.head)
    certificate = award.certificates.get()
    for forged in ({"recipient": "অন্য কেউ"}, {"seal": ""}, {"seal": "0" * 32}, {"extra": "1"}):
        content = {**certificate.content, **forged}
        Certificate.objects.filter(pk=certificate.pk).update(content=content)
        page = Client().get(check(award))
        assert texts_of(page, ".alert b") == ["সনদটি নিশ্চিত করা যাচ্ছে না"]
        assert "অন্য কেউ" not in page.content.decode()


def test_seal_outlives_a_change_of_the_key(team: Team, settings) -> None:
    award = make_award(team.office, by=team.head)
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert texts_of(Client().get(check(award)), ".alert b") == ["সনদটি আসল এবং বহাল আছে"]
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
        assert texts_of(Client().get(check(award)), ".alert b") == ["সনদটি নিশ্চিত করা যাচ্ছে না"]


def test_words_of_an_award_stay_words(team: Team, head: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    award = make_award(
        team.office,
        by=team.head,
        title=attack,
        recipient_name=attack,
        recipient_detail=attack,
        citation=attack,
    )
    revoke_award(award=award, reason=attack, by=team.head)
    for page in (
        Client().get(check(award)),
        head.get(award.get_absolute_url()),
        head.get(to("award_list")),
        head.get(to("certificate_detail", award.certificates.get().pk)),
    ):
        assert attack.encode() not in page.content


def test_certificate_is_looked_at_and_tried_again_by_its_team(team: Team, head: Client) -> None:
    award = make_award(team.office, by=team.head)
    certificate = award.certificates.get()
    assert (
        head.get(to("certificate_download", certificate.pk)).url == certificate.get_absolute_url()
    )
    Job.objects.update(
        status="failed", error="x", error_for_user="হয়নি", finished_at="2026-11-21T06:00Z"
    )
    page = head.get(certificate.get_absolute_url(), headers={"hx-request": "true"})
    assert find(page, f"form[action='{to('certificate_retry', certificate.pk)}']")
    assert head.post(to("certificate_retry", certificate.pk)).status_code == 302
    assert Job.objects.get().status != "failed"
    stranger = client_of(make_team("other", parent=team.office).head)
    assert stranger.get(award.get_absolute_url()).status_code == 404
    assert stranger.get(to("certificate_download", certificate.pk)).status_code == 404


def test_lists_and_checks_ask_as_often_for_many_awards(team: Team, head: Client) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    event = make_event(team.office, initiative, by=team.head)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert head.get(address).status_code == 200
        return len(queries)

    award = make_award(team.office, by=team.head, idea=initiative.idea, event=event)
    addresses = (to("award_list"), award.get_absolute_url(), check(award), CREATE)
    few = [asked(address) for address in addresses]
    for _ in range(3):
        make_award(team.office, by=team.head, idea=initiative.idea, event=event)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 12


@pytest.mark.django_db(transaction=True)
def test_award_revoked_by_two_at_once_is_revoked_by_one(team: Team) -> None:
    award = make_award(team.office, by=team.head)
    done = at_once(
        [
            lambda who=who: revoke_award(award=Award.objects.get(), reason=who.name_bn, by=who)
            for who in (team.head, team.innovation_officer)
        ]
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "WrongState"]
    award.refresh_from_db()
    assert AuditEntry.objects.get(action="award.revoke").after["reason"] == award.revoke_reason
