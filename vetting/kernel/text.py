"""How numbers, sums, dates and long words are written for people: pure functions, Swedish first.

Every function takes the language (`sv` or `en`); without one it asks which language the reader has chosen.
Sums are in SEK. Moments are shown as the wall clock in Stockholm (docs/domain.md §4.2).
"""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language

from vetting.kernel.clock import stockholm

THIN = "\u202f"  # narrow no-break space: between thousands
FIXED = "\u00a0"  # no-break space: between a number and its unit
MINUS = "\u2212"
SHY = "\u00ad"

_MONTHS = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_WORDS = {
    "sv": ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}
# Words that end a compound. A soft hyphen before them lets a long name break where a reader would break it.
_TAILS = (
    "förvaltning|förening|förbund|förslag|nämnden|nämnd|stämma|styrelse|granskning|prövning|handläggare|handling|kontroll|"
    "bidrag|protokoll|berättelse|behandling|redovisning|komplettering|inspektör|samordnare|direktör|sekreterare|"
    "rättigheter|rättighet|villkor|område|ordning|verksamhet|uppföljning|utbetalning|finansiering|registret|register|"
    "nummer|kommunicering|verkstad|nätverk|samverkan|gymnaster|hjälps|kännande|given|tecknare|intendent|överklagande"
)
_COMPOUND = re.compile(rf"(?<=\w{{4}})(?=(?:{_TAILS})\w*)", re.IGNORECASE)
_LONG = re.compile(r"\w{13,}")


def tongue(language: str | None = None) -> str:
    """`en` or `sv`: the language asked for, else the reader's."""
    return "en" if (language or get_language() or "sv").startswith("en") else "sv"


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """`85 000`, `−1 234,5`: thin space between thousands, decimal comma, true minus sign.

    `decimals` fixes how many are shown; without it those the value has, without trailing zeros.
    """
    exact = Decimal(value)
    if decimals is None:
        decimals = max(0, -int(exact.normalize().as_tuple().exponent))
    text = f"{abs(exact):,.{decimals}f}"
    whole, _, part = text.partition(".")
    sign = MINUS if exact < 0 and float(text.replace(",", "")) else ""
    return sign + whole.replace(",", THIN) + ("," + part if part else "")


def kronor(value: Decimal | int, unit: bool = True) -> str:
    """A sum in SEK: `85 000 kr`, with two decimals only when there are öre."""
    exact = Decimal(value)
    return number(exact, 0 if exact == exact.to_integral_value() else 2) + (FIXED + "kr" if unit else "")


def local_day(value: date | datetime) -> date:
    """The date in Stockholm of a moment; a date stays as it is."""
    return stockholm(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime, *, year: bool = True, weekday: bool = False, language: str | None = None) -> str:
    """`3 mars 2026`, as written in running text."""
    there, lang = local_day(value), tongue(language)
    text = f"{there.day}{FIXED}{_MONTHS[lang][there.month - 1]}"
    if year:
        text += f" {there.year}"
    return f"{_WEEKDAYS[lang][there.weekday()]} {text}" if weekday else text


def month(value: date, language: str | None = None) -> str:
    """`mars`: the month's name."""
    return _MONTHS[tongue(language)][value.month - 1]


def clock_time(value: datetime, language: str | None = None) -> str:
    """`kl. 19.12`, in English `19:12`; the wall clock in Stockholm."""
    there = stockholm(value)
    return f"{there:%H:%M}" if tongue(language) == "en" else f"kl.{FIXED}{there:%H.%M}"


def moment(value: datetime, language: str | None = None) -> str:
    """`26 februari 2026 kl. 19.12`."""
    join = ", " if tongue(language) == "en" else " "
    return day(value, language=language) + join + clock_time(value, language)


def iso_day(value: date | datetime) -> str:
    """`2026-03-03`, as written in tables."""
    return local_day(value).isoformat()


def iso_moment(value: datetime) -> str:
    """`2026-03-03 19:12`, as written in tables."""
    return f"{stockholm(value):%Y-%m-%d %H:%M}"


def distance(value: date, today: date, language: str | None = None) -> str:
    """How far off a day is: `i dag`, `i morgon`, `om 22 dagar`, `i går`, `för 2 dagar sedan`."""
    days, lang = (value - today).days, tongue(language)
    near = {"sv": {-1: "i går", 0: "i dag", 1: "i morgon"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}[lang]
    if days in near:
        return near[days]
    if lang == "en":
        return f"in {days} days" if days > 0 else f"{-days} days ago"
    return f"om {days} dagar" if days > 0 else f"för {-days} dagar sedan"


def organisation_number(value: str) -> str:
    """`859021-3370`; what does not have ten digits is shown as it is."""
    return f"{value[:6]}-{value[6:]}" if len(value) == 10 and value.isdecimal() else value


def in_words(value: int, language: str | None = None) -> str:
    """Numbers up to twelve in words, as running text has them; larger ones in digits."""
    return _WORDS[tongue(language)][value] if 0 <= value <= 12 else number(value)


def soften(text: str) -> str:
    """Soft hyphens in long Swedish compounds, so that they break between their parts and not anywhere."""
    return _LONG.sub(lambda match: _COMPOUND.sub(SHY, match[0]), text)


def file_size(size: int, language: str | None = None) -> str:
    """`1,2 MB` from a number of bytes."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= step:
            text = number(round(Decimal(size) / step, 1 if size < 100 * step else 0))
            return (text.replace(",", ".") if tongue(language) == "en" else text) + FIXED + unit
    return f"{size}{FIXED}byte" + ("s" if tongue(language) == "en" and size != 1 else "")
