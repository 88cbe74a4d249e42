"""Swedish organisation numbers: which are accepted, and how a person's number is kept out (docs/domain.md §1.5).

Ten digits, or twelve with 16 in front; the last is a Luhn check digit; the third is 2 or higher. A third digit of
0 or 1 is the tens of a month: the number is a person's. Such a number is **never stored, logged or echoed**, so
nothing here raises with the text it was given, and nothing here keeps it: callers get a code and a sentence.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

SERIES_WARNING = "orgnr_series"


class Refusal(StrEnum):
    """Why a text is no organisation number. The value is the code that reports and tests use."""

    MISSING = "orgnr_missing"
    PERSON = "orgnr_is_person"
    FORMAT = "orgnr_format"
    CHECKSUM = "orgnr_checksum"


REFUSAL_TEXTS: dict[Refusal, str | Promise] = {
    Refusal.MISSING: _("The organisation number is missing. Write ten digits, for example 802000-1234."),
    Refusal.PERSON: _(
        "This looks like a person's identity number. It was not kept. Write the association's own organisation number."
    ),
    Refusal.FORMAT: _(
        "An organisation number has ten digits, or twelve that begin with 16. Look it up and write it anew."
    ),
    Refusal.CHECKSUM: _(
        "The check digit is wrong, so at least one digit is mistyped. Look the number up and write it anew."
    ),
}
SERIES_TEXT = _(
    "The number is of a series that associations seldom have. Check it against the registration certificate."
)


@dataclass(frozen=True, slots=True)
class OrgnrCheck:
    """What `check` found: either `number` (ten digits) or `refusal`, and `unusual_series` as a warning."""

    number: str = ""
    refusal: Refusal | None = None
    unusual_series: bool = False


def check(text: str, *, legal_form_known: bool = False) -> OrgnrCheck:
    """Judge what somebody wrote as an organisation number.

    Spaces and any kind of hyphen are ignored. Series 8 is ordinary; 7 (economic associations) and 2 (faith
    communities, public bodies) are so when the legal form is known; all others are accepted as unusual.
    Never raises: an exception would carry a refused number into a traceback.
    """
    plain = _plain(text)
    if not plain:
        return OrgnrCheck(refusal=Refusal.MISSING)
    digits = plain.replace("-", "")
    if not digits.isdecimal():
        return OrgnrCheck(refusal=Refusal.PERSON if _reads_as_person(plain) else Refusal.FORMAT)
    if len(digits) == 12:
        if digits[:2] in _CENTURIES or digits[4] in "01":
            return OrgnrCheck(refusal=Refusal.PERSON)
        if digits[:2] != "16":
            return OrgnrCheck(refusal=Refusal.FORMAT)
        digits = digits[2:]
    if len(digits) != 10:
        return OrgnrCheck(refusal=Refusal.FORMAT)
    if digits[2] in "01":
        return OrgnrCheck(refusal=Refusal.PERSON)
    if not luhn.is_valid(digits):
        return OrgnrCheck(refusal=Refusal.CHECKSUM)
    ordinary = digits[0] == "8" or (digits[0] in "27" and legal_form_known)
    return OrgnrCheck(number=digits, unusual_series=not ordinary)


def formatted(number: str) -> str:
    """`8020001234` as people write it: `802000-1234`."""
    return f"{number[:6]}-{number[6:]}"


def holds_identity_number(text: str) -> bool:
    """Whether a text for people (a name, a note) holds something that reads as a person's identity number.

    True for six or eight digits that are a date (also with the day raised by 60) followed by four more: always when
    written with `-`, `+` or with the century, else only when the check digit is right, so that telephone numbers pass.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return any(_is_identity(match) for match in _IDENTITY.finditer(plain))


def hidden(text: str) -> str:
    """The text as it may be shown in an error or a report: whatever could be a person's number is dots.

    Wider than `holds_identity_number`: the check digit and the day are not asked, and dots cost nobody anything.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return _ANY_LONG_NUMBER.sub("••••••", plain) if _ANY_LONG_NUMBER.search(plain) else text


_CENTURIES = ("18", "19", "20")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), "-")
_IDENTITY = re.compile(
    r"(?<![0-9])(?P<century>18|19|20)?[0-9]{2}(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<mark>[-+]?) ?(?P<end>[0-9]{4})(?![0-9])"
)
_ANY_LONG_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{2}[01][0-9]{3}[-+ ]{0,3}[0-9]{4}(?![0-9])")
_PERSON_WITH_PLUS = re.compile(r"[0-9]{6}(?:[0-9]{2})?\+[0-9]{4}")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return "".join(sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _reads_as_person(plain: str) -> bool:
    return bool(_PERSON_WITH_PLUS.search(plain)) or holds_identity_number(plain)


def _is_identity(match: re.Match[str]) -> bool:
    day = int(match["day"])
    if not (1 <= int(match["month"]) <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    if match["mark"] or match["century"]:
        return True
    return bool(luhn.is_valid(match[0].replace(" ", "")[-10:]))
