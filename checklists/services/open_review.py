"""Open a review: pin the version in force, freeze what is asked, and fetch what is already known."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion, Review
from checklists.models.review import ChangeKind, ReviewChange
from checklists.rules.definition import Definition, LookedAt
from checklists.selectors.reviews import Material
from checklists.selectors.versions import definition_of, version_on
from checklists.services.acting import Acting, role_of
from checklists.services.prefill_review import prefill
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


def open_review(
    *,
    district: District,
    template: str,
    subject: str,
    actor: Actor,
    reference: str = "",
    profile: str = "full",
    asked: Collection[str] = (),
    rule_flags: Collection[str] = (),
    least_looked_at: Collection[LookedAt] | None = None,
    case: uuid.UUID | None = None,
) -> Review:
    """The open review of this subject in this district, opened now unless it is open already.

    `asked` names the questions, else the version's `profile` does; `rule_flags` are what the programme or the published
    terms demand; `least_looked_at` the least that must be looked at (None: the version's own). All are frozen with it.
    Raises Invalid for an unknown question, flag or profile, and NotNow when no version is published, or when another
    matter's open review of the same subject asks on other terms: that one is signed first, and its answers are reused.
    """
    if not actor.is_system:
        must_have(actor, Permission.ANSWER_CHECKLIST, district.pk)
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(pk=district.pk)  # one opener per district at a time
        version = version_on(template, clock.today())
        definition = definition_of(version)
        terms = {
            "asked": _asked(definition, profile, asked),
            "rule_flags": _flags(definition, rule_flags),
            "least_looked_at": _least(definition, least_looked_at),
        }
        standing = Review.objects.filter(district=district, template=template, subject=subject, state="open").first()
        if standing is not None:
            return same_terms(standing, terms)
        return open_fresh(district, version, subject, reference, terms, actor, case)


def open_fresh(
    district: District,
    version: ChecklistVersion,
    subject: str,
    reference: str,
    terms: dict[str, list[str]],
    actor: Actor,
    case: uuid.UUID | None,
    renews: Material | None = None,
) -> Review:
    """A new open review with its record and its suggestions; under the district's lock. `renews`: in whose place."""
    review = Review.objects.create(
        district=district,
        version=version,
        template=version.code,
        subject=subject,
        reference=reference,
        opened_by=actor.reference,
        opened_at=clock.now(),
        **terms,
    )
    acting = Acting(review, actor, role_of(actor, Permission.ANSWER_CHECKLIST, district.pk), case)
    ReviewChange.objects.create(review=review, kind=ChangeKind.OPENED, revision=review.revision, **acting.by())
    renewed = {"renews": str(renews.review.key)} if renews else {}
    acting.log("review.opened", template=version.code, version=version.number, **renewed)
    prefill(acting, last=renews)
    return review


def _asked(definition: Definition, profile: str, asked: Collection[str]) -> list[str]:
    if not asked:
        try:
            asked = definition.profile(profile).questions
        except KeyError:
            raise Invalid(_("There is no profile “%(profile)s”.") % {"profile": profile}, code="profile") from None
    unknown = sorted(set(asked) - set(definition.by_code))
    if unknown:
        raise Invalid(_("There is no question “%(code)s”.") % {"code": unknown[0]}, code="question")
    return [code for code in definition.by_code if code in set(asked)]


def _flags(definition: Definition, flags: Collection[str]) -> list[str]:
    known = {flag.code for flag in definition.rule_flags}
    unknown = sorted(set(flags) - known)
    if unknown:
        raise Invalid(_("There is no rule “%(code)s” in the checklist.") % {"code": unknown[0]}, code="rule_flag")
    return sorted(set(flags))


def _least(definition: Definition, least: Collection[LookedAt] | None) -> list[str]:
    return sorted(one.value for one in (definition.least_looked_at if least is None else least))


def same_terms(standing: Review, terms: dict[str, list[str]]) -> Review:
    """The open review when it was opened on these terms; NotNow `other_terms` when not."""
    if all(sorted(getattr(standing, name)) == sorted(wanted) for name, wanted in terms.items()):
        return standing
    raise NotNow(
        _("A review of the same subject is open on other terms (%(reference)s). Complete it first; it is reused.")
        % {"reference": standing.reference or standing.subject},
        code="other_terms",
        review=str(standing.key),
    )
