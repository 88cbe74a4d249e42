"""Evidence cards: the card itself, and what is noted on it later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.labels import ACTOR_ROLES, CAPACITIES, SHOWS, SOURCE_CLASSES
from checklists.models import NoteKind
from checklists.rules.evidence import EXCERPT_MAX, ActorRole, Capacity, DraftEvidence, Shows, SourceClass
from checklists.services.add_evidence import Card
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, TextField


def owed_by_kind(*fields: forms.Field) -> None:
    """Fields the service asks for when they are owed: not required, but not optional either."""
    for field in fields:
        field.owed = True  # type: ignore[attr-defined]


YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def yes_no(label: Any, **more: Any) -> forms.TypedChoiceField:
    """A question with two answers, none chosen beforehand; gives True, False or None."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        **more,
    )


class EvidenceForm(Form):
    """A new card on a question."""

    title = forms.CharField(
        label=_("What it is"), max_length=120, help_text=_("For example: invitation to the neighbourhood evening")
    )
    shows = forms.ChoiceField(
        label=_("What it shows"), choices=[(one.value, SHOWS[one]) for one in Shows], widget=forms.RadioSelect
    )
    source_class = forms.TypedChoiceField(
        label=_("Source class"),
        help_text=_("A stop cannot rest on classes 5 and 6 alone."),
        choices=[(one.value, f"{one.value}. {words}") for one, words in SOURCE_CLASSES.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    happened_on = NotLaterThanToday(label=_("Day of the act or the document"), required=False)
    captured_on = NotLaterThanToday(label=_("Day you saw or fetched it"), initial=clock.today)
    place = forms.CharField(
        label=_("Where"), max_length=200, help_text=_("Address, web address, page or diary number."), required=False
    )
    actor_role = forms.ChoiceField(
        label=_("Role of the one who acted"),
        choices=[("", "—"), *((one.value, ACTOR_ROLES[one]) for one in ActorRole)],
        required=False,
        help_text=_("Owed for an act. Name nobody who merely appears."),
    )
    capacity = forms.ChoiceField(
        label=_("In which capacity"),
        choices=[("", "—"), *((one.value, CAPACITIES[one]) for one in Capacity)],
        required=False,
    )
    names_representative = forms.BooleanField(
        label=_("The card names a representative"),
        required=False,
        help_text=_("The person is then informed within a month (GDPR art. 14)."),
    )
    excerpt = TextField(label=_("Excerpt, word for word"), max_length=EXCERPT_MAX, rows=4, required=False)
    reliability = TextField(
        label=_("How reliable is it, and why?"),
        max_length=500,
        rows=2,
        help_text=_("Of a tip: how credible it is, not who gave it."),
    )
    counter_found = yes_no(_("Did you find something that speaks the other way?"))
    counter = TextField(label=_("What speaks the other way, or why you found nothing"), max_length=2000, rows=3)
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, JPEG, PNG, DOCX, XLSX or ODT."))

    submit_label = _("Save the card")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed_by_kind(self.fields["actor_role"], self.fields["capacity"])

    def card(self) -> Card:
        """The card as the service takes it. Only after is_valid()."""
        said = self.cleaned_data
        return Card(
            title=said["title"],
            place=said["place"],
            counter_found=bool(said["counter_found"]),
            captured_on=said["captured_on"],
            happened_on=said["happened_on"],
            names_representative=said["names_representative"],
            draft=DraftEvidence(
                shows=Shows(said["shows"]),
                source_class=SourceClass(said["source_class"]),
                excerpt=said["excerpt"],
                reliability=said["reliability"],
                counter=said["counter"],
                role=ActorRole(said["actor_role"]) if said["actor_role"] else None,
                capacity=Capacity(said["capacity"]) if said["capacity"] else None,
            ),
        )


NOTE_KINDS = {
    NoteKind.SENT: _("Sent to the association"),
    NoteKind.REPLY: _("The association's reply"),
    NoteKind.COUNTER: _("Something that speaks the other way"),
    NoteKind.WITHDRAWN: _("The card is withdrawn"),
}


class NoteForm(Form):
    """What came later. Which fields are owed follows from the kind; the service says so."""

    kind = forms.ChoiceField(label=_("What is noted"), choices=list(NOTE_KINDS.items()), widget=forms.RadioSelect)
    on = NotLaterThanToday(label=_("Day"), initial=clock.today)
    answer_by = DateField(label=_("Last day for the association's reply"), required=False)
    confirms = yes_no(_("Does the reply confirm the fact?"), required=False)
    found = yes_no(_("Does something speak the other way?"), required=False)
    text = TextField(label=_("Text"), required=False, rows=4)

    submit_label = _("Save the note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed_by_kind(*(self.fields[name] for name in ("confirms", "found", "text")))
