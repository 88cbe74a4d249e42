"""Roles and what they may do beside the workflow tables: one typed module; docs/roles.md is generated from it.

Who may take a step of a workflow stands in that workflow's rows and nowhere else. Here stand the pages and other
verbs (docs/domain.md §7). Deny by default: a role has what is listed, nothing more.
"""

from dataclasses import dataclass
from enum import StrEnum

from vetting.kernel.labels import Label


class Role(StrEnum):
    """Code names of design.md §11; the Swedish titles are labels only."""

    GRANT_OFFICER = "grant_officer"
    SECOND_READER = "second_reader"
    PREMISES_OFFICER = "premises_officer"
    UNIT_HEAD = "unit_head"
    DEPARTMENT_HEAD = "department_head"
    BOARD_SECRETARY = "board_secretary"
    PAYER = "payer"
    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    REGISTRAR = "registrar"
    CONTROLLER = "controller"
    CHAIR = "chair"
    SECURITY_COORDINATOR = "security_coordinator"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"
    SYSTEM_ADMIN = "system_admin"
    APPLICANT = "applicant"


class Permission(StrEnum):
    """What a page or a verb outside the workflow tables asks for."""

    SEE_START = "see_start"
    SEE_CASES = "see_cases"
    REGISTER_APPLICATION = "register_application"
    ASSIGN_CASES = "assign_cases"
    ADD_DOCUMENTS = "add_documents"
    ANSWER_CHECKLIST = "answer_checklist"
    SEE_CHECKLIST = "see_checklist"
    ANSWER_ESCALATION = "answer_escalation"
    RECORD_SPECIAL_REASONS = "record_special_reasons"
    CHANGE_LANE = "change_lane"
    REOPEN_REVIEW = "reopen_review"
    SEE_ASSOCIATIONS = "see_associations"
    EDIT_ASSOCIATIONS = "edit_associations"
    CONFIRM_GIRO = "confirm_giro"
    IMPORT_REGISTER = "import_register"
    SEE_PROGRAMMES = "see_programmes"
    EDIT_PROGRAMMES = "edit_programmes"
    SEE_VENUES = "see_venues"
    EDIT_VENUES = "edit_venues"
    REGISTER_RENTAL = "register_rental"
    PUBLISH_RULES = "publish_rules"
    SIGN_LETTERS = "sign_letters"
    WRITE_PROPOSAL = "write_proposal"
    REGISTER_BOARD = "register_board"
    REGISTER_ANNOUNCEMENT = "register_announcement"
    ANSWER_CONSULTATION = "answer_consultation"
    RULE_ON_JAV = "rule_on_jav"
    SEE_PAYMENTS = "see_payments"
    SETTLE_CONDITIONS = "settle_conditions"
    BOOK_REPAYMENTS = "book_repayments"
    WRITE_NOTES = "write_notes"
    READ_SECRECY_NOTES = "read_secrecy_notes"
    HANDLE_MESSAGES = "handle_messages"
    SEE_LOG = "see_log"
    MANAGE_USERS = "manage_users"
    SEE_OPERATIONS = "see_operations"


@dataclass(frozen=True, slots=True)
class RoleInfo:
    label: Label
    what: Label
    case_content: bool = True  # may a member of this role ever see the content of a case?


ROLES: dict[Role, RoleInfo] = {
    Role.GRANT_OFFICER: RoleInfo(
        Label("Bidragshandläggare", "Grant officer"),
        Label("registrerar, granskar, föreslår och kommunicerar", "registers, reviews, proposes and communicates"),
    ),
    Role.SECOND_READER: RoleInfo(
        Label("Granskare", "Second reader"),
        Label("bekräftar eller återlämnar en granskning", "confirms or returns a review"),
    ),
    Role.PREMISES_OFFICER: RoleInfo(
        Label("Lokalintendent", "Premises officer"),
        Label("svarar på lokalbokningar inom reglerna", "answers venue requests within the rules"),
    ),
    Role.UNIT_HEAD: RoleInfo(
        Label("Enhetschef", "Unit head"),
        Label(
            "föreslår, öppnar fördjupad granskning, beslutar enligt delegationsordningen",
            "proposes, opens the in-depth lane, decides under the delegation table",
        ),
    ),
    Role.DEPARTMENT_HEAD: RoleInfo(
        Label("Avdelningschef", "Department head"),
        Label("beslutar enligt delegationsordningen, tar larm", "decides under the delegation table, takes alarms"),
    ),
    Role.BOARD_SECRETARY: RoleInfo(
        Label("Nämndsekreterare", "Board secretary"),
        Label("registrerar nämndens beslut och protokoll", "registers the board's decisions and minutes"),
    ),
    Role.PAYER: RoleInfo(
        Label("Ekonom", "Finance officer"),
        Label("attesterar eller betalar ut, aldrig båda", "certifies or releases payments, never both"),
    ),
    Role.COORDINATOR: RoleInfo(
        Label("Samordnare", "Coordinator"),
        Label("svarar på samråd med fakta", "answers consultations with facts"),
        case_content=False,
    ),
    Role.LAWYER: RoleInfo(
        Label("Jurist", "Lawyer"),
        Label("godkänner brevmallar, svarar på frågor", "signs letter versions, answers escalations"),
    ),
    Role.REGISTRAR: RoleInfo(
        Label("Registrator", "Registrar"),
        Label(
            "diarieför, registrerar tillkännagivande och laga kraft",
            "keeps the diary, registers announcement and legal force",
        ),
    ),
    Role.CONTROLLER: RoleInfo(
        Label("Verksamhetscontroller", "Controller"),
        Label("följer upp siffror och plan", "follows up figures and plan"),
        case_content=False,
    ),
    Role.CHAIR: RoleInfo(
        Label("Ordförande", "Chair of the board"),
        Label("beslutar när nämnden inte kan inväntas", "decides when the board cannot be awaited"),
    ),
    Role.SECURITY_COORDINATOR: RoleInfo(
        Label("Säkerhetssamordnare", "Security coordinator"),
        Label("tar emot anteckningar om otillåten påverkan", "receives notes on undue influence"),
        case_content=False,
    ),
    Role.AUDITOR: RoleInfo(
        Label("Revisor", "Auditor"),
        Label("läser allt, skriver ingenting i ärendena", "reads everything, writes nothing in the cases"),
    ),
    Role.DATA_PROTECTION: RoleInfo(
        Label("Dataskyddsombud", "Data protection officer"),
        Label("läser åtkomstloggen", "reads the access log"),
        case_content=False,
    ),
    Role.SYSTEM_ADMIN: RoleInfo(
        Label("Systemadministratör", "System administrator"),
        Label("hanterar användare och inställningar, ser inte ärenden", "manages users and settings, sees no case"),
        case_content=False,
    ),
    Role.APPLICANT: RoleInfo(
        Label("Förening", "Association"),
        Label("ser sina egna ärenden", "sees its own cases"),
        case_content=False,
    ),
}

