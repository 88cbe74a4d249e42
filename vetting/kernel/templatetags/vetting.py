"""Tags and filters every template has without loading (settings: builtins); how things are written: `kernel.text`."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vetting.kernel import clock, text
from vetting.kernel.forms import each_problem, how_many_wrong
from vetting.kernel.glossary import glossary

register = template.Library()


def _number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


@register.filter
def kr(value: Any) -> str:
    """`85 000 kr`; nothing for nothing."""
    exact = _number(value)
    return "" if exact is None else text.kronor(exact)


@register.filter
def tal(value: Any) -> str:
    """`85 000`: for columns whose heading says the unit."""
    exact = _number(value)
    return "" if exact is None else text.kronor(exact, unit=False)


@register.filter
def datum(value: date | datetime | None, form: str = "") -> str:
    """`3 mars 2026`. Forms: `kort` leaves out the year, `dag` adds the weekday, `tid` the time of day."""
    if not value:
        return ""
    if form == "tid" and isinstance(value, datetime):
        return text.moment(value)
    return text.day(value, year=form != "kort", weekday=form == "dag")


@register.filter
def klockslag(value: datetime | None) -> str:
    """`kl. 19.12`."""
    return text.clock_time(value) if value else ""


@register.filter
def iso(value: date | datetime | None, form: str = "") -> str:
    """`2026-03-03`; with form `tid` `2026-03-03 19:12`."""
    if not value:
        return ""
    return text.iso_moment(value) if form == "tid" and isinstance(value, datetime) else text.iso_day(value)


@register.filter
def om(value: date | datetime | None) -> str:
    """How far off a day is: `i dag`, `om 22 dagar`, `för 2 dagar sedan`."""
    return text.distance(text.local_day(value), clock.today()) if value else ""


@register.filter
def passed(value: date | datetime | None) -> bool:
    """Whether the day lies before today."""
    return bool(value) and text.local_day(value) < clock.today()  # type: ignore[arg-type]


@register.filter
def orgnr(value: str | None) -> str:
    """`859021-3370`."""
    return text.organisation_number(value or "")


@register.filter
def ord(value: int) -> str:  # the name templates use
    """`tre`; from thirteen on `13`."""
    return text.in_words(int(value))


@register.filter
def shy(value: Any) -> str:
    """Soft hyphens in long Swedish compounds."""
    return text.soften(str(value))


@register.filter
def filstorlek(value: int | None) -> str:
    """`1,2 MB`."""
    return "" if value is None else text.file_size(value)


@register.filter
def wordy(field: BoundField) -> bool:
    """Whether a group's choices are too many or too long to stand in a row."""
    labels = [str(option.choice_label) for option in field]
    return len(labels) > 4 or max(map(len, labels), default=0) > 24


@register.filter
def nth(value: Sequence[Any], position: int) -> Any:
    """The item at a position counted from 0; nothing when there is none."""
    return value[position] if position < len(value) else ""


@register.simple_tag
def state_tag(state: Any, shape: str = "", neutral: bool = False, id: str = "") -> SafeString:
    """A word beside its shape: `{% state_tag case.state_row %}` or `{% state_tag "Klar" "done" %}`.

    `state` has `label` and `shape` (a workflow's State), or is the word itself. `neutral` takes the tone away.
    """
    word = getattr(state, "label", state)
    form = shape or getattr(state, "shape", "") or "new"
    return format_html(
        '<span class="v-tag is-{}{}"{}>{}</span>',
        str(form),
        " is-neutral" if neutral else "",
        format_html(' id="{}"', id) if id else "",
        text.soften(str(word)),
    )


_spare_numbers = count(1)


def _next_number(context: Context) -> int:
    """Counts per page, also through included fragments; without a request per process."""
    request = getattr(context, "request", None)
    if request is None:
        return next(_spare_numbers)
    request.terms_shown = getattr(request, "terms_shown", 0) + 1
    return int(request.terms_shown)


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, word: Any = "") -> SafeString:
    """A glossary word with its plain explanation: `{% term "jav" %}`, inflected `{% term "jav" "jävig" %}`."""
    entry = glossary()[key]
    anchor = f"term-{key}-{_next_number(context)}"
    return format_html(
        '<button class="v-term" type="button" popovertarget="{}">{}</button>'
        '<span class="v-hint" id="{}" popover>{}</span>',
        anchor,
        str(word or entry.term),
        anchor,
        str(entry.text),
    )


@register.simple_tag
def problems(*forms: Any) -> dict[str, Any]:
    """The errors of one or more forms for the summary: `heading` and `items` of (id to jump to, message)."""
    items = [item for form in forms if form for item in each_problem(form)]
    return {"heading": how_many_wrong(len(items)), "items": items}


@register.simple_tag
def pages_shown(page: Page) -> list[int | str]:
    """First, last and the pages round this one; an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag
def star() -> SafeString:
    """The mark of a question that must be answered."""
    return format_html(
        '<svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label="{}">'
        '<path d="{}" fill="currentColor"/></svg>',
        gettext("must be answered"),
        "M6 .6l1.6 3.5 3.8.4-2.9 2.6.8 3.8L6 8.9l-3.3 2 .8-3.8L.6 4.5l3.8-.4z",
    )
