"""The register's tables. Shared between districts: Association, GiroAccount, RegisterChange, ImportRun. The district's
own: DistrictAssociation, Representative, AssociationDocument (docs/adr/0009)."""

from applications.associations.models.association import Association, DistrictAssociation
from applications.associations.models.documents import AssociationDocument
from applications.associations.models.giro import GiroAccount
from applications.associations.models.history import ImportRun, RegisterChange
from applications.associations.models.people import Representative

__all__ = [
    "Association",
    "AssociationDocument",
    "DistrictAssociation",
    "GiroAccount",
    "ImportRun",
    "RegisterChange",
    "Representative",
]
