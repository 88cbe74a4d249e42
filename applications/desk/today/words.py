"""The sentence below the heading, and the warning when the background stands still (trust F8)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from applications.desk.today.read import Today
from vetting.jobs.selectors import silent
from vetting.kernel import text


def heading(today: Today) -> str:
    """`Torsdag 5 mars 2026, vecka 10. Fem saker att göra, en är försenad. Nio till förfaller inom en vecka.`"""
    day = text.day(today.day, weekday=True)
    week = _("week %(number)d") % {"number": today.day.isocalendar().week}
    sentences = [f"{day[:1].upper()}{day[1:]}, {week}", _to_do(today), _more(today)]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def _to_do(today: Today) -> str:
    if not today.now_number:
        return _("Nothing is due today")
    said = ngettext("%(number)s thing to do", "%(number)s things to do", today.now_number)
    said %= {"number": _capital(text.in_words(today.now_number))}
    if today.late_number:
        late = ngettext("%(number)s is late", "%(number)s are late", today.late_number)
        said += ", " + late % {"number": _one(today.late_number)}
    return said


def _more(today: Today) -> str:
    if not today.week_number:
        return ""
    said = ngettext("%(number)s is due within a week", "%(number)s more are due within a week", today.week_number)
    return said % {"number": _capital(_one(today.week_number))}


def _one(number: int) -> str:
    """The number as a word that stands for a thing: `en`, `två`."""
    return pgettext("a thing to do", "one") if number == 1 else text.in_words(number)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def silent_parts() -> list[str]:
    """The names of what should work in the background and has not been heard of for a while."""
    names = {"worker": _("the worker"), "beat": _("the timekeeper")}
    return [names[name] for name in silent()]
