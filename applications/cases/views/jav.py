"""Declaring a conflict of interest, and a unit head's ruling on one."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.executor import kind_of
from applications.cases.forms.jav import DeclarationForm, RulingForm
from applications.cases.header import applicant_name
from applications.cases.jav import Standing, standing
from applications.cases.models import JavAnswer, JavDeclaration, JavRuling
from applications.cases.pages import CaseFormPage
from applications.cases.services.jav import declare_jav, rule_on_jav
from applications.cases.texts import read
from vetting.accounts.models import User
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound

Ruling = JavRuling.Ruling


class DeclareJavView(CaseFormPage):
    """A24: asked at the first touch; may be answered anew at any time, the newest answer counts."""

    template = "cases/declare_jav.html"
    form_class = DeclarationForm
    title = _("Conflict of interest")
    done = _("Your answer is saved.")

    def context(self) -> dict[str, Any]:
        where = standing(self.case.pk, self.actor.user_id)
        return super().context() | {"before": where.answer, "unsettled": where.unsettled}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        declare_jav(
            case=self.case,
            actor=self.actor,
            answer=values["answer"],
            reason=values["reason"],
            key=values["idempotency_key"],
        )
        self.answer = values["answer"]

    def done_url(self) -> str:
        """Back to the case; whoever stepped out meets the page that says so, without the case on it."""
        if self.answer == JavAnswer.YES:
            return reverse("declare-jav", args=[self.case.key])
        return super().done_url()


class RuleOnJavView(CaseFormPage):
    """The unit head's ruling on another person's conflict of interest."""

    post_permission = Permission.RULE_ON_JAV
    permission = Permission.RULE_ON_JAV
    template = "cases/rule_on_jav.html"
    form_class = RulingForm
    title = _("Rule on a conflict of interest")
    done = _("The ruling is saved.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        found = User.objects.filter(key=kwargs["person"]).first()
        if found is None:
            raise NotFound(_("There is no such person in this case."))
        self.person: User = found
        self.where: Standing = standing(self.case.pk, found.pk)
        if not (self.where.answer or self.where.recused):
            raise NotFound(_("There is no such person in this case."))

    def form(self, data: Any = None, files: Any = None) -> RulingForm:
        rows = kind_of(self.case).workflow.rows_from(self.case.state)
        steps = [(row.action, row.label) for row in rows]
        return RulingForm(data, rulings=self.rulings(), steps=steps)

    def rulings(self) -> list[str]:
        """What fits how the person stands."""
        if self.where.out:
            return [Ruling.LIFTED, Ruling.ALLOWED] if self.where.recused else [Ruling.LIFTED]
        return [Ruling.NO_CONFLICT, Ruling.CONFLICT] if self.where.unsettled else [Ruling.CONFLICT]

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        rule_on_jav(
            case=self.case,
            person=self.person,
            actor=self.actor,
            ruling=values["ruling"],
            reason=values["reason"],
            action=values.get("action", ""),
            until=values.get("until"),
            key=values["idempotency_key"],
        )

    def context(self) -> dict[str, Any]:
        declared = JavDeclaration.objects.filter(case=self.case, user=self.person).order_by("-id").first()
        reason = read([declared.payload_id]).get(declared.payload_id) if declared and declared.payload_id else None
        return super().context() | {
            "person": self.person,
            "declared": declared,
            "reason": (reason or {}).get("reason", ""),
            "applicant": applicant_name(self.case),
        }
