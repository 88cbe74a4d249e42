"""What is wrong in a form, for the summary on top of the page: each message with the place its link leads to."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vetting.kernel import text


def place_of(bound: forms.BoundField) -> str:
    """The id the summary's link leads to: of a group its first choice."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def how_many_wrong(count: int) -> str:
    """The heading of the error summary: `Två svar behöver rättas`."""
    words = text.in_words(count)
    return ngettext("One answer needs correcting", "%(number)s answers need correcting", count) % {
        "number": words[:1].upper() + words[1:]
    }


def each_problem(form: Any) -> Iterator[tuple[str, str]]:
    """The problems of a form, of a set of forms (with the field and the row before each), or of another library's."""
    if isinstance(form, forms.BaseFormSet):
        yield from (("", str(message)) for message in form.non_form_errors())
        for number, line in enumerate(form.forms, 1):
            row = _("row %(number)s") % {"number": number}
            for bound in line:
                label = f"{bound.label}, {row}"
                yield from ((place_of(bound), f"{label}: {message}") for message in bound.errors)
            yield from (("", f"{row.capitalize()}: {message}") for message in line.non_field_errors())
        return
    if hasattr(form, "problems"):
        yield from form.problems
        return
    yield from (("", str(message)) for message in form.non_field_errors())
    for bound in form:
        yield from ((place_of(bound), str(message)) for message in bound.errors)
