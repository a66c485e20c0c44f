"""Words in a letter that the database does not give away."""

import pytest
from cryptography.fernet import InvalidToken

from jobs.letters import post_letter
from jobs.mail import compose
from jobs.sealing import opened, seal

SECRET = "https://office.test/welcome/#4827193650247716"


@pytest.mark.django_db
def test_sealed_words_reach_the_reader_and_not_the_database() -> None:
    letter = post_letter(
        key="seal:1",
        to_address="reader@office.test",
        subject="আমন্ত্রণ",
        body=f"লিংক: {seal(SECRET)}\nকোড: {seal('৪৮২৭ ১৯৩৬')}\nধন্যবাদ",
    )
    letter.refresh_from_db()
    assert SECRET not in letter.body
    assert "৪৮২৭" not in letter.body
    body = compose(letter, []).body
    assert body == f"লিংক: {SECRET}\r\nকোড: ৪৮২৭ ১৯৩৬\r\nধন্যবাদ"


def test_earlier_key_still_opens_and_a_strange_one_does_not(settings) -> None:
    sealed = seal(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, as long as the one before it was" * 2
    assert opened(sealed) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        opened(sealed)


def test_body_without_seals_stays_as_it_is() -> None:
    for body in ("", "শুভেচ্ছা ⟦ ⟧ [sealed]", "⟦sealed⟧", "a\r\nb"):
        assert opened(body) == body
