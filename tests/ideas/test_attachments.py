"""Files handed in: what they are, and what is left of who made them."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from ideas.actions import add_file, remove_file
from ideas.enums import FilePurpose
from ideas.models import Idea, IdeaFile
from jobs.documents import open_document
from teams.models import AuditEntry
from teams.uploads import LONGEST_EDGE, clean_upload
from tests.factories import Team, make_office, make_officer
from tests.ideas.public import open_words, paper, photo, upload

REMARK = "ACMEPHONE-of-Rahima"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_upright_and_says_nothing_of_its_maker(kind: str) -> None:
    taken = photo(kind, remark=REMARK)
    assert REMARK.encode() in taken
    clean = clean_upload(upload(taken, "IMG_Rahima.exe"))
    picture = Image.open(io.BytesIO(clean.content))
    assert (picture.format, picture.size) == (kind, (40, 60))
    assert REMARK.encode() not in clean.content
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)


def test_see_through_picture_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    clean = clean_upload(upload(out.getvalue()))
    assert Image.open(io.BytesIO(clean.content)).getpixel((0, 0)) == (0, 0, 0, 0)


def test_large_photo_is_made_smaller() -> None:
    clean = clean_upload(upload(photo(size=(4000, 2000))))
    assert max(Image.open(io.BytesIO(clean.content)).size) == LONGEST_EDGE


def test_pdf_keeps_its_pages_and_loses_its_author() -> None:
    written = paper(remark=REMARK)
    assert REMARK.encode() in open_words(written)
    clean = clean_upload(upload(written, "Rahima.pdf"))
    assert (clean.extension, clean.content_type) == ("pdf", "application/pdf")
    words = open_words(clean.content)
    assert REMARK.encode() not in words
    assert b"(kept)" in words


def bomb(kind: str, size: tuple[int, int]) -> bytes:
    """A few kilobytes that are hundreds of megabytes once opened."""
    out = io.BytesIO()
    Image.new("1", size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ফাইলটি খালি"),
        (b"just words", "এই ধরনের ফাইল নেওয়া হয় না"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "এই ধরনের ফাইল নেওয়া হয় না"),
        (photo()[:400], "ছবিটি পড়া গেল না"),
        (bomb("PNG", (6_000, 6_000)), "ছবিটির মাপ অনেক বড়"),
        (bomb("PNG", (30_000, 9_000)), "ছবিটির মাপ অনেক বড়"),
        (b"%PDF-1.7\nnothing of the kind", "PDF ফাইলটি পড়া গেল না"),
        (paper(password="x"), "পাসওয়ার্ড ছাড়া ফাইল দিন"),
    ],
    ids=["empty", "text", "svg", "torn", "bomb", "huge bomb", "no pdf", "locked"],
)
def test_what_cannot_be_taken_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_upload(upload(content))
    assert said in refused.value.messages[0]


def test_only_pictures_where_only_pictures_are_shown() -> None:
    with pytest.raises(ValidationError):
        clean_upload(upload(paper()), pictures_only=True)


# --- The files of an idea ----------------------------------------------------------------------
pytestmark = pytest.mark.django_db


def test_file_is_added_and_taken_away_by_the_team(team: Team, idea: Idea) -> None:
    clean = clean_upload(upload(photo()))
    file = add_file(
        idea=idea, clean=clean, purpose=FilePurpose.ATTACHMENT, by=team.member, filename="হাট.png"
    )
    assert file.filename == "হাট.jpg"
    with open_document(file.document) as stored:
        assert stored.read() == clean.content
    stranger = make_officer(make_office("elsewhere", parent=team.office))
    with pytest.raises(PermissionDenied):
        add_file(idea=idea, clean=clean, purpose=FilePurpose.ATTACHMENT, by=stranger)
    with pytest.raises(PermissionDenied):
        remove_file(file=file, by=stranger)
    remove_file(file=file, by=team.member)
    assert not IdeaFile.objects.exists()
    assert AuditEntry.objects.filter(action="idea.remove_file", by=team.member).exists()


def test_files_without_a_name_are_numbered_by_what_they_are(idea: Idea) -> None:
    for content in (photo(), paper(), photo("PNG")):
        clean = clean_upload(upload(content, "রহিমা.jpg"))
        add_file(idea=idea, clean=clean, purpose=FilePurpose.ATTACHMENT, by=None)
    names = list(idea.files.values_list("filename", flat=True))
    assert names == ["ছবি-১.jpg", "নথি-১.pdf", "ছবি-২.png"]
    assert [file.position for file in idea.files.all()] == [1, 2, 3]
