"""The parts of the pages in a real browser: seen at three widths, by axe, and worked by keyboard and pointer."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from vetting.kernel import forms
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Shape

Visit = Callable[..., Visitor]
PAGE = """{% extends "base.html" %}{% load crispy_forms_tags %}{% block title %}Prov{% endblock %}
{% block body_class %}{% endblock %}{% block content %}<h1>Prov</h1>CONTENT{% endblock %}"""
LONG = "Samverkansföreningen för Fritidsverksamhet i Enskede-Årsta-Vantörs stadsdelsförvaltningsområde"


def show(visitor: Visitor, content: str, **context: object) -> None:
    with translation.override("sv"):
        visitor.show(PAGE.replace("CONTENT", content), **context)


def test_the_band_of_a_case(visit: Visit) -> None:
    visitor = visit()
    phases = [
        {"label": label, "status": status, "note": note}
        for label, status, note in [
            ("Inkommen", "done", "9 jan"),
            ("Registrerad", "done", "12 jan"),
            ("Formell kontroll", "done", "23 feb"),
            ("Sakprövning", "now", "sedan 23 feb"),
            ("Kvalitetsgranskning", "left", ""),
            ("Förslag", "left", ""),
            ("Beslut", "left", "senast 27 mars"),
        ]
    ]
    tracks = [
        {"label": "Redovisning", "state": SimpleNamespace(label="Väntar", shape=Shape.WAIT), "note": "31 januari"}
    ]
    names = [
        "Ansökan",
        "Granskning",
        "Underlag",
        "Samråd",
        "Kommunicering",
        "Beslut",
        "Utbetalning",
        "Uppföljning",
        "Återkrav",
        "Handlingar",
    ]
    tabs = [{"label": name, "url": f"?{name}", "current": name == "Ansökan", "count": 3} for name in names]
    show(
        visitor,
        """<h2>{{ long|shy }}</h2>{% include "components/_crumb.html" %}{% include "components/_facts.html" %}
        {% include "components/_strip.html" %}{% include "components/_tabs.html" with label="Delar" folding=True %}""",
        long=LONG,
        trail=[{"label": "Ärenden", "url": "?"}, {"label": "KUN 2026/0001"}],
        facts=[("Sökt belopp", "85\u202f000\u00a0kr"), ("Handläggare", "M. Ek")],
        phases=phases,
        tracks=tracks,
        tabs=tabs,
    )
    visitor.assert_page()
    visitor.page.set_viewport_size({"width": 320, "height": 700})
    expect(visitor.page.get_by_role("link", name="Beslut")).to_be_hidden()
    visitor.page.get_by_role("button", name="Ansökan").click()
    expect(visitor.page.get_by_role("link", name="Beslut")).to_be_visible()


def test_what_to_do_and_what_happened(visit: Visit) -> None:
    visitor = visit()
    show(
        visitor,
        """{% include "components/_next.html" with lead="Svaret är oläst." %}
        <h2>Händelser</h2>{% include "components/_timeline.html" with total=23 all_url="?" %}
        {% include "components/_message.html" with tone="wait" title="Svar har kommit" text="Läs." url="?" link="Läs" %}
        {% include "components/_empty.html" with title="Inga bilagor än." text="Lägg till." url="?" link="Ny" %}
        <p>Den som är {% term "jav" "jävig" %} får inte handlägga.</p>
        {% for word, shape in shapes %}{% state_tag word shape %} {% endfor %}""",
        steps=[
            {"label": "Ta ställning till svaret", "url": "?", "possible": True, "primary": True},
            {"label": "Lämna förslag", "possible": False, "reasons": [Reason("a", "A14 är oklar.", "?")]},
        ],
        more=[{"label": "Begär samråd", "url": "?", "possible": True}],
        events=[{"at": datetime(2026, 2, 26, 18, 12, tzinfo=UTC), "text": "Föreningen svarade.", "shape": "work"}],
        shapes=[("Mottagen", shape.value) for shape in Shape],
    )
    visitor.assert_page()
    page = visitor.page
    hint = page.locator(".v-hint").first
    expect(hint).to_be_hidden()
    page.get_by_role("button", name="jävig").focus()
    page.keyboard.press("Enter")
    expect(hint).to_be_visible()
    page.keyboard.press("Escape")
    expect(hint).to_be_hidden()


class Application(forms.VersionedForm):
    name = django_forms.CharField(label="Föreningens namn", help_text="Som det står i stadgarna.")
    amount = forms.MoneyField(label="Sökt belopp")
    day = forms.NotLaterThanToday(label="Inkommen dag")
    how = django_forms.ChoiceField(
        label="Hur?", choices=[("a", "Post"), ("b", "Mejl")], widget=django_forms.RadioSelect
    )
    note = forms.TextField(label="Anteckning", required=False, max_length=20)
    signed = django_forms.BooleanField(label="Undertecknad", required=False)
    paper = django_forms.FileField(label="Fil", required=False)
    submit_label = "Registrera"


def test_a_form_with_errors_and_the_room_left_in_a_field(visit: Visit) -> None:
    visitor = visit()
    form = Application({"amount": "mycket", "day": "2026-02-30", "note": "Hej", "version": "1"})
    show(visitor, "{% crispy form %}", form=form)
    page = visitor.page
    expect(page.locator(".v-errors")).to_be_focused()
    expect(page).to_have_title("Fel: Prov – Vetting")
    page.get_by_role("link", name="Välj ett svar vid ”Hur?”.").click()
    expect(page.get_by_label("Post")).to_be_focused()
    expect(page.get_by_text("17 tecken kvar")).to_be_visible()
    page.get_by_label("Anteckning").fill("x" * 22)
    expect(page.get_by_text("2 tecken för mycket")).to_be_visible()
    visitor.assert_page()


TABLE = """<table role="table" class="v-table v-stack is-wide"><caption>Ärenden</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Förening</th>
<th role="columnheader" scope="col">Läge</th></tr></thead>
<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="row"><a href="?">{{ long|shy }}</a></th>
<td role="cell" data-label="Läge">{% state_tag "Väntar på komplettering" "wait" %}</td></tr></tbody></table>
{% include "components/_pages.html" with noun="ärenden" %}"""


def test_a_table_and_its_pages(visit: Visit) -> None:
    visitor = visit()
    request = SimpleNamespace(GET=QueryDict("vy=mina"), get_full_path=lambda: "/")
    show(visitor, TABLE, long=LONG, page=Paginator(range(620), 50).page(7), request=request)
    visitor.assert_page()


QUESTION = """<h2>Granskning</h2><h3>Formella krav</h3>
{% for code, card in questions %}<form class="v-q" id="{{ code }}" data-question>
<p class="v-qno">{{ code }}</p><fieldset><legend><h4>Är {{ code }} i sin ordning?</h4></legend>
<div class="v-answers">{% for word in words %}
<label class="v-answer"><input type="radio" name="svar"> {{ word }}</label>{% endfor %}</div>
<label class="form-label" for="m{{ code }}">Motivering</label>
<textarea class="form-control" id="m{{ code }}"></textarea>
{% include "components/_evidence.html" %}</fieldset></form>{% endfor %}"""


def review(visitor: Visitor) -> None:
    rows = [("Vad, var, när", "Affisch, Årsta torg, 10 februari 2026")]
    card = {"title": "Underlag", "source_class": 2, "class_label": "eget material", "rows": rows}
    questions = [("A7", card | {"id": 1}), ("A11", card | {"id": 2})]
    show(visitor, QUESTION, questions=questions, words=["Ja", "Nej", "Oklart"])


def test_a_review_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    review(visitor)
    visitor.assert_page()
    page = visitor.page
    page.keyboard.press("n")
    page.keyboard.press("2")
    expect(page.locator("#A7").get_by_label("Nej")).to_be_checked()
    page.keyboard.press("n")
    page.keyboard.press("3")
    expect(page.locator("#A11").get_by_label("Oklart")).to_be_checked()
    page.locator("#A11").get_by_label("Motivering").focus()
    page.keyboard.type("1 av 4 n")
    expect(page.locator("#A11").get_by_label("Motivering")).to_have_value("1 av 4 n")
    expect(page.locator("#A11").get_by_label("Oklart")).to_be_checked()


QUEUE = """<input type="search" id="q" aria-label="Sök"><p data-picked-status role="status">Inga</p>
<table class="v-table v-queue"><caption>Ärenden</caption><tbody>{% for name in names %}<tr>
<td class="v-pick"><label class="v-hit"><span class="visually-hidden">Markera {{ name }}</span>
<input type="checkbox" data-pick></label></td>
<th scope="row"><a href="?{{ name }}">{{ name }}</a></th></tr>{% endfor %}</tbody></table>"""


def test_a_list_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    show(visitor, QUEUE, names=["Ettan", "Tvåan", "Trean"])
    page = visitor.page
    for key, name in [("j", "Ettan"), ("j", "Tvåan"), ("j", "Trean"), ("j", "Trean"), ("k", "Tvåan")]:
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Sök")).to_be_focused()
    page.keyboard.type("j/k")
    expect(page.get_by_label("Sök")).to_have_value("j/k")
    page.get_by_label("Markera Ettan").check()
    page.get_by_label("Markera Tvåan").check()
    expect(page.get_by_role("status").filter(has_text="2 ärenden markerade")).to_be_visible()
    visitor.assert_page()


def test_no_keys_when_switched_off(visit: Visit) -> None:
    visitor = visit()
    show(visitor, QUEUE, names=["Ett", "Två"])
    visitor.page.evaluate("localStorage.setItem('vetting.shortcuts', 'off')")
    visitor.page.keyboard.press("j")
    expect(visitor.page.get_by_role("link", name="Ett")).not_to_be_focused()


def test_leaving_with_something_typed_asks_first(visit: Visit) -> None:
    visitor = visit()
    show(visitor, "{% crispy form %}", form=Application())
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visitor.page.get_by_label("Föreningens namn").fill("Årsta")
    visitor.page.goto(visitor.site + "/konto/logga-in/")
    assert asked == ["beforeunload"]


HTMX_FORM = """<form hx-post="/prov/svar/" hx-target="this" hx-swap="outerHTML"><label for="m">Motivering</label>
<textarea id="m" name="m" class="form-control"></textarea><button class="btn btn-primary">Spara</button></form>"""


def test_a_fault_of_the_server_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit()
    show(visitor, HTMX_FORM)
    page = visitor.page
    answers = iter([500, 403])
    page.route("**/prov/svar/", lambda route: route.fulfill(status=next(answers), body="<p>nej</p>"))
    for said in ("Servern svarade inte.", "Det gick inte."):
        page.get_by_label("Motivering").fill("Skrivet med möda")
        page.get_by_role("button", name="Spara").click()
        expect(page.locator("#v-live")).to_contain_text(said)
        expect(page.get_by_label("Motivering")).to_have_value("Skrivet med möda")


def test_a_lost_session_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit()
    show(visitor, HTMX_FORM)
    page = visitor.page
    page.route("**/prov/svar/", lambda route: route.fulfill(status=302, headers={"location": "/konto/logga-in/"}))
    page.get_by_label("Motivering").fill("Skrivet med möda")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#v-live")).to_contain_text("Du har loggats ut.")
    expect(page.get_by_label("Motivering")).to_have_value("Skrivet med möda")


def test_a_refused_answer_is_swapped_in_and_takes_the_focus(visit: Visit) -> None:
    visitor = visit()
    show(visitor, HTMX_FORM)
    page = visitor.page
    wrong = '<form><div class="v-errors" tabindex="-1">Ett svar behöver rättas</div></form>'
    page.route("**/prov/svar/", lambda route: route.fulfill(status=422, content_type="text/html", body=wrong))
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".v-errors")).to_be_focused()


FILTER = """<form class="v-filter" role="search" aria-label="Filtrera">
<div><label class="form-label" for="q">Sök</label>
<input class="form-control" id="q" type="search"></div>
<button class="btn btn-outline-secondary v-foldbtn" type="button" popovertarget="filter">Fler filter</button>
<div class="v-fold" id="filter" popover><div><label class="form-label" for="slag">Slag</label>
<select class="form-select" id="slag"><option>Alla</option></select></div>
<button class="btn btn-primary v-foldonly" type="submit">Filtrera</button></div>
<div class="v-actions"><button class="btn btn-primary" type="submit">Sök</button></div></form>"""


def test_a_filter_folds_on_a_phone_only(visit: Visit) -> None:
    visitor = visit()
    show(visitor, FILTER)
    visitor.assert_page()
    page = visitor.page
    expect(page.get_by_label("Slag")).to_be_visible()
    expect(page.get_by_role("button", name="Fler filter")).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.get_by_label("Slag")).to_be_hidden()
    page.get_by_role("button", name="Fler filter").click()
    expect(page.get_by_label("Slag")).to_be_visible()
    visitor.assert_page(320)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Slag")).to_be_hidden()
