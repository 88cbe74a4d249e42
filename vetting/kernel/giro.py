"""Bankgiro and plusgiro numbers: check digits, how they are written and masked (docs/domain.md §6.2 F9)."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum import luhn


class GiroKind(models.TextChoices):
    BANKGIRO = "bankgiro", _("Bankgiro")
    PLUSGIRO = "plusgiro", _("Plusgiro")


LENGTHS = {GiroKind.BANKGIRO: (7, 8), GiroKind.PLUSGIRO: (2, 8)}


def digits_of(kind: GiroKind, text: str) -> str | None:
    """The digits of a well-formed number of that kind, or None.

    A bankgiro has seven or eight digits, a plusgiro two to eight; the last is a Luhn check digit. A private person's
    account can have a person's number as its number: those have ten digits and are not accepted.
    """
    plain = re.sub(r"[\s\u2010-\u2015\u2212-]", "", unicodedata.normalize("NFKC", text))
    shortest, longest = LENGTHS[kind]
    if not re.fullmatch(r"[0-9]+", plain) or not shortest <= len(plain) <= longest or not plain.strip("0"):
        return None
    return plain if luhn.is_valid(plain) else None


def formatted(kind: GiroKind | str, digits: str) -> str:
    """As printed on forms: `123-4567` and `5050-1055` (bankgiro), `1 23 45-6` (plusgiro)."""
    if kind == GiroKind.BANKGIRO:
        return f"{digits[:-4]}-{digits[-4:]}"
    body, control = digits[:-1], digits[-1]
    odd = len(body) % 2
    pairs = [body[:odd]] if odd else []
    pairs += [body[at : at + 2] for at in range(odd, len(body), 2)]
    return f"{' '.join(pairs)}-{control}"


def masked(kind: GiroKind | str, digits: str) -> str:
    """The number for a reader outside the district that confirmed it: shape and last two digits only."""
    shown = formatted(kind, digits)
    tail = shown[-3:] if shown[-2] == "-" else shown[-2:]
    return "".join("•" if sign.isdigit() else sign for sign in shown[: -len(tail)]) + tail
