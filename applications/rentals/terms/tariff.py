"""The tariff: which group a tenant has by the published rule, and what a slot costs (docs/domain.md §1.6; KL 2:5–6).

Pure. Group and price are frozen on the booking with the rule they rest on. A group is chosen by what kind of tenant
it is and never by what it stands for: a party and a faith community are associations like others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from vetting.kernel.labels import Label

ORE = Decimal("0.01")
PERSON = "person"  # beside the register's legal forms
ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Group:
    """`tenants` are legal forms of the register, `person`, or `*`; `share` is what is paid of the full price."""

    code: str
    label: Label
    rule: Label
    tenants: frozenset[str]
    share: Decimal


@dataclass(frozen=True, slots=True)
class Tariff:
    """Groups in order: the first that fits is the tenant's. `per_hour`: price class of a room → kr."""

    groups: tuple[Group, ...]
    per_hour: Mapping[str, Decimal]

    def group_of(self, tenant: str) -> Group:
        """The group of a kind of tenant; the last one takes everybody."""
        return next(one for one in self.groups if tenant in one.tenants or ANYBODY in one.tenants)

    def group_of_code(self, code: str) -> Group:
        """The group a booking was frozen with."""
        return next(one for one in self.groups if one.code == code)


@dataclass(frozen=True, slots=True)
class Price:
    """Sums in kr. `reduction` is the support in kind: the full tariff less what is paid."""

    group: Group
    minutes: int
    per_hour: Decimal
    full: Decimal
    price: Decimal

    @property
    def reduction(self) -> Decimal:
        return self.full - self.price


def price_of(tariff: Tariff, *, tenant: str, price_class: str, minutes: int) -> Price:
    """What a slot of so many minutes costs the kind of tenant, rounded half up to whole öre."""
    group = tariff.group_of(tenant)
    per_hour = tariff.per_hour[price_class]
    full = (per_hour * minutes / 60).quantize(ORE, ROUND_HALF_UP)
    return Price(group, minutes, per_hour, full, (full * group.share).quantize(ORE, ROUND_HALF_UP))


def read_tariff(content: Mapping[str, Any]) -> Tariff:
    """The tariff of a version. Raises ValueError that names what cannot be read."""
    try:
        tariff = Tariff(
            groups=tuple(_group(row) for row in content["groups"]),
            per_hour={str(code): Decimal(str(value)) for code, value in content["per_hour"].items()},
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing") from error
    except (TypeError, ArithmeticError, AttributeError) as error:
        raise ValueError(str(error) or type(error).__name__) from error
    if not tariff.groups or ANYBODY not in tariff.groups[-1].tenants:
        raise ValueError("the last group takes everybody (tenants = ['*'])")
    if not tariff.per_hour or any(value < 0 for value in tariff.per_hour.values()):
        raise ValueError("per_hour needs a price of at least 0 kr for each class")
    return tariff


def _group(row: Mapping[str, Any]) -> Group:
    share = Decimal(str(row["share"]))
    if not 0 <= share <= 1:
        raise ValueError(f"{row['code']}: a share lies between 0 and 1, not {share}")
    return Group(
        code=str(row["code"]),
        label=Label(row["name_sv"], row["name_en"]),
        rule=Label(row["rule_sv"], row["rule_en"]),
        tenants=frozenset(row["tenants"]),
        share=share,
    )
