"""What every set of example data stands on: districts, accounts with their roles, a programme with rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from applications.decisions.services.rule_versions import install_example_rules
from applications.grants.models import Programme
from applications.grants.programmes.files import Source
from applications.grants.programmes.services.import_programmes import import_programmes
from checklists.models import ChecklistVersion
from checklists.services.load_shipped import load_shipped
from vetting.accounts.actors import Actor, system_actor
from vetting.accounts.models import District, Membership, User
from vetting.accounts.roles import Role
from vetting.accounts.services.add_membership import add_membership
from vetting.accounts.services.create_district import create_district
from vetting.accounts.services.create_user import create_user
from vetting.audit.services import record

SINCE = date(2020, 1, 1)
PROGRAMMES = Path(__file__).parent / "data" / "programmes"
WORKING = ("KUN", "SÖD")  # the districts in which somebody works
# The eleven districts whose published rules are the shipped examples; people work in the first two.
DISTRICTS = (
    ("KUN", "Kungsholmens stadsdelsförvaltning", "Kungsholmens stadsdelsnämnd"),
    ("SÖD", "Södermalms stadsdelsförvaltning", "Södermalms stadsdelsnämnd"),
    ("BRO", "Bromma stadsdelsförvaltning", "Bromma stadsdelsnämnd"),
    ("EÅV", "Enskede-Årsta-Vantörs stadsdelsförvaltning", "Enskede-Årsta-Vantörs stadsdelsnämnd"),
    ("FAR", "Farsta stadsdelsförvaltning", "Farsta stadsdelsnämnd"),
    ("HÄÄ", "Hägersten-Älvsjö stadsdelsförvaltning", "Hägersten-Älvsjö stadsdelsnämnd"),
    ("HÄV", "Hässelby-Vällingby stadsdelsförvaltning", "Hässelby-Vällingby stadsdelsnämnd"),
    ("JÄR", "Järva stadsdelsförvaltning", "Järva stadsdelsnämnd"),
    ("NOI", "Norra innerstadens stadsdelsförvaltning", "Norra innerstadens stadsdelsnämnd"),
    ("SKA", "Skarpnäcks stadsdelsförvaltning", "Skarpnäcks stadsdelsnämnd"),
    ("SKÄ", "Skärholmens stadsdelsförvaltning", "Skärholmens stadsdelsnämnd"),
)
# What letters need of an installation (docs/domain.md §4.8), here with an address that leads nowhere.
LETTER_FACTS = {
    "court": "Förvaltningsrätten i Stockholm",
    "municipality": "Stockholms kommun",
    "notice_board": "kommunens anslagstavla",
    "link": "https://exempel.invalid/anslagstavla",
    "contact": "Telefon 08-123 00 00.",
}


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account: named for its role, never for a person."""

    username: str
    name: str
    roles: tuple[Role, ...]
    district: str = "KUN"


ACCOUNTS = (
    Account("handlaggare", "Handläggare Ett", (Role.GRANT_OFFICER,)),
    Account("handlaggare2", "Handläggare Två", (Role.GRANT_OFFICER,)),
    Account("granskare", "Granskare", (Role.SECOND_READER,)),
    Account("lokalintendent", "Lokalintendent", (Role.PREMISES_OFFICER,)),
    Account("enhetschef", "Enhetschef", (Role.UNIT_HEAD,)),
    Account("avdelningschef", "Avdelningschef", (Role.DEPARTMENT_HEAD,)),
    Account("namndsekreterare", "Nämndsekreterare", (Role.BOARD_SECRETARY,)),
    Account("ekonom", "Ekonom Ett", (Role.PAYER,)),
    Account("ekonom2", "Ekonom Två", (Role.PAYER,)),
    Account("samordnare", "Samordnare", (Role.COORDINATOR,)),
    Account("jurist", "Jurist", (Role.LAWYER,)),
    Account("registrator", "Registrator", (Role.REGISTRAR,)),
    Account("controller", "Controller", (Role.CONTROLLER,)),
    Account("ordforande", "Ordförande", (Role.CHAIR,)),
    Account("sakerhetssamordnare", "Säkerhetssamordnare", (Role.SECURITY_COORDINATOR,)),
    Account("revisor", "Revisor", (Role.AUDITOR,)),
    Account("dataskydd", "Dataskyddsombud", (Role.DATA_PROTECTION,)),
    Account("systemadmin", "Systemadministratör Ett", (Role.SYSTEM_ADMIN,)),
    Account("systemadmin2", "Systemadministratör Två", (Role.SYSTEM_ADMIN,)),
    Account("handlaggare-soder", "Handläggare Söder", (Role.GRANT_OFFICER,), "SÖD"),
    Account("forening", "Föreningens kontaktperson", (Role.APPLICANT,)),
)


def example_actor() -> Actor:
    """Who is written in the log for what the examples make."""
    return system_actor("examples")


def ensure_district(code: str, name: str, board_name: str) -> District:
    """The example district, made when it is missing."""
    found = District.objects.filter(code=code).first()
    return found or create_district(
        actor=example_actor(),
        code=code,
        name=name,
        board_name=board_name,
        is_example=True,
        letter_facts=LETTER_FACTS,
    )


def ensure_districts() -> dict[str, District]:
    return {code: ensure_district(code, name, board) for code, name, board in DISTRICTS}


def ensure_rules(districts: Iterable[District]) -> None:
    """The shipped checklists, programmes, delegation tables and letters, in force from `SINCE`; once each."""
    if not ChecklistVersion.objects.exists():
        load_shipped(actor=example_actor(), example_from=SINCE)
    sources = [Source(path.name, path.read_bytes()) for path in sorted(PROGRAMMES.glob("*.toml"))]
    if Programme.objects.filter(is_example=True, code="foreningsstod").count() < len(sources):
        import_programmes(actor=example_actor(), sources=sources)
    for district in districts:
        install_example_rules(district=district, valid_from=SINCE)


def ensure_user(username: str, name: str, password: str | None, like: User | None = None) -> User:
    """The account, made when it is missing; without a password nobody can sign in with it.

    `like` is an account that has the same password already: its hash is taken over. A hash costs a fifth of a second
    on purpose, and the demo's accounts share what it hides.
    """
    found = User.objects.filter(username=username).first()
    if found is not None:
        return found
    if password is None:
        return User.objects.create_user(username, name=name)
    if like is None:
        return create_user(actor=example_actor(), username=username, name=name, password=password)
    user = User.objects.create(username=username, name=name, password=like.password)
    record(actor=example_actor(), verb="user.created", subject=user.reference)
    return user


def ensure_role(user: User, district: District, role: Role) -> None:
    if not Membership.objects.filter(user=user, district=district, role=role, valid_to=None).exists():
        add_membership(actor=example_actor(), user=user, district=district, role=role, valid_from=SINCE)


def ensure_accounts(districts: dict[str, District], password: str | None) -> None:
    """Every demo account with one password; those that exist are left as they are."""
    first: User | None = None
    known = set(User.objects.values_list("username", flat=True))
    with transaction.atomic():
        for account in ACCOUNTS:
            user = ensure_user(account.username, account.name, password, first)
            if account.username not in known:
                first = first or user
            for role in account.roles:
                ensure_role(user, districts[account.district], role)
