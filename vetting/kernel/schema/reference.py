"""Every key a described rule can have, with its words and how it is written: the format's own documentation."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from vetting.kernel.schema.fields import Part, parts_of
from vetting.kernel.schema.reading import how


def reference(cls: Any, path: str = "") -> Iterator[str]:
    """One line per key, tables before what is in them: `window.closes – Last day. Write month and day …`."""
    for part in parts_of(cls):
        here = f"{path}{part.name}"
        if part.is_table:
            yield f"[{here}] – {part.label}"
            yield from reference(part.kind, f"{here}[…]." if part.many else f"{here}.")
        else:
            yield f"{here} – {part.label}{_must(part)}. {how_one(part)}"


def _must(part: Part) -> str:
    return " (" + _("must be there") + ")" if part.required and not part.optional else ""


def how_one(part: Part) -> str:
    """How the value, or each of a list, is written."""
    return how(part, each=True) + (" " + _("Several in a list: [ … ].") if part.many else "")
