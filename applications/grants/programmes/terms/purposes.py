"""What support is for, and beside which other money (docs/domain.md §1.2, §3.1 A11, A21–A22)."""

from dataclasses import dataclass

from applications.grants.programmes.terms.choices import DoubleFundingRule, OtherGrantRule
from vetting.kernel.labels import Label
from vetting.kernel.schema import said


@dataclass(frozen=True, slots=True)
class ExcludedCost:
    """A cost the grant may not cover, and what is allowed all the same."""

    name: Label = said("Kostnad", "Cost")
    except_for: Label | None = said("Undantag", "Exception", None)


@dataclass(frozen=True, slots=True)
class Purposes:
    supported: tuple[Label, ...] = said("Stöd ges till", "Support is given for", ())
    excluded: tuple[Label, ...] = said("Stöd ges inte till", "Support is not given for", ())
    costs_excluded: tuple[ExcludedCost, ...] = said("Kostnader som inte täcks", "Costs not covered", ())
    other_municipal_grant: OtherGrantRule | None = said(
        "Bidrag från annan kommunal nämnd", "Grant from another municipal board", None
    )
    double_funding: DoubleFundingRule | None = said(
        "Samma ändamål från flera håll", "The same purpose from several sources", None
    )
    not_main_income: bool = said(
        "Får inte vara den huvudsakliga inkomsten", "May not be the main source of income", False
    )
    describe: tuple[Label, ...] = said("Ska beskrivas i ansökan", "Must be described in the application", ())
