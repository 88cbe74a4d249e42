"""What the programme says about a sum: ceiling, fixed sums, formula, least size. Pure; a reason, never a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from applications.grants.programmes.rules.forms import amounts_for, thresholds_for
from applications.grants.programmes.terms.amounts import Formula
from applications.grants.programmes.terms.applicants import Threshold
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel import text
from vetting.kernel.errors import Reason

ORE = Decimal("0.01")


def sum_reasons(terms: ProgrammeTerms, amount: Decimal, form_code: str = "") -> list[Reason]:
    """Why `amount` (SEK) does not fit the form's ceiling or fixed sums; empty when it does."""
    amounts = amounts_for(terms, form_code)
    found = []
    if amounts.cap_kr is not None and amount > amounts.cap_kr:
        sentence = _("The programme gives at most %(cap)s.") % {"cap": text.kronor(amounts.cap_kr)}
        found.append(Reason("over_cap", sentence, data={"cap_kr": amounts.cap_kr}))
    if amounts.fixed_kr and amount not in amounts.fixed_kr:
        sums = ", ".join(map(text.kronor, amounts.fixed_kr))
        found.append(Reason("not_fixed_sum", _("The programme gives only these sums: %(sums)s.") % {"sums": sums}))
    return found


def formula_sum(formula: Formula, counts: Mapping[str, int]) -> Decimal:
    """The base and each rate times its count (by the rate's code), in SEK to the öre, half up.

    Raises KeyError for a rate without a count: an unknown number is not zero.
    """
    total = formula.base_kr + sum((rate.kr * counts[rate.code] for rate in formula.rates), Decimal(0))
    return total.quantize(ORE, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of an association for one threshold: within its ages, where it states any. None: not known."""

    members: int | None = None
    members_in_municipality: int | None = None
    activities: int | None = None


def threshold_reasons(threshold: Threshold, size: Size) -> list[Reason]:
    """Why the association does not reach the threshold; an unknown count is a reason too."""
    found = []
    if threshold.members_at_least is not None and (size.members or 0) < threshold.members_at_least:
        least = {"least": threshold.members_at_least}
        found.append(Reason("too_few_members", _("At least %(least)d members are needed.") % least))
    if threshold.activities_at_least is not None and (size.activities or 0) < threshold.activities_at_least:
        least = {"least": threshold.activities_at_least}
        found.append(Reason("too_few_activities", _("At least %(least)d activities are needed.") % least))
    share = threshold.percent_in_municipality
    if share is not None and 100 * (size.members_in_municipality or 0) < share * max(size.members or 0, 1):
        sentence = _("At least %(share)s per cent of the members must be registered in the municipality.")
        found.append(Reason("too_few_registered", sentence % {"share": text.number(share)}))
    return found


def size_reasons(terms: ProgrammeTerms, sizes: Mapping[str, Size], form_code: str = "") -> list[Reason]:
    """Empty when one of the thresholds is reached (or there is none), else the reasons of the first."""
    thresholds = thresholds_for(terms, form_code)
    reasons = [threshold_reasons(one, sizes.get(one.code, Size())) for one in thresholds]
    return [] if not reasons or [] in reasons else reasons[0]


def known_size_reasons(terms: ProgrammeTerms, members: int | None, form_code: str = "") -> list[Reason] | None:
    """The same from what the register counts, all members of any age and place. None: it cannot be told from that.

    One threshold within reach leaves the question open; only when each demands more members than there are at all
    is it closed.
    """
    thresholds = thresholds_for(terms, form_code)
    if not thresholds:
        return []
    if members is None:
        return None
    if any(_plain(one) and members >= (one.members_at_least or 0) for one in thresholds):
        return []
    short = [one for one in thresholds if one.members_at_least is not None and members < one.members_at_least]
    if len(short) < len(thresholds):
        return None
    least = min(one.members_at_least or 0 for one in short)
    sentence = _("At least %(least)d members are needed. The register counts %(members)d.")
    return [Reason("too_few_members", sentence % {"least": least, "members": members})]


def _plain(threshold: Threshold) -> bool:
    """It asks for members alone, whatever their age and home."""
    narrow = (threshold.age_from, threshold.age_to, threshold.percent_in_municipality, threshold.activities_at_least)
    return threshold.members_at_least is not None and narrow == (None, None, None, None)