_OFFICERS = frozenset({Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.UNIT_HEAD})
_CASE_READERS = frozenset(role for role, info in ROLES.items() if info.case_content)
# Who works in a case and writes notes in it; the auditor has a space of its own.
_WRITERS = _OFFICERS | {Role.SECOND_READER, Role.DEPARTMENT_HEAD, Role.BOARD_SECRETARY, Role.LAWYER, Role.REGISTRAR}
_STAFF = frozenset(set(Role) - {Role.APPLICANT})

GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.SEE_START: _STAFF,
    Permission.SEE_CASES: _CASE_READERS,
    Permission.REGISTER_APPLICATION: frozenset({Role.GRANT_OFFICER, Role.REGISTRAR}),
    Permission.ASSIGN_CASES: frozenset({Role.GRANT_OFFICER, Role.UNIT_HEAD, Role.REGISTRAR}),
    Permission.ADD_DOCUMENTS: frozenset({Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.REGISTRAR}),
    Permission.ANSWER_CHECKLIST: _OFFICERS,
    Permission.SEE_CHECKLIST: _CASE_READERS,
    Permission.ANSWER_ESCALATION: _OFFICERS
    | {Role.SECOND_READER, Role.DEPARTMENT_HEAD, Role.LAWYER, Role.BOARD_SECRETARY},
    Permission.RECORD_SPECIAL_REASONS: frozenset({Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}),
    Permission.CHANGE_LANE: frozenset({Role.UNIT_HEAD}),
    Permission.REOPEN_REVIEW: _OFFICERS | {Role.SECOND_READER, Role.DEPARTMENT_HEAD, Role.BOARD_SECRETARY},
    Permission.SEE_ASSOCIATIONS: _CASE_READERS | {Role.CONTROLLER},
    Permission.EDIT_ASSOCIATIONS: _OFFICERS | {Role.REGISTRAR},
    Permission.CONFIRM_GIRO: frozenset({Role.GRANT_OFFICER, Role.PAYER}),
    Permission.IMPORT_REGISTER: frozenset({Role.GRANT_OFFICER, Role.REGISTRAR}),
    Permission.SEE_PROGRAMMES: _STAFF,
    Permission.EDIT_PROGRAMMES: frozenset({Role.GRANT_OFFICER, Role.UNIT_HEAD}),
    # Who has booked is case content: the calendar is for those who see cases.
    Permission.SEE_VENUES: _CASE_READERS,
    Permission.EDIT_VENUES: frozenset({Role.PREMISES_OFFICER, Role.UNIT_HEAD}),
    Permission.REGISTER_RENTAL: frozenset({Role.PREMISES_OFFICER, Role.REGISTRAR}),
    Permission.PUBLISH_RULES: frozenset({Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}),
    Permission.SIGN_LETTERS: frozenset({Role.LAWYER}),
    Permission.WRITE_PROPOSAL: frozenset({Role.GRANT_OFFICER, Role.UNIT_HEAD}),
    Permission.REGISTER_BOARD: frozenset({Role.BOARD_SECRETARY}),
    Permission.REGISTER_ANNOUNCEMENT: frozenset({Role.BOARD_SECRETARY, Role.REGISTRAR}),
    Permission.ANSWER_CONSULTATION: frozenset({Role.COORDINATOR, Role.LAWYER}),
    Permission.RULE_ON_JAV: frozenset({Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}),
    Permission.SEE_PAYMENTS: frozenset(
        {Role.PAYER, Role.GRANT_OFFICER, Role.UNIT_HEAD, Role.DEPARTMENT_HEAD, Role.AUDITOR}
    ),
    Permission.SETTLE_CONDITIONS: frozenset({Role.GRANT_OFFICER, Role.UNIT_HEAD}),
    Permission.BOOK_REPAYMENTS: frozenset({Role.PAYER}),
    Permission.WRITE_NOTES: _WRITERS,
    Permission.READ_SECRECY_NOTES: _WRITERS | {Role.AUDITOR},
    Permission.HANDLE_MESSAGES: _OFFICERS | {Role.REGISTRAR},
    Permission.SEE_LOG: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
    Permission.MANAGE_USERS: frozenset({Role.SYSTEM_ADMIN}),
    Permission.SEE_OPERATIONS: frozenset({Role.SYSTEM_ADMIN}),
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """Who may: for pages, for the access matrix and for telling a person whom to ask."""
    return GRANTS.get(permission, frozenset())
