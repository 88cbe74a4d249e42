"""Searching text the way people remember it: without case and without the marks on letters, served by a trigram index.

`årsta`, `Arsta` and `ÅRSTA` are the same; `%` and `_` are signs like others. Name the index in the same words:
`GinIndex(OpClass(folded_text("name"), name="gin_trgm_ops"), …)`.
"""

import re
import unicodedata
from typing import Any

from django.db.models import Func, TextField

_MARKED = {"a": "åäáàâãæ", "o": "öøóòôõ", "u": "üúùû", "e": "éèêë", "i": "íìîï", "n": "ñ", "c": "ç", "y": "ý"}
_FROM = "".join(_MARKED.values())
_TO = "".join(plain * len(marked) for plain, marked in _MARKED.items())
_TABLE = str.maketrans(_FROM, _TO)


def fold(text: str) -> str:
    """What `folded_text` makes in the database, of a text that somebody typed; spaces are collapsed too."""
    composed = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.strip()))
    return "".join(sign.lower()[0] for sign in composed).translate(_TABLE)


def folded_text(expression: Any) -> Func:
    """A text column as `fold` writes it. A plain `Func`, so that migrations import no code of ours."""
    template = f"translate(lower((%(expressions)s) COLLATE \"pg_c_utf8\"), '{_FROM}', '{_TO}')"
    return Func(expression, template=template, output_field=TextField())
