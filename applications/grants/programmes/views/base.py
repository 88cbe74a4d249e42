"""What the pages share: finding the programme or the round among those the person may see."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.grants.models import Programme, ProgrammeVersion, Round
from vetting.accounts.actors import Actor
from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound

NO_PAGE = _("There is no such page, or it belongs to another district.")


def programme_or_404(actor: Actor, permission: Permission, key: uuid.UUID) -> Programme:
    rows = Programme.objects.for_user(actor, permission).select_related("district").filter(key=key)
    found = rows.first()
    if found is None:
        raise NotFound(NO_PAGE)
    return found


def version_or_404(programme: Programme, number: int) -> ProgrammeVersion:
    found: ProgrammeVersion | None = programme.versions.filter(number=number).first()
    if found is None:
        raise NotFound(_("The programme has no such version."))
    found.programme = programme
    return found


def trail(programme: Programme, *more: tuple[Any, str]) -> list[dict[str, Any]]:
    """The path to a page below a programme's."""
    steps: list[dict[str, Any]] = [
        {"label": _("Programmes"), "url": reverse("list-programmes")},
        {"label": str(programme), "url": reverse("show-programme", args=[programme.key])},
    ]
    return [*steps, *({"label": label, "url": url} for label, url in more)]


def list_tabs(current: str) -> list[dict[str, Any]]:
    """The two lists beside each other."""
    pages = {"list-programmes": _("Programmes"), "list-rounds": _("Calls")}
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in pages.items()]


class ProgrammePage(Page):
    """A page about one programme of the person's districts."""

    permission = Permission.SEE_PROGRAMMES
    programme: Programme

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        self.programme = programme_or_404(self.actor, self.permission, key)


class DraftPage(ProgrammePage, FormPage):
    """A form about the programme's draft."""

    permission = Permission.EDIT_PROGRAMMES
    draft: ProgrammeVersion

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        self.reload()

    def reload(self) -> None:
        found = self.programme.versions.filter(status="draft").first()
        if found is None:
            raise NotFound(_("The programme has no draft. Start one on its page."))
        found.programme = self.programme
        self.draft = found

    def done_url(self) -> str:
        return reverse("show-programme-version", args=[self.programme.key, self.draft.number])


class RoundPage(Page):
    """A page about one round."""

    permission = Permission.SEE_PROGRAMMES
    round: Round

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        self.round = round_or_404(self.actor, self.permission, key)


def round_or_404(actor: Actor, permission: Permission, key: uuid.UUID) -> Round:
    rows = Round.objects.for_user(actor, permission).select_related("programme__district", "programme_version")
    found = rows.filter(key=key).first()
    if found is None:
        raise NotFound(NO_PAGE)
    found.programme_version.programme = found.programme
    return found


Pairs = Sequence[tuple[Any, Any, Any]]
