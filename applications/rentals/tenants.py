"""Who rents: the association's name, or the private person's name and contact from the district's payload."""

from dataclasses import dataclass
from typing import Any

from applications.cases.texts import read
from vetting.kernel.labels import Label

GONE = Label("Uppgiften är gallrad", "Disposed of")


@dataclass(frozen=True, slots=True)
class Tenant:
    name: str
    orgnr: str = ""
    contact: tuple[str, ...] = ()


def tenant_of(case: Any) -> Tenant:
    """The tenant as a letter and the case page name them; read once per loaded case."""
    known: Tenant | None = vars(case).get("_tenant")
    if known is None:
        known = vars(case)["_tenant"] = _tenant(case)
    return known


def _tenant(case: Any) -> Tenant:
    if case.association_id:
        contact = (case.contact_name, case.contact_phone, case.contact_email)
        return Tenant(case.association.name, case.association.orgnr, tuple(one for one in contact if one))
    said = read([case.tenant_payload_id]).get(case.tenant_payload_id)
    if said is None:
        return Tenant(str(GONE))
    return Tenant(said["name"], "", tuple(one for one in (said.get("phone", ""), said.get("email", "")) if one))
