"""Fixed lists of the register. Codes are stored; labels are for people.

The main activities are the neutral list of docs/domain.md §4.4: nothing in it tells faith, ethnicity or party, and it
must stay so. *Trossamfund* exists as a legal form only and is never a statistic.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    NONPROFIT = "nonprofit", _("Non-profit association")
    ECONOMIC = "economic", _("Economic association")
    FOUNDATION = "foundation", _("Foundation")
    FAITH_COMMUNITY = "faith_community", _("Registered faith community")
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")
    OTHER = "other", _("Other legal form")


class RegisterStatus(models.TextChoices):
    """What the public register says about the organisation."""

    ACTIVE = "active", _("Active")
    LIQUIDATION = "liquidation", _("In liquidation")
    BANKRUPT = "bankrupt", _("Bankrupt")
    DEREGISTERED = "deregistered", _("Deregistered")


class MainActivity(models.TextChoices):
    SPORT = "sport", _("Sport")
    CULTURE = "culture", _("Culture")
    ELDERLY = "elderly", _("Elderly people")
    YOUTH = "youth", _("Children and young people")
    DISABILITY = "disability", _("People with disabilities")
    SOCIAL = "social", _("Social work")
    EDUCATION = "education", _("Popular education")
    OTHER = "other", _("Other activity")


class RepresentativeRole(models.TextChoices):
    """The roles of docs/domain.md §6.2 F10."""

    BOARD = "board", _("Board member")
    SIGNATORY = "signatory", _("Authorised signatory")
    ACCOUNTANT = "accountant", _("Accountant")
    AUDITOR = "auditor", _("Auditor")


class DocumentKind(models.TextChoices):
    """The attachment set of docs/domain.md §1.5."""

    STATUTES = "statutes", _("Statutes")
    ANNUAL_MINUTES = "annual_minutes", _("Minutes of the annual meeting")
    ACTIVITY_REPORT = "activity_report", _("Activity report")
    ANNUAL_ACCOUNTS = "annual_accounts", _("Annual accounts")
    AUDIT_REPORT = "audit_report", _("Auditor's report")
    BUDGET = "budget", _("Budget")
    ACTIVITY_PLAN = "activity_plan", _("Activity plan")
    REGISTRATION = "registration", _("Registration certificate or extract with the organisation number")
    SIGNATORY_DECISION = "signatory_decision", _("Decision on authorised signatories")
    IDENTITY_CHECK = "identity_check", _("Identity check of an authorised signatory")
    GIRO_PROOF = "giro_proof", _("Proof of bankgiro or plusgiro")
    MEMBER_COUNTS = "member_counts", _("Member counts")
    DECLARATION = "declaration", _("Declaration of honour")
    LEASE = "lease", _("Lease")
    PROGRAMME = "programme", _("Programme or poster")


class CheckResult(models.TextChoices):
    """What the officer found when a document was checked."""

    IN_ORDER = "in_order", _("In order")
    INCOMPLETE = "incomplete", _("Incomplete")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class ConfirmedAgainst(models.TextChoices):
    """The source somebody compared the register data with."""

    CERTIFICATE = "certificate", _("Registration certificate")
    AUTHORITY = "authority", _("Extract from the registering authority")
    STATEMENT = "statement", _("The association's own written statement")
