"""The parts pages are made of, as a screen reader and a keyboard meet them."""

import re
from types import SimpleNamespace

import pytest
from django import forms as django_forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from vetting.kernel import forms
from vetting.kernel.errors import Reason
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape


@pytest.fixture(autouse=True)
def _swedish() -> None:
    with translation.override("sv"):
        yield


def shown(name: str, **context: object) -> str:
    """The component's markup without the whitespace that means nothing."""
    return re.sub(r"\s+", " ", render_to_string(f"components/{name}.html", context)).replace(" </", "</").strip()


def written(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_state_is_a_word_beside_its_shape() -> None:
    state = SimpleNamespace(label=Label("Kvalitetsgranskning", "Quality check"), shape=Shape.WORK)
    assert (
        written("{% state_tag state %}", state=state) == '<span class="v-tag is-work">Kvalitets\u00adgranskning</span>'
    )
    with translation.override("en"):
        assert "Quality check" in written("{% state_tag state %}", state=state)


def test_a_word_of_the_law_explains_itself_without_script() -> None:
    html = written('{% term "jav" "jävig" %} {% term "jav" %}')
    buttons = re.findall(r'popovertarget="([^"]+)">([^<]+)<', html)
    assert [word for _anchor, word in buttons] == ["jävig", "jäv"]
    assert len({anchor for anchor, _word in buttons}) == 2
    for anchor, _word in buttons:
        assert f'id="{anchor}" popover>' in html


def test_what_is_not_possible_is_shown_with_its_reason() -> None:
    steps = [
        {"label": "Registrera", "url": "/r/", "possible": True, "primary": True},
        {
            "label": "Besluta",
            "possible": False,
            "reasons": [Reason("x", "A14 är oklar.", "/a14/")],
            "who": ["Enhetschef"],
        },
    ]
    html = shown("_next", steps=steps)
    assert '<a class="btn btn-primary" href="/r/">Registrera</a>' in html
    described = re.search(r'aria-disabled="true" aria-describedby="([^"]+)">Besluta', html)
    assert described
    assert f'id="{described[1]}"' in html
    assert '<a href="/a14/">A14 är oklar.</a> Kan göras av: Enhetschef.' in html


def test_the_strip_says_where_the_case_is_in_words() -> None:
    phases = [
        {"label": "Inkommen", "status": "done", "note": "9 jan"},
        {"label": "Sakprövning", "status": "now"},
        {"label": "Beslut", "status": "left"},
    ]
    html = shown("_strip", phases=phases)
    assert "Steg 2 av 3: <strong>Sakprövning</strong>" in html
    assert html.count('aria-current="step"') == 1
    assert "(här är ärendet nu)" in html


def test_tabs_are_plain_links_and_say_which_is_open() -> None:
    tabs = [{"label": "Ansökan", "url": "?a", "current": True}, {"label": "Underlag", "url": "?b", "count": 0}]
    html = shown("_tabs", tabs=tabs, label="Ärendets delar", folding=True)
    assert '<a href="?a" aria-current="page">Ansökan</a>' in html
    assert '<a href="?b">Underlag <span class="v-count">0</span></a>' in html
    assert 'popovertarget="flikar"><span class="v-tabnow">Ansökan</span>' in html


class Example(forms.Form):
    name = django_forms.CharField(label="Namn", help_text="Som i stadgarna.")
    how = django_forms.ChoiceField(
        label="Hur?", choices=[("a", "Post"), ("b", "Mejl")], widget=django_forms.RadioSelect
    )
    note = forms.TextField(label="Anteckning", required=False, max_length=2000)


def test_errors_stand_first_and_lead_to_their_fields() -> None:
    html = written("{% load crispy_forms_tags %}{% crispy form %}", form=Example({"note": "kvar"}))
    assert html.index("Två svar behöver rättas") < html.index("<label")
    for target in re.findall(r'class="is-error" href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        for anchor in described.split():
            assert f'id="{anchor}"' in html
    assert html.count('aria-invalid="true"') >= 2
    assert ">kvar</textarea>" in html.replace("\n", "")
    assert "Allt du skrev finns kvar." in html


def test_a_form_without_errors_has_no_summary_and_marks_what_is_optional() -> None:
    html = written("{% load crispy_forms_tags %}{% crispy form %}", form=Example())
    assert "v-errors" not in html
    assert html.count("(frivilligt)") == 1
    assert "Högst 2\u202f000 tecken" in html
    assert "placeholder" not in html


def test_pages_keep_the_filter() -> None:
    request = RequestFactory().get("/arenden/", {"vy": "mina", "sida": "2"})
    html = shown("_pages", request=request, page=Paginator(range(620), 50).page(2), noun="ärenden")
    assert "Visar 51–100 av 620 ärenden." in html
    assert 'href="?vy=mina&amp;sida=3"' in html
    assert html.count('aria-current="page"') == 1
    assert "…" in html


def test_an_empty_slot_of_an_evidence_card_gives_its_reason() -> None:
    card = {"id": 1, "title": "Underlag 1", "source_class": 2, "class_label": "eget material", "rows": []}
    html = shown("_evidence", card=card | {"other_reason": "Sökt i egna handlingar utan resultat."})
    assert "Sökt i egna handlingar utan resultat." in html
    assert "Inte skickat till föreningen." in html
    assert "Källklass 2, eget material" in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "not_possible"])
def test_error_pages_stand_alone_in_both_languages(name: str) -> None:
    swedish = render_to_string(f"{name}.html")
    with translation.override("en"):
        english = render_to_string(f"{name}.html")
    assert '<html lang="sv">' in swedish
    assert '<html lang="en">' in english
    titles = [re.search(r"<h1>([^<]+)</h1>", page)[1] for page in (swedish, english)]
    assert titles[0] != titles[1]


class Narrowed(django_forms.CheckboxSelectMultiple):
    """A widget of a room's own, as the checklist's circumstances have."""


def test_choices_are_drawn_alike_whatever_the_widget_is_called() -> None:
    class Ticks(django_forms.Form):
        some = django_forms.MultipleChoiceField(choices=[("a", "En"), ("b", "Två")], widget=Narrowed)

    html = shown("_field", field=Ticks()["some"])
    assert html.count('class="v-choice"') == 2
    assert "v-choices is-stacked" in html
