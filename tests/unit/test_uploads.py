"""The upload check takes what is good and refuses what only looks good (docs: trust §2)."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, create_string_object

from vetting.files.checks.limits import TYPES, FileRefused
from vetting.files.checks.upload import check_upload, clean_name


def pdf(*, script: bool = False, attachment: bool = False, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if script:
        writer.root_object[NameObject("/OpenAction")] = action("/JavaScript", JS="app.alert('hej')")
    if attachment:
        writer.add_attachment("a.txt", b"x")
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    entries = {NameObject("/S"): NameObject(kind)}
    return DictionaryObject(entries | {NameObject(f"/{k}"): create_string_object(v) for k, v in more.items()})


def pdf_with_launch() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(action("/Launch", F="x.exe"))})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, kind)
    return out.getvalue()


def office(extension: str, *, extra: dict[str, bytes] | None = None, types: bytes | None = None) -> bytes:
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}[extension]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if extension == "odt":
            archive.writestr("mimetype", TYPES["odt"])
        else:
            archive.writestr("[Content_Types].xml", types or b"<Types>" + TYPES[extension].encode() + b"</Types>")
        archive.writestr(main, b"<x/>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


GOOD = {
    "stadgar.pdf": pdf(),
    "Årsmöte 2026.PDF": pdf(),
    "affisch.jpg": image("JPEG"),
    "affisch.jpeg": image("JPEG"),
    "bild.png": image("PNG"),
    "plan.docx": office("docx"),
    "budget.xlsx": office("xlsx"),
    "med skrivare.xlsx": office("xlsx", extra={"xl/printerSettings/printerSettings1.bin": b"x"}),
    "protokoll.odt": office("odt"),
}
BAD = {
    "tom.pdf": (b"", "empty"),
    "sida.html": (b"<html>", "wrong_kind"),
    "ritning.svg": (b"<svg/>", "wrong_kind"),
    "program.exe": (b"MZ", "wrong_kind"),
    "utan-ändelse": (pdf(), "wrong_kind"),
    "makro.docm": (office("docx"), "wrong_kind"),
    "html.pdf": (b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF", "wrong_content"),
    "avkortad.pdf": (pdf()[:200], "wrong_content"),
    "bara-huvud.pdf": (b"%PDF-1.4\n%%EOF", "wrong_content"),
    "bild.pdf": (image("PNG"), "wrong_content"),
    "hemlig.pdf": (pdf(password="x"), "wrong_content"),
    "skript.pdf": (pdf(script=True), "active_content"),
    "bilaga.pdf": (pdf(attachment=True), "active_content"),
    "start.pdf": (pdf_with_launch(), "active_content"),
    "egentligen-png.jpg": (image("PNG"), "wrong_content"),
    "avkortad.png": (image("PNG")[:-20], "wrong_content"),
    "svans.png": (image("PNG") + b"A" * 500, "wrong_content"),
    "inte-zip.docx": (b"hej", "wrong_content"),
    "odt.docx": (office("odt"), "wrong_content"),
    "docx.xlsx": (office("docx"), "wrong_content"),
    "makro.docx": (office("docx", extra={"word/vbaProject.bin": b"x"}), "active_content"),
    "makrotyp.docx": (office("docx", types=b"<Types>macroEnabled</Types>"), "active_content"),
    "inbäddat.docx": (office("docx", extra={"word/embeddings/oleObject1.bin": b"x"}), "active_content"),
    "uppåt.docx": (office("docx", extra={"../../x.xml": b"x"}), "wrong_content"),
    "bomb.docx": (office("docx", extra={"word/stor.xml": b"0" * (61 * 1024 * 1024)}), "unpacks_too_big"),
    "skript.odt": (office("odt", extra={"Basic/Standard/Module1.xml": b"x"}), "active_content"),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_taken(name):
    content = GOOD[name]
    assert check_upload(io.BytesIO(content), name, len(content)) == TYPES[name.rsplit(".", 1)[1].lower()]


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_their_reason(name):
    content, code = BAD[name]
    with pytest.raises(FileRefused) as refused:
        check_upload(io.BytesIO(content), name, len(content))
    assert refused.value.code == code
    assert name.rsplit(".", 1)[0] in str(refused.value)


def test_a_file_over_the_limit_is_refused_unread():
    with pytest.raises(FileRefused) as refused:
        check_upload(io.BytesIO(b"%PDF-1.4"), "stor.pdf", 21 * 1024 * 1024)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Mapp\\stadgar.pdf", "stadgar.pdf"),
        ("../../etc/x.pdf", "x.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("", "fil"),
    ],
)
def test_names_are_only_shown_and_cleaned(given, shown):
    assert clean_name(given) == shown
