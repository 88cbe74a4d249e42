"""Two dozen invented associations, registered, described and documented through the register's own services."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

from applications.associations.choices import CheckResult, DocumentKind, RepresentativeRole
from applications.associations.models import Association
from applications.associations.services.change_giro import confirm_giro, register_giro
from applications.associations.services.keep_documents import Upload, add_document, check_document
from applications.associations.services.name_representative import name_representative
from applications.associations.services.register_association import confirm_association, register_association
from applications.associations.services.save_own_data import save_own_data
from applications.examples.names import bankgiro, orgnr
from applications.examples.scenarios.papers import one_page_pdf
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.kernel import clock
from vetting.kernel.giro import GiroKind


@dataclass(frozen=True, slots=True)
class Example:
    """`members` of whom `here` live in the area; `known`: the register data have been compared with a source."""

    name: str
    since: int
    members: int
    here: int
    activity: str
    known: bool = True


# In the order of the plans in cases.py; the last ones have not applied.
KUNGSHOLMEN = (
    Example("Fredhälls Läxhjälpsförening", 2014, 86, 71, "youth"),
    Example("Kristinebergs Brädspelsförening", 2009, 142, 118, "youth"),
    Example("Mariebergs Odlarlag", 2016, 64, 60, "social"),
    Example("Thorildsplans Språkcafé", 2019, 33, 28, "education"),
    Example("Fridhemsplans Teaterverkstad", 2004, 58, 36, "culture"),
    Example("Hornsbergs Cykelverkstad", 2017, 205, 151, "social"),
    Example("Kungsholms Strands Seniorgymnaster", 1987, 176, 170, "elderly"),
    Example("Stadshagens Mattecirkel", 2020, 29, 25, "education"),
    Example("Fredhälls Grannsamverkan", 2012, 310, 302, "social"),
    Example("Norr Mälarstrands Promenadgrupp", 2018, 73, 69, "elderly"),
    Example("Samverkansföreningen för fritidsverksamhet i Stadshagen", 2001, 412, 377, "youth"),
    Example("Fridhemsplans Stickcafé", 2015, 41, 35, "culture"),
    Example("Hornsbergs Scoutkrets", 1979, 133, 126, "youth"),
    Example("Thorildsplans Schacklag", 2010, 52, 44, "sport"),
    Example("Stadshagens Kvartersfest", 2012, 124, 119, "social"),
    Example("Fredhälls Återbruksverkstad", 2013, 67, 58, "social"),
    Example("Kristinebergs Dansgrupp", 2003, 99, 83, "culture"),
    Example("Hornsbergs Matlagningslag", 2019, 36, 31, "social"),
    Example("Mariebergs Simvänner", 2007, 188, 149, "sport"),
    Example("Thorildsplans Filmstudio", 1984, 71, 40, "culture"),
    Example("Stadshagens Schackskola", 2008, 77, 62, "youth"),
    Example("Fridhemsplans Körsällskap", 1992, 104, 80, "culture"),
    Example("Hornsbergs Roddgrupp", 2000, 93, 71, "sport"),
    Example("Mariebergs Mattecafé", 2018, 45, 39, "education"),
    Example("Kristinebergs Trädgårdsvänner", 1998, 151, 133, "social"),
    Example("Thorildsplans Nattvandrare", 2010, 88, 79, "social"),
    Example("Fredhälls Filmklubb", 2005, 59, 37, "culture"),
    Example("Stadshagens Seniordans", 1994, 112, 101, "elderly"),
    Example("Hornsbergs Vävstuga", 1989, 48, 40, "culture"),
    Example("Rålambshovs Boulekrets", 2011, 121, 97, "sport"),
    Example("Alviksbrons Jazzsällskap", 1995, 84, 41, "culture"),
    Example("Kristinebergs Parasportvänner", 2006, 92, 48, "disability", known=False),
    Example("Kungsholms Strands Digitalhjälp", 2021, 38, 33, "education", known=False),
)
# Who asks for rooms; one for each request of an organisation in venues.py.
TENANTS = (
    Example("Fredhälls Bokcirkel", 2013, 38, 35, "culture"),
    Example("Kristinebergs Språkträff", 2018, 44, 40, "education"),
    Example("Stadshagens Debattforum", 2010, 120, 88, "education"),
    Example("Hornsbergs Hembygdskrets", 1982, 160, 141, "culture"),
    Example("Mariebergs Filmklubb", 1999, 75, 51, "culture"),
    Example("Thorildsplans Berättarverkstad", 2015, 31, 26, "culture"),
    Example("Fridhemsplans Matlag", 2017, 29, 22, "social"),
    Example("Kungsholms Strands Klädbytare", 2019, 58, 50, "social"),
    Example("Hornsbergs Marknadslag", 2014, 47, 41, "social"),
    Example("Fredhälls Dansförening", 2002, 133, 102, "culture"),
    Example("Stadshagens Årsmötesvänner", 1996, 210, 187, "social"),
    Example("Rålambshovs Konsertförening", 1991, 98, 55, "culture"),
    Example("Mariebergs Festkommitté", 2008, 40, 33, "social"),
    Example("Kristinebergs Nybörjardans", 2016, 52, 39, "culture"),
    Example("Thorildsplans Kammarkör", 1988, 36, 24, "culture"),
    Example("Fridhemsplans Kör", 2000, 61, 44, "culture"),
    Example("Norr Mälarstrands Scenkonst", 2012, 67, 40, "culture"),
    Example("Stadshagens Språkcafé", 2020, 27, 25, "education"),
    Example("Hornsbergs Rockklubb", 2009, 54, 31, "youth"),
    Example("Kungsholms Strands Medlemsförening", 1993, 144, 139, "elderly"),
    Example("Fredhälls Läsecirkel", 2011, 33, 30, "education"),
    Example("Kristinebergs Spelkväll", 2015, 88, 79, "youth"),
    Example("Alviksbrons Bokvänner", 2006, 41, 20, "culture"),
    Example("Mariebergs Danskrets", 2004, 112, 93, "culture"),
    Example("Thorildsplans Planeringsgrupp", 2021, 25, 23, "social"),
)
SODERMALM = (
    Example("Skanstulls Läsecirkel", 2005, 62, 55, "education"),
    Example("Nytorgets Nattvandrare", 2011, 94, 90, "social"),
    Example("Zinkensdamms Vävstuga", 1990, 37, 30, "culture"),
)


def associations_of(
    examples: tuple[Example, ...], district: District, people: "People", first: int
) -> list[Association]:
    """The examples in the register, in their order; those that are there already are left as they are."""
    found = []
    for offset, example in enumerate(examples):
        number = orgnr(first + offset)
        known = Association.objects.filter(orgnr=number).first()
        found.append(known or _register(example, number, district, people, first + offset))
    return found


@dataclass(frozen=True, slots=True)
class People:
    """Who registers, and who confirms a giro: two different persons. Nobody confirms: the giro waits."""

    officer: Actor
    confirms: Actor | None = None


def _register(example: Example, number: str, district: District, people: People, serial: int) -> Association:
    officer = people.officer
    association = register_association(
        actor=officer,
        district=district,
        number=number,
        values={
            "name": example.name,
            "legal_form": "nonprofit",
            "registered_date": date(example.since, 1 + serial % 12, 1 + serial % 27),
            "status": "active",
            "status_date": None,
            "seat": "Stockholm",
            "area": district.name.removesuffix("s stadsdelsförvaltning"),
        },
    )
    save_own_data(
        actor=officer,
        association=association,
        district=district,
        expected_version=1,
        values={
            "members": example.members,
            "members_in_area": example.here,
            "counted_on": date(clock.today().year - 1, 12, 31),
            "main_activity": example.activity,
            "email": f"styrelsen{serial}@exempel.invalid",
        },
    )
    if example.known:
        confirm_association(
            actor=officer, association=association, district=district, expected_version=1, against="certificate"
        )
        _people_and_giro(association, district, people, serial)
        _papers(association, district, officer)
    return association


def _people_and_giro(association: Association, district: District, people: People, serial: int) -> None:
    since = clock.today() - timedelta(days=250)
    for post, role, letter in (
        ("ordförande", RepresentativeRole.SIGNATORY, "A"),
        ("kassör", RepresentativeRole.SIGNATORY, "B"),
        ("revisor", RepresentativeRole.AUDITOR, "C"),
    ):
        name_representative(
            actor=people.officer,
            association=association,
            district=district,
            role=role,
            name=f"{letter}. Exempel",
            post=post,
            valid_from=since,
        )
    account = register_giro(
        actor=people.officer,
        association=association,
        district=district,
        kind=GiroKind.BANKGIRO,
        number=bankgiro(serial),
    )
    if people.confirms is not None:
        confirm_giro(actor=people.confirms, account=account, district=district)


def _papers(association: Association, district: District, officer: Actor) -> None:
    today = clock.today()
    for kind, days in ((DocumentKind.STATUTES, 1400), (DocumentKind.ANNUAL_MINUTES, 240)):
        content = one_page_pdf(f"{association.name}: {kind.label}")
        document = add_document(
            actor=officer,
            association=association,
            district=district,
            kind=kind,
            dated_on=today - timedelta(days=days),
            signed=True,
            upload=Upload(io.BytesIO(content), f"{kind.value}.pdf", len(content)),
        )
        check_document(
            actor=officer,
            document=document,
            expected_version=document.version,
            result=CheckResult.IN_ORDER,
            signed=True,
        )
