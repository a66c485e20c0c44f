"""What may be chosen as a password, and that every keyboard's spelling opens the same account."""

import unicodedata

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from teams.entry.passwords import LONGEST, MOST_CODE_POINTS, canonical_password, length_of
from teams.models import User
from tests.factories import PASSWORD, client_of, make_office, make_person, make_post
from tests.pages import find, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    person = make_person("মো. আব্দুল রহিম খন্দকার")
    person.name_en = "Md. Abdul Rahim Khandaker"
    person.save()
    office = make_office("charfasson", "cabinet")
    office.name_bn, office.place_bn = "চরফ্যাশন উপজেলা কার্যালয়", "চরফ্যাশন"
    office.save()
    make_post(office, designation="উপ-সহকারী প্রকৌশলী", holder=person)
    return person


def refused(password: str, person: User) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as why:
        return why.messages
    return []


# --- What may be chosen --------------------------------------------------------------------
@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "পুকুর পাড়ে তিনটি হাঁস",
        "বৃষ্টির দিনে খিচুড়ি রান্না",
        "correct horse battery staple",
        "tumi kothay jao shondhyay",
        "kB7#qz!mW2",
        "দাদুর পুরোনো ঘড়িটা",
        "আমার সোনার বাংলা নয়, পাশের বাড়ির ছাগল",
        "a" + "গাছের ডালে পাখি " * 12,
    ],
)
def test_phrase_of_ones_own_is_taken(person: User, password: str) -> None:
    assert refused(password, person) == []


@pytest.mark.parametrize(
    "password",
    [
        *("password123", "1234567890", "১২৩৪৫৬৭৮৯০", "qwertyuiop", "iloveyou12", "PASSWORD!!"),
        *("bangladesh123", "Bangladesh@2026", "B a n g l a d e s h", "বাংলাদেশ১৯৭১বাংলাদেশ"),
        *("আমার সোনার বাংলা", "আমার সোনার বাংলা আমি তোমায় ভালোবাসি", "amarsonarbangla71"),
        *("অফিস অফিস অফিস ১২৩", "উপজেলা নির্বাহী অফিসার", "পাসওয়ার্ড পাসওয়ার্ড", "bismillah786"),
        # The same keys with Bijoy on, and walks over the keyboard and the alphabet.
        *("ঙযডপটচজহগড়", "ঙযডপটচ১২৩৪৫৬", "asdfghjkl;", "1qaz2wsx3edc", "zyxwvutsrqp"),
        *("কখগঘঙচছজঝঞ", "ককককককককককককক", "abababababab"),
        # What anybody knows of this person.
        *("abdulrahim2026", "Khandaker_1985", "আব্দুল রহিম ২০২৬", "রহিম খন্দকার ১২৩৪"),
        *("চরফ্যাশন চরফ্যাশন", "charfasson2026", "প্রকৌশলী চরফ্যাশন", "udbhabon-2026"),
    ],
)
def test_what_is_tried_first_is_refused_with_the_mend(person: User, password: str) -> None:
    reasons = refused(password, person)
    assert reasons
    assert all("।" in reason for reason in reasons)


def test_own_mobile_number_and_login_are_no_password(person: User) -> None:
    for known in (person.mobile, f"{person.mobile}!", person.login, f"{person.login} ১২৩৪"):
        assert refused(known, person), known
    assert refused("01812345678", make_person()), "any eleven digits are numbers only"


def test_length_is_counted_as_people_count(person: User) -> None:
    assert [length_of(word) for word in ("স্ত্রী", "ক্ষ", "র‍্যাব", "য়", "কো", "ab")] == [
        1,
        1,
        2,
        1,
        1,
        2,
    ]
    nine, ten = "গাছেপাখিডাকেনাভোরে", "গাছেপাখিডাকেনাভোরেই"
    assert [length_of(nine), length_of(ten)] == [9, 10]
    [reason] = refused(nine, person)
    assert "৯ অক্ষর" in reason
    assert "১০ অক্ষর" in reason
    assert refused(ten, person) == []


def test_longest_password_is_a_long_sentence_and_no_book(person: User) -> None:
    words = "নদীর ধারে বসে মাছ ধরা "
    longest = (words * 100)[: len(words) * 10]
    assert length_of(longest) <= LONGEST
    assert refused(longest, person) == []
    assert any("বেশি বড়" in reason for reason in refused(words * 100, person))
    assert any("বেশি বড়" in reason for reason in refused("নদী" + "\u0981" * 5000, person))


@pytest.mark.parametrize("size", [MOST_CODE_POINTS + 1, 1_000_000])
def test_book_tried_as_a_password_costs_no_more_than_a_sentence(
    person: User, size: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[int] = []
    real = User.check_password

    def check(self: User, raw: str) -> bool:
        hashed.append(len(canonical_password(raw)))
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", check)
    client.post(reverse("account_login"), {"login": person.email, "password": "ক" * size})
    assert hashed == [MOST_CODE_POINTS]


# --- One spelling --------------------------------------------------------------------------
SPELLINGS = {
    "one code point for each letter": "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে",
    "letter and nukta": unicodedata.normalize("NFD", "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে"),
    "composed by hand": "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে".replace("ড\u09bc", "\u09dc").replace(
        "ঢ\u09bc", "\u09dd"
    ),
    "য় as one": "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে".replace("য\u09bc", "\u09df"),
    "without the joiner": "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে".replace("\u200d", ""),
    "with another joiner": "আষাঢ়ের বড় পাড়ায় র‍্যাগ ডে".replace("\u200d", "\u200c"),
    "with unseen marks": "\ufeffআষাঢ়ের বড়\u200b পাড়ায় র‍্যাগ ডে\u200e",
}


@pytest.mark.parametrize("chosen", ["letter and nukta", "composed by hand", "with unseen marks"])
def test_every_keyboard_opens_the_account(person: User, chosen: str) -> None:
    phrase = SPELLINGS[chosen]
    changed = client_of(person).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": phrase, "password2": phrase},
    )
    assert changed.status_code == 302
    for name, spelling in SPELLINGS.items():
        client = Client()
        client.post(reverse("account_login"), {"login": person.email, "password": spelling})
        assert client.session.get("_auth_user_id") == str(person.pk), name


def test_what_a_reader_tells_apart_stays_apart(person: User) -> None:
    person.set_password("Amar Gorur Gari")
    for other in ("amar gorur gari", "Amar Gorur  Gari", "Amar Gorur Gari ", "Amar Gorur Garí"):
        assert not person.check_password(other)
    assert person.check_password("Amar Gorur Gari")


# --- The form ------------------------------------------------------------------------------
def test_form_says_in_bengali_what_to_do_and_lets_managers_help(person: User) -> None:
    client = client_of(person)
    page = client.get(reverse("account_change_password"))
    completions = [field.get("autocomplete") for field in find(page, "main input[type='password']")]
    assert completions == ["current-password", "new-password", "new-password"]
    assert "অন্তত ১০ অক্ষর" in " ".join(texts_of(page, "main .form-text"))
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "bangladesh123", "password2": "bangladesh123"},
    )
    assert "যা কেবল আপনি জানেন" in " ".join(texts_of(answer, "main .invalid-feedback, main .alert"))
