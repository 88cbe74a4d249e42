"""The mails of one step: the plan's words with what the owning room knows, and nothing else of the case."""

from collections.abc import Iterator, Mapping

from django.conf import settings

from vetting.kernel import text
from vetting.obligations.kinds import Facts, Recipient, kinds
from vetting.obligations.models import Obligation
from vetting.obligations.plan import LANGUAGES, PARTY, Step
from vetting.outbox.services import Draft


def mails(row: Obligation, step: Step, facts: Facts, *, about: str, copy: Mapping[str, str]) -> Iterator[Draft]:
    """One mail per address, named after obligation, turn and step, so that no step can leave twice.

    A party without an address gives one without a recipient: the outbox parks it for a person.
    """
    for number, (recipient, is_party) in enumerate(_recipients(step, facts)):
        language = recipient.language if recipient.language in LANGUAGES else LANGUAGES[0]
        words = _words(row, facts, language)
        above = "" if is_party or not copy[language] else f"{copy[language]}\n\n"
        yield Draft(
            kind="obligation.reminder",
            district=row.district,
            recipient=recipient.address,
            subject=step.subject(language, words),
            body=above + step.body(language, words),
            identity=f"obligation:{row.key}:{row.turn}:{step.code}:{number}",
            case=row.case,
            about=about,
        )


def _recipients(step: Step, facts: Facts) -> Iterator[tuple[Recipient, bool]]:
    """(recipient, is the party); whoever stands in two audiences is told once."""
    told = set()
    for audience in step.to:
        known = [recipient for recipient in facts.recipients.get(audience, ()) if recipient.address.strip()]
        if not known and audience == PARTY:
            known = [Recipient("")]
        for recipient in known:
            if recipient.address.casefold() not in told:
                told.add(recipient.address.casefold())
                yield recipient, audience == PARTY


def _words(row: Obligation, facts: Facts, language: str) -> dict[str, str]:
    label = kinds[row.kind].label
    link = facts.link if facts.link.startswith(("https://", "http://")) else settings.SITE_URL + (facts.link or "/")
    return {
        "what": label.en if language == "en" else label.sv,
        "number": facts.number,
        "last_day": text.day(row.due_on, language=language),
        "link": link,
        "sender": row.district.name,
    }
