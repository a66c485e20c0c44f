"""The office's certificate: taken in, kept sealed, and on the PDF of what was sent."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from asn1crypto.x509 import Certificate as AsnCertificate
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from jobs import runner
from jobs.documents import open_document
from reports import jobhandlers, signing
from reports.actions import keep_certificate, remove_certificate, submit_report
from reports.models import Report, SigningCertificate, Submission
from reports.signing import BadCertificate, CannotSign, read_credential, sign_pdf
from teams.models import User
from teams.papers import make_pdf
from tests.factories import PASSWORD, Country, client_of, make_country
from tests.pages import find, one_line, texts_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from tests.reports.build import make_report
from tests.reports.certificates import make_authority, packed

NAME = "ইউএনও, কালীগঞ্জ"
NEW_KEY = "another key, of fifty characters and more, new today"


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


@pytest.fixture
def head(country: Country) -> User:
    return country["upazila.head"]


@pytest.fixture
def report(country: Country, head: User) -> Report:
    return make_report(country.upazila, by=head)


def keep(country: Country, **more: Any) -> SigningCertificate:
    credential = read_credential(make_authority().issue(NAME, **more), "")
    return keep_certificate(
        office=country.upazila, credential=credential, by=country["upazila.head"]
    )


def page_of(country: Country) -> str:
    return reverse("reports:certificate", args=[country.upazila.pk])


def bring(client: Client, country: Country, data: bytes, password: str = "") -> HttpResponse:
    form = {"file": SimpleUploadedFile("head.p12", data), "password": password}
    return client.post(page_of(country), form)


# --- Taken in and kept --------------------------------------------------------------------------
def test_head_keeps_a_certificate_and_reads_whose_it_is(country: Country, head: User) -> None:
    client = confirmed_client_of(head)
    data = make_authority().issue(NAME, password="গোপন কথা ১")
    assert bring(client, country, data, "গোপন কথা ১").url == page_of(country)
    page = client.get(page_of(country))
    words = one_line(find(page, "main section.card")[0])
    assert NAME in words.replace("\\", "")
    assert "পরীক্ষার সনদদাতা" in words
    assert "ব্যবহারযোগ্য" in words
    kept = SigningCertificate.objects.get()
    # Neither the password nor anything a PKCS#12 file begins with lies open in the database.
    sealed = bytes(kept.sealed)
    assert "গোপন".encode() not in sealed
    assert sealed.startswith(b"gAAAA")


def test_certificate_is_the_heads_business_alone(country: Country) -> None:
    data = make_authority().issue(NAME)
    for person, status in (
        ("upazila.innovation_officer", 403),
        ("upazila.member", 403),
        ("district.head", 404),
    ):
        client = confirmed_client_of(country[person])
        assert client.get(page_of(country)).status_code == status
        assert bring(client, country, data).status_code == status
    assert not SigningCertificate.objects.exists()


def test_file_sent_without_a_fresh_password_is_put_nowhere(country: Country, head: User) -> None:
    client = client_of(head)
    assert client.get(page_of(country)).url.startswith(reverse("account_reauthenticate"))
    asked = bring(client, country, make_authority().issue(NAME, password="গোপন"), "গোপন")
    assert asked.url == page_of(country)
    assert "গোপন" not in str(dict(client.session.items()))
    # After the password the page is there, and asks for the file anew.
    where = client.get(asked.url).url
    assert client.post(where, {"password": PASSWORD, "next": page_of(country)}).url == asked.url
    assert "আবার লাগবে" in texts_of(client.get(asked.url), ".alert")[0]
    assert not SigningCertificate.objects.exists()


def odd_files() -> dict[str, tuple[bytes, str]]:
    """Files that are no certificate to sign with, and a word of the answer."""
    authority = make_authority()
    return {
        "no PKCS#12": (b"-----BEGIN CERTIFICATE-----", "খোলা গেল না"),
        "another password": (authority.issue(NAME, password="অন্য"), "খোলা গেল না"),
        "cut off": (authority.issue(NAME)[:-40], "খোলা গেল না"),
        "no key": (packed(None, None, [authority.certificate]), "গোপন চাবি নেই"),
        "over": (authority.issue(NAME, ends=timedelta(days=-1)), "মেয়াদ শেষ"),
        "not yet": (authority.issue(NAME, starts=timedelta(days=2)), "এখনো শুরু"),
        "an authority's": (authority.issue(NAME, is_authority=True), "কর্তৃপক্ষের"),
        "not for signing": (authority.issue(NAME, may_sign=False), "স্বাক্ষরের জন্য"),
        "short key": (authority.issue(NAME, key=rsa.generate_private_key(65537, 1024)), "দুর্বল"),
        "other kind": (authority.issue(NAME, key=Ed25519PrivateKey.generate()), "RSA বা EC"),
        "too large": (b"x" * 200_000, "অনেক বড়"),
        "empty": (b"", "খালি"),
    }


def test_file_that_cannot_sign_is_refused_in_words(country: Country, head: User) -> None:
    client = confirmed_client_of(head)
    for kind, (data, word) in odd_files().items():
        answer = bring(client, country, data)
        assert answer.status_code == 422, kind
        assert word in one_line(find(answer, "main form.form")[0]), kind
    assert client.post(page_of(country), {}).status_code == 422
    assert not SigningCertificate.objects.exists()


def test_key_of_another_certificate_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = pkcs12.load_key_and_certificates(make_authority().issue(NAME), None)
    mixed = (ec.generate_private_key(ec.SECP256R1()), *loaded[1:])
    monkeypatch.setattr(signing.pkcs12, "load_key_and_certificates", lambda *args: mixed)
    with pytest.raises(BadCertificate, match="এই সনদের নয়"):
        read_credential(b"", "")


def test_new_certificate_takes_the_place_of_the_old_one(country: Country, head: User) -> None:
    first = keep(country)
    second = keep(country)
    first.refresh_from_db()
    assert (first.removed_by, bytes(first.sealed)) == (head, b"")
    assert list(SigningCertificate.objects.usable()) == [second]
    assert remove_certificate(office=country.upazila, by=head)
    assert not remove_certificate(office=country.upazila, by=head)
    second.refresh_from_db()
    # Whose it was stays; the key does not.
    assert (bytes(second.sealed), second.subject) == (b"", f"CN={NAME}".replace(",", "\\,"))


def test_same_certificate_again_changes_nothing(country: Country, head: User) -> None:
    data = make_authority().issue(NAME)
    client = confirmed_client_of(head)
    for _ in range(2):
        bring(client, country, data)
    assert SigningCertificate.objects.count() == 1
    client.post(reverse("reports:certificate_remove", args=[country.upazila.pk]))
    assert not SigningCertificate.objects.usable().exists()


@pytest.mark.django_db(transaction=True)
def test_certificates_brought_at_once_leave_one() -> None:
    country = make_country()
    at_once([lambda: keep(country)] * 4)
    assert SigningCertificate.objects.filter(removed_at__isnull=True).count() == 1
    assert SigningCertificate.objects.count() == 4


# --- Sealed with the installation's key --------------------------------------------------------
@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A paper of our engine, with a link on it."""
    html = "<html lang=bn><head><title>ক</title></head><body><h1>ক</h1><p>খ</p></body></html>"
    return make_pdf(html).content


