"""The sheet of slips as it comes out of the printer: every word, every picture, nothing cut off."""

import pymupdf
import pytest

from bangla.digits import to_bangla
from bangla.pdf.check import missing_words
from teams.actions.invitations import Issued, invite_people
from teams.entry.invitations import spaced, welcome_address
from teams.entry.slips import SLIPS_PER_SHEET, draw_slips
from teams.enums import InvitationKind, Role
from teams.models import User
from tests.factories import Team, make_officer, make_team
from tests.qr import drawn_qr, modules_of

pytestmark = pytest.mark.django_db

LONG_NAME = "মোহাম্মদ আবুল কালাম আজাদ মুস্তাফিজুর রহমান চৌধুরী"
LONG_OFFICE = "উপজেলা নির্বাহী অফিসারের কার্যালয়, ব্রাহ্মণবাড়িয়া সদর, ব্রাহ্মণবাড়িয়া, চট্টগ্রাম বিভাগ"


@pytest.fixture
def issued() -> list[Issued]:
    """Five people with names, posts and addresses as long as they get."""
    team: Team = make_team()
    team.office.name_bn = LONG_OFFICE
    team.office.save()
    people: list[User] = []
    for number in range(5):
        person = make_officer(
            team.office, Role.STAFF, f"উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা (চলতি দায়িত্ব) {number}"
        )
        person.name_bn = LONG_NAME
        person.login = (
            f"a.very.long.name.of.an.officer.number.{number}@innovation.department.gov.test"
        )
        person.save()
        people.append(person)
    return invite_people(people=people, office=team.office, kind=InvitationKind.SLIP, by=team.head)


def test_sheet_holds_four_slips_whole(issued: list[Issued]) -> None:
    pdf = draw_slips(issued, issued[0].invitation.office)
    said = [LONG_NAME, LONG_OFFICE, "স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা", "এককালীন কোড", "ছিঁড়ে ফেলুন"]
    said += [to_bangla(spaced(one.code)) for one in issued]
    assert missing_words(pdf, said, reader="poppler") == []
    with pymupdf.open(stream=pdf) as document:
        assert len(document) == 2
        for page, slips in zip(document, (SLIPS_PER_SHEET, 1), strict=True):
            # What is cut along the dashes: each quarter of the sheet says all of one slip.
            assert page.get_text().count("ছিঁড়ে ফেলুন") == slips
            for one in range(slips):
                column, row = one % 2, one // 2
                width, height = page.rect.width / 2, page.rect.height / 2
                quarter = pymupdf.Rect(
                    column * width, row * height, (column + 1) * width, (row + 1) * height
                )
                words = page.get_text(clip=quarter)
                assert words.count("ছিঁড়ে ফেলুন") == 1
                assert words.count("welcome/") == 1


def test_picture_leads_to_the_code(issued: list[Issued]) -> None:
    pdf = draw_slips(issued[:1], issued[0].invitation.office)
    with pymupdf.open(stream=pdf) as document:
        rows, module_mm = drawn_qr(document[0])
    assert rows == modules_of(welcome_address(issued[0].code))
    assert module_mm >= 0.5  # what a cheap telephone reads from arm's length
