"""The printed slips of invitations: four to a sheet, to be cut and handed over.

They are drawn while the head waits and kept nowhere, neither as a job nor as a document: a paper
that lets its reader in must not lie in our storage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bangla.dates import format_date
from bangla.digits import to_bangla

from ..models import Office
from ..papers import make_pdf, paper_html
from ..qr import qr_of
from .invitations import posts_ahead, spaced, welcome_address

if TYPE_CHECKING:
    from ..actions.invitations import Issued

SLIPS_PER_SHEET = 4


def draw_slips(issued: Sequence[Issued], office: Office) -> bytes:
    """The PDF with one slip for each invitation."""
    return make_pdf(slips_html(issued, office)).content


def slips_html(issued: Sequence[Issued], office: Office) -> str:
    slips = [_slip(one, office) for one in issued]
    sheets = [
        slips[start : start + SLIPS_PER_SHEET] for start in range(0, len(slips), SLIPS_PER_SHEET)
    ]
    return paper_html("pdf/invitation_slips.html", {"office": office.name_bn, "sheets": sheets})


def _slip(one: Issued, office: Office) -> dict[str, Any]:
    person = one.invitation.person
    post = next(iter(posts_ahead(person)), None)
    return {
        "name": person.name_bn,
        "designation": post.designation_bn if post else "",
        "office": (post.office if post else office).name_bn,
        "login": to_bangla(person.login) if person.login.isdigit() else person.login,
        "code": to_bangla(spaced(one.code)),
        "address": welcome_address().split("://", 1)[-1],
        "qr": qr_of(welcome_address(one.code)),
        "valid_until": format_date(timezone.localtime(one.invitation.expires_at).date()),
    }