def test_new_secret_key_still_opens_what_the_old_one_sealed(pdf: bytes, settings: Settings) -> None:
    sealed = read_credential(make_authority().issue(NAME), "").sealed
    old, settings.SECRET_KEY = (
        settings.SECRET_KEY,
        NEW_KEY,
    )
    with pytest.raises(CannotSign):
        sign_pdf(pdf, sealed=sealed, reason="ক", location="খ")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sign_pdf(pdf, sealed=sealed, reason="ক", location="খ").startswith(pdf)


# --- On the PDF -----------------------------------------------------------------------------------
def verdict(pdf: bytes) -> PdfSignatureStatus:
    """What pyHanko's validator thinks of the one signature, trusting only our authority."""
    root = make_authority().certificate.public_bytes(Encoding.DER)
    trust = ValidationContext(trust_roots=[AsnCertificate.load(root)], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return validate_pdf_signature(signature, trust)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_signature_holds_and_a_changed_byte_breaks_it(pdf: bytes, kind: str) -> None:
    key = (
        rsa.generate_private_key(65537, 2048)
        if kind == "rsa"
        else ec.generate_private_key(ec.SECP384R1())
    )
    credential = read_credential(make_authority().issue(NAME, key=key), "")
    signed = sign_pdf(pdf, sealed=credential.sealed, reason="অনুমোদন", location="কালীগঞ্জ")
    found = verdict(signed)
    assert found.bottom_line, found.summary()
    assert (found.intact, found.trusted, found.coverage.name) == (True, True, "ENTIRE_FILE")
    place = pdf.index(b"stream") + 40
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    assert not verdict(changed).intact
    stranger = ValidationContext(trust_roots=[], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures
    assert not validate_pdf_signature(signature, stranger).trusted


def test_signature_takes_nothing_from_the_paper(pdf: bytes) -> None:
    """What PDF/UA and PDF/A ask for is as it was; the new field is neither seen nor read out."""
    credential = read_credential(make_authority().issue(NAME), "")
    signed = sign_pdf(pdf, sealed=credential.sealed, reason="অনুমোদন", location="কালীগঞ্জ")
    assert signed.startswith(pdf)
    before, after = (pikepdf.open(io.BytesIO(one)) for one in (pdf, signed))
    assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
    assert dict(after.docinfo) == dict(before.docinfo)
    assert "/Version" not in after.Root
    assert set(after.Root.keys()) - set(before.Root.keys()) == {"/AcroForm", "/Extensions"}
    (field,) = after.Root.AcroForm.Fields
    assert field.V.SubFilter == "/ETSI.CAdES.detached"
    assert (str(field.V.Reason), str(field.V.Location)) == ("অনুমোদন", "কালীগঞ্জ")
    # Outside the sheet: PDF/UA asks nothing of it. Printed, not hidden: as PDF/A wants it.
    assert all(edge < 0 for edge in field.Rect)
    assert field.F & 0b111 == 0b100
    assert str(field.TU) == "ইলেকট্রনিক স্বাক্ষর"


# --- When a report is sent -----------------------------------------------------------------------
@pytest.fixture
def a_quick_pdf(monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    class Quick:
        content = pdf

    monkeypatch.setattr(jobhandlers, "draw_report", lambda *args, **more: ("<p>", Quick))


def made_pdf(submission: Submission) -> bytes:
    runner.run(job_id=submission.job_id)
    document = Submission.objects.get(pk=submission.pk).ordered_job.document
    assert document is not None
    with open_document(document) as file:
        return file.read()


def words_of_file(reader: User, submission: Submission) -> str:
    return one_line(find(client_of(reader).get(submission.get_absolute_url()), ".sent-file")[0])


def test_sent_report_is_signed_and_its_pages_say_by_whom(
    country: Country, head: User, report: Report, a_quick_pdf: None
) -> None:
    keep(country)
    page = confirmed_client_of(head).get(reverse("reports:send", args=[report.pk]))
    assert "দপ্তরের সনদ দিয়ে স্বাক্ষর হবে" in one_line(find(page, "aside")[0])
    submission = submit_report(report=report, by=head)
    assert verdict(made_pdf(submission)).bottom_line
    assert NAME in words_of_file(country["district.head"], submission)
    public = Client().get(reverse("open:verify_report_code", args=[submission.code]))
    assert NAME in one_line(find(public, "main")[0])


@pytest.mark.parametrize("trouble", ["over", "removed", "unreadable", "broken"])
def test_certificate_in_trouble_holds_no_report_up(
    country: Country,
    head: User,
    report: Report,
    a_quick_pdf: None,
    pdf: bytes,
    settings: Settings,
    trouble: str,
) -> None:
    kept = keep(country)
    submission = submit_report(report=report, by=head)
    if trouble == "removed":
        remove_certificate(office=country.upazila, by=head)
    elif trouble == "unreadable":
        settings.SECRET_KEY = NEW_KEY
    elif trouble == "broken":
        SigningCertificate.objects.filter(pk=kept.pk).update(sealed=b"")
    else:
        SigningCertificate.objects.filter(pk=kept.pk).update(valid_to=kept.valid_from)
    assert made_pdf(submission) == pdf
    assert "স্বাক্ষর হয়নি" in words_of_file(head, submission)


def test_certificate_that_has_ended_is_not_promised(
    country: Country, head: User, report: Report, a_quick_pdf: None, pdf: bytes
) -> None:
    keep(country, ends=timedelta(days=3))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=4)):
        client = confirmed_client_of(head)
        page = client.get(reverse("reports:send", args=[report.pk]))
        assert "স্বাক্ষর থাকবে না" in one_line(find(page, "aside")[0])
        assert "মেয়াদ নেই" in one_line(find(client.get(page_of(country)), "main")[0])
        submission = submit_report(report=report, by=head)
        assert made_pdf(submission) == pdf
        assert "স্বাক্ষর হয়নি" not in words_of_file(head, submission)
