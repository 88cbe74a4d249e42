"""Reading single cells. Each reader answers (value, code): the code says why there is no value."""

import re
from datetime import date

from applications.associations.choices import LegalForm, RegisterStatus
from vetting.kernel.cells import clean
from vetting.kernel.headers import folded

MOST_MEMBERS = 10_000_000
EARLIEST = date(1500, 1, 1)

_LEGAL_FORMS = {
    LegalForm.NONPROFIT: ("ideell förening", "ideell", "förening", "nonprofit"),
    LegalForm.ECONOMIC: ("ekonomisk förening", "ekonomisk", "bostadsrättsförening", "kooperativ", "economic"),
    LegalForm.FOUNDATION: ("stiftelse", "foundation"),
    LegalForm.FAITH_COMMUNITY: ("registrerat trossamfund", "trossamfund", "faith_community"),
    LegalForm.COMPANY: ("aktiebolag", "ab", "bolag", "företag", "handelsbolag", "kommanditbolag", "company"),
    LegalForm.PUBLIC_BODY: ("myndighet", "kommun", "region", "offentligt organ", "public_body"),
    LegalForm.OTHER: ("annan", "övrigt", "samfällighetsförening", "other"),
}
_STATUSES = {
    RegisterStatus.ACTIVE: ("aktiv", "registrerad", "active"),
    RegisterStatus.LIQUIDATION: ("likvidation", "i likvidation", "liquidation"),
    RegisterStatus.BANKRUPT: ("konkurs", "i konkurs", "bankrupt"),
    RegisterStatus.DEREGISTERED: ("avregistrerad", "avförd", "upplöst", "deregistered"),
}
_FORM_BY_TEXT = {folded(word): form for form, words in _LEGAL_FORMS.items() for word in words}
_STATUS_BY_TEXT = {folded(word): status for status, words in _STATUSES.items() for word in words}
_THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+|[0-9]+")
_DATE = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})(?:[T ]00:00(?::00)?)?")
_WEBSITE = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?::[0-9]{2,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def count(cell: str) -> tuple[int | None, str | None]:
    """A whole number from 0 up, with or without a space between thousands."""
    text = clean(cell)
    if not text:
        return None, None
    if not _THOUSANDS.fullmatch(text):
        return None, "number_unreadable"
    number = int(text.replace(" ", "")[:20])
    return (number, None) if number <= MOST_MEMBERS else (None, "number_unreadable")


def day(cell: str, *, today: date) -> tuple[date | None, str | None]:
    """A date written 2011-05-03 or 20110503, not after `today` (Europe/Stockholm). Nothing is guessed."""
    text = clean(cell)
    if not text:
        return None, None
    match = _DATE.fullmatch(text)
    if match is None:
        return None, "date_unreadable"
    try:
        found = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None, "date_unreadable"
    return (found, None) if EARLIEST <= found <= today else (None, "date_out_of_range")


def legal_form(cell: str) -> tuple[LegalForm | None, str | None]:
    text = folded(cell)
    if not text:
        return None, None
    form = _FORM_BY_TEXT.get(text)
    return form, None if form else "legal_form_unknown"


def register_status(cell: str, *, today: date) -> tuple[tuple[RegisterStatus, date | None] | None, str | None]:
    """`Aktiv`, or a word with the date it applies from: `Avregistrerad 2025-11-30`."""
    text = clean(cell)
    if not text:
        return None, None
    word, _, last = text.rpartition(" ")
    if last[0].isdigit():
        since, code = day(last, today=today)
        if code:
            return None, "status_unreadable"
    else:
        word, since = text, None
    status = _STATUS_BY_TEXT.get(folded(word))
    return ((status, since), None) if status else (None, "status_unreadable")


def website(cell: str) -> tuple[str | None, str | None]:
    """A web address with or without http(s)://. Never fetched; shown as a link by the pages."""
    text = clean(cell)
    if not text:
        return None, None
    return (text, None) if len(text) <= 200 and _WEBSITE.fullmatch(text) else (None, "website_unreadable")


def short_text(cell: str) -> tuple[str | None, str | None]:
    text = clean(cell)
    if not text:
        return None, None
    return (text, None) if len(text) <= 100 else (None, "text_too_long")
