"""Swedish alphabetical order, the same in Python and in PostgreSQL, without ICU (docs/adr/0009).

Letters are lowered and å, ä, ö moved to the three signs that follow z in ASCII; then bytes are compared. Letters that
Swedish files under another (é under e, ü under y, æ under ä, ø under ö) are moved there.
"""

from typing import Any

from django.db.models import Func, TextField

_FROM = "åäöæøüéèêëáà"
_TO = "{|}|}yeeeeaa"
_TABLE = str.maketrans(_FROM, _TO)


def swedish_key(text: str) -> str:
    """A key for `sorted`: the same string `swedish_order` makes in the database."""
    return "".join(_lower(sign) for sign in text).translate(_TABLE)


def _lower(sign: str) -> str:
    """One sign for one sign, as PostgreSQL's built-in provider does; Python would write some as two."""
    lowered = sign.lower()
    return lowered if len(lowered) == 1 else lowered[0]


def swedish_order(expression: Any) -> Func:
    """Order by a text column as Swedish readers expect: `order_by(swedish_order("name"))`.

    Name it in an index in the same words, and the index serves the order. A plain `Func`, so that migrations import
    no code of ours; the collations are written out, so that the answer does not hang on the database's own locale.
    """
    template = f"""translate(lower((%(expressions)s) COLLATE "pg_c_utf8"), '{_FROM}', '{_TO}') COLLATE "C\""""
    return Func(expression, template=template, output_field=TextField())
