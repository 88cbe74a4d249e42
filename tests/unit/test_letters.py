"""The letter's words and its PDF (docs/domain.md §0.1, §4.8)."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from applications.decisions.freezing import text_sha256
from applications.decisions.letters.compose import LetterFacts, Signer, compose
from applications.decisions.letters.pdf import render_pdf
from applications.decisions.letters.templates import problems
from applications.decisions.services.rule_versions import shipped

_BY_CODE = {one["code"]: one for one in shipped("letter")}
TEMPLATE, WITHDRAWAL = _BY_CODE["grant-decision"], _BY_CODE["withdrawal-decision"]
FACTS = {
    "court": "Förvaltningsrätten i Stockholm",
    "municipality": "Stockholms kommun",
    "notice_board": "stadens anslagstavla",
    "link": "https://exempel.invalid/anslagstavla",
}
RULE = {
    "id": "p5",
    "ground": "kommunal_policy",
    "section": "nämndens villkor, punkt 5",
    "version": "version 3",
    "sv": "Samma kostnad får inte täckas av två bidrag.",
    "en": "The same cost may not be covered by two grants.",
}
LETTER = LetterFacts(
    number="EÅV 2026/0123",
    on=date(2026, 3, 19),
    board="Enskede-Årsta-Vantörs stadsdelsnämnd",
    facts=FACTS,
    frame="laglighetsprovning",
    name="Årsta Kvarterslag",
    orgnr="8590213370",
    address=("Exempelgatan 1", "120 00 Årsta"),
    subject={"sv": "verksamhetsbidrag 2026", "en": "operating grant 2026"},
    outcome="part",
    path="delegate",
    signer=Signer(name="Person Ett", title="Enhetschef", rule="4.1", reported="anmals"),
    presenter="Person Två",
    period=(date(2026, 4, 1), date(2026, 12, 31)),
    amount=Decimal(61000),
    lines=(
        {"cost": "Ledararvoden", "applied": "61000", "granted": "61000"},
        {"cost": "Lokalhyra", "applied": "24000", "granted": "0"},
    ),
    found="Kulturnämnden har beviljat 24 000 kronor för samma hyra.",
    citations=(RULE,),
    assessment="Hyran är redan betald av en annan nämnd.",
    rungs=({"rung": "condition", "reason": "Ett villkor ändrar inte kostnaden."},),
    report_on=date(2027, 1, 31),
    repayment_clause=True,
)


def words(letter=LETTER, language="sv"):
    return str(compose(letter, TEMPLATE, language))


def test_the_shipped_texts_are_whole_in_both_languages():
    assert problems(TEMPLATE) == []


@pytest.mark.parametrize("text", ["{name.__class__}", "{0}", "{unknown}"])
def test_a_text_with_something_strange_in_braces_is_refused(text):
    assert problems(TEMPLATE | {"sv": TEMPLATE["sv"] | {"title": text}})


def test_a_text_missing_in_one_language_is_named():
    english = {key: value for key, value in TEMPLATE["en"].items() if key != "why"}
    assert "en.why: missing" in problems(TEMPLATE | {"en": english})


def test_the_ruling_comes_first_then_why_conditions_and_appeal():
    letter = compose(LETTER, TEMPLATE)
    assert letter["ruling"][0].startswith(
        "Årsta Kvarterslag beviljas 61\u202f000\u00a0kronor för perioden 1\u00a0april–31"
    )
    headings = [section["heading"] for section in letter["sections"]]
    assert headings == ["Varför vi beslutar så", "Villkor för bidraget", "Så överklagar du", "Har du frågor?"]
    assert letter["table"]["foot"] == ["Summa", "85\u202f000", "61\u202f000"]


@pytest.mark.parametrize(
    ("path", "reported", "said"),
    [
        ("board", "", "sammanträdet då beslutet fattades"),
        ("delegate", "anmals", "sammanträdet då beslutet anmäls"),
        ("chair_urgent", "anmals", "sammanträdet då beslutet anmäls"),
        ("delegate", "protokollfors_sarskilt", "det särskilda protokollet"),
    ],
)
def test_the_appeal_text_names_whose_minutes_start_the_time_and_no_date(path, reported, said):
    signer = replace(LETTER.signer, reported=reported, meeting=date(2026, 3, 19), paragraph="12")
    letter = compose(replace(LETTER, path=path, signer=signer), TEMPLATE)
    appeal = str(next(section for section in letter["sections"] if section["heading"] == "Så överklagar du"))
    assert said in appeal
    assert "https://exempel.invalid/anslagstavla" in appeal
    assert "april" not in appeal and "mars" not in appeal
    assert "Den som är medlem av Stockholms kommun" in appeal


def test_a_letter_prints_only_what_its_frame_holds():
    legality = words()
    full = words(replace(LETTER, frame="forvaltningslagen"))
    assert "kommunallagen 13 kap." in legality and "förvaltningslagen" not in legality
    assert "förvaltningslagen 40–44 §§" in full and "kommunallagen" not in full
    assert "medlem av" not in full


@pytest.mark.parametrize(
    ("section", "version", "said"),
    [
        ("villkoren, punkt 5", "version 3", "två bidrag. Det står i villkoren, punkt 5, version 3."),
        ("Föreningsstöd, version 3, punkt 5", "v3", "två bidrag. Det står i Föreningsstöd, version 3, punkt 5."),
        ("kommunallagen 2 kap. 3 §", "", "två bidrag. Det står i kommunallagen 2 kap. 3 §."),
        ("", "", "två bidrag.'"),
    ],
)
def test_a_rule_is_told_with_its_place_once(section, version, said):
    rule = RULE | {"section": section, "version": version, "sv": "Samma kostnad får inte täckas av två bidrag"}
    assert said in words(replace(LETTER, citations=(rule,)))


class TestWritingOff:
    STRUCK = replace(
        LETTER,
        outcome="struck",
        amount=None,
        found="Sökanden har skriftligen återkallat sin ansökan.",
        formal_ground="withdrawn",
        formal_came_on=date(2026, 3, 2),
        rungs=(),
    )

    def letter(self, language="sv"):
        return compose(self.STRUCK, WITHDRAWAL, language)

    def test_says_in_a_few_words_that_nothing_was_examined(self):
        letter = self.letter()
        assert letter["title"] == "Ärendet om verksamhetsbidrag 2026 avslutas"
        assert "utan att ansökan från Årsta Kvarterslag prövas" in letter["ruling"][0]
        why = letter["sections"][0]
        assert [part["heading"] for part in why["parts"]] == ["", "Det här gäller"]
        assert "2 mars 2026" in str(why) and "läggs inte föreningen till last" in str(why)

    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_judges_nobody_and_prints_no_law_that_does_not_hold(self, language):
        said = str(self.letter(language))
        for word in ("bedömning", "Villkor för bidraget", "förvaltningslag", "Administrative Procedure", "assessment"):
            assert word not in said

    def test_is_whole_in_itself(self):
        assert problems(WITHDRAWAL) == []
        assert WITHDRAWAL["code"] == "withdrawal-decision" and "based_on" not in WITHDRAWAL
        assert [one["id"] for one in WITHDRAWAL["citations"]] == ["policy-withdrawn"]
        assert "policy-withdrawn" not in [one["id"] for one in TEMPLATE["citations"]]


@pytest.mark.parametrize(
    ("outcome", "said"), [("refused", "avslås"), ("dismissed", "avvisas"), ("struck", "skrivs av")]
)
def test_other_outcomes_carry_no_conditions_and_no_table(outcome, said):
    letter = compose(replace(LETTER, outcome=outcome, amount=None), TEMPLATE)
    assert said in letter["ruling"][0]
    assert letter["table"] is None
    assert "Villkor för bidraget" not in [section["heading"] for section in letter["sections"]]


def test_the_boards_own_text_stands_alone():
    said = words(replace(LETTER, board_text="Nämnden ser det så här."))
    assert "Nämnden ser det så här." in said
    assert "Hyran är redan betald" not in said and "Mildare åtgärder" not in said


def test_english_carries_the_same_parts():
    swedish, english = compose(LETTER, TEMPLATE), compose(LETTER, TEMPLATE, "en")
    assert [len(s["parts"]) for s in swedish["sections"]] == [len(s["parts"]) for s in english["sections"]]
    assert "How to appeal" in str(english)


# The PDF

AT = datetime(2026, 3, 19, 9, 22, tzinfo=UTC)


def pdf(letter=LETTER):
    document = compose(letter, TEMPLATE)
    return render_pdf(document, checksum=text_sha256(document), at=AT)


def test_the_pdf_is_tagged_swedish_and_claims_both_standards():
    reader = PdfReader(BytesIO(pdf()))
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert reader.metadata.title == "Beslut om verksamhetsbidrag 2026, EÅV 2026/0123"
    assert root["/OutputIntents"]


def test_the_pdf_has_headings_table_and_lists_in_its_structure():
    root = PdfReader(BytesIO(pdf())).trailer["/Root"]
    found = set()

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            found.add(str(node.get("/S", "")))
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= found


def test_only_our_own_fonts_are_embedded():
    fonts = set()
    for page in PdfReader(BytesIO(pdf())).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(str(font.get_object()["/BaseFont"]))
    assert fonts and all("SourceSerif4" in font for font in fonts)


def test_every_word_of_the_letter_is_in_the_pdf():
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf())).pages).split())
    for said in ("Årsta Kvarterslag", "Org.nr 859021-3370", "Så överklagar du", "Sida 1 av", "61\u202f000"):
        assert " ".join(said.split()) in text


@pytest.mark.parametrize(
    "said",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:1.0.0"',
        "$ sum $ *fet* _kursiv_ `kod` <etikett> @ref \\ // kommentar",
        "= Rubrik\n#set page(width: 1pt)",
        '"); #panic("x")',
    ],
)
def test_what_people_write_is_text_and_never_markup(said):
    made = pdf(replace(LETTER, name=said, found=said, conditions=(said,)))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    squeezed = "".join(text.split())
    assert "".join(said.split()) in squeezed


def test_the_same_letter_gives_the_same_bytes():
    assert pdf() == pdf()


def test_a_web_process_never_loads_typst():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "sys.exit('typst' in sys.modules)"
    )
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=root, check=False, timeout=60)
    assert done.returncode == 0
