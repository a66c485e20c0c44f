"""The public form as a person and as a program sends it, and files as telephones make them."""

from __future__ import annotations

import io
import re

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from time_machine import Traveller

from bangla.digits import to_ascii
from ideas.questions import WORDS
from tests.pages import form_fields, texts_of

BOX = "/idea-box/"
RECEIVED = "/idea-box/received/"
ADDRESS = "203.0.113.77"
WRITTEN = {
    "problem": "জন্ম নিবন্ধনের কপির জন্য তিনবার ইউনিয়ন পরিষদে যেতে হয়।",
    "description": "আবেদন নম্বর দিলে মোবাইলে জানানো হোক কপি কবে প্রস্তুত। তাহলে একবার গেলেই চলে।",
}


def write(client: Client, clock: Traveller, url: str = BOX, **typed: object) -> HttpResponse:
    """Open the form, take half a minute to write, and send it."""
    form = form_fields(client.get(url))
    clock.shift(30)
    return client.post(url, {**form, **WRITTEN, **typed})


def written_in(page: HttpResponse) -> dict[str, str]:
    """What stands in the boxes of the form."""
    return {name: value.strip() for name, value in form_fields(page).items()}


def send_again(client: Client, page: HttpResponse, url: str = BOX, **typed: object) -> HttpResponse:
    """Send the form that came back, with what is added to it."""
    return client.post(url, {**form_fields(page), **typed})


def answer_of(page: HttpResponse) -> str:
    """What a person answers to the question of the page."""
    text = texts_of(page, "label[for='id_answer']")[0]
    numbers = [WORDS.index(word) for word in re.split(", ", text.split(": ")[1])]
    if "উল্টো" in text:
        numbers = numbers[::-1]
    if "বড়টি বাদ" in text.replace("\u09dc", "ড়"):
        numbers.remove(max(numbers))
    if "ছোটটি বাদ" in text:
        numbers.remove(min(numbers))
    return "".join(map(str, numbers))


def code_on(page: HttpResponse) -> str:
    return to_ascii(texts_of(page, ".receipt-code")[0]).replace(" ", "")


# --- Files -------------------------------------------------------------------------------------
def photo(kind: str = "JPEG", *, remark: str = "", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture lying on its side, that says who took it, where and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = remark  # maker of the device
    exif[0x013B] = remark  # artist
    exif.get_ifd(0x8825)[1] = "N"  # place
    exif.get_ifd(0x8825)[29] = remark
    out = io.BytesIO()
    options = {"comment": remark.encode()} if kind == "JPEG" else {}
    Image.new("RGB", size, "teal").save(out, kind, exif=exif, **options)
    return out.getvalue()


def paper(*, remark: str = "", password: str = "") -> bytes:
    """A PDF that says who wrote it, with a note, an attachment and a photo in it."""
    name = pikepdf.Name
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [remark or "x"]
        pdf.docinfo["/Author"] = remark
        pdf.attachments["notes.txt"] = remark.encode() or b"x"
        page = pdf.pages[0].obj
        picture = pikepdf.Stream(pdf, photo(remark=remark))
        picture.stream_dict = pikepdf.Dictionary(
            Type=name.XObject, Subtype=name.Image, Width=60, Height=40,
            ColorSpace=name.DeviceRGB, BitsPerComponent=8, Filter=name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        note = pikepdf.Dictionary(
            Type=name.Annot, Subtype=name.Text, Rect=[0, 0, 9, 9], T=remark, Contents="kept"
        )
        page.Annots = pikepdf.Array([note])
        out = io.BytesIO()
        lock = pikepdf.Encryption(user=password, owner="owner") if password else False
        pdf.save(out, encryption=lock)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def open_words(pdf: bytes) -> bytes:
    """All of a PDF with nothing compressed in it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
