"""Forms of programmes and rounds. The form of the rules themselves is made from their description."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from applications.grants.models import Programme, Round, RoundKind
from applications.grants.programmes.files import Entry, Source, read_files
from applications.grants.programmes.rounds import RoundPlan
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.accounts.models import District
from vetting.kernel import forms as house
from vetting.kernel.labels import Label
from vetting.kernel.schema.forms import form_for

LARGEST = 1_000_000  # bytes of a programme file sent through the page

TermsForm = form_for(ProgrammeTerms)


class AddProgrammeForm(house.Form):
    """A new programme starts from an old one's rules: nobody begins with an empty page."""

    submit_label = _("Start the draft")
    district = forms.ModelChoiceField(label=_("District"), queryset=District.objects.none())
    copy_of = forms.ModelChoiceField(
        label=_("Start from the rules of"),
        queryset=Programme.objects.none(),
        help_text=_("The new programme gets the same rules as a draft. Change them before it is published."),
    )
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160)
    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        help_text=_("Small letters a–z, digits and hyphens, for example foreningsstod. It never changes."),
    )

    def __init__(
        self, *args: Any, districts: QuerySet[District], programmes: QuerySet[Programme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        self.fields["copy_of"].queryset = programmes  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code != slugify(code):
            raise ValidationError(_("Write small letters a–z, digits and hyphens, for example “foreningsstod”."))
        return code

    @property
    def name(self) -> Label:
        return Label(self.cleaned_data["name_sv"], self.cleaned_data["name_en"])


class TermsTextForm(house.VersionedForm):
    """The whole of the rules as TOML: typed in the box, or a file in its stead."""

    submit_label = _("Save the draft")
    text = house.TextField(
        label=_("The rules as text (TOML)"),
        required=False,
        rows=28,
        max_length=200_000,
        help_text=_("The same text as import_programmes reads. Lists of forms, attachments and criteria stand here."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("A TOML file replaces the text in the box. At most 1 MB.")
    )

    def __init__(self, *args: Any, district: str, code: str, is_example: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"class": "form-control font-monospace", "spellcheck": "false"}
        self.district, self.code, self.is_example = district, code, is_example
        self.terms: ProgrammeTerms | None = None
        self.source = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        sent = cleaned.get("file")
        if sent is not None and sent.size > LARGEST:
            self.add_error("file", _("The file is larger than 1 MB. A programme's rules are a few pages."))
            return cleaned
        if sent is None and not cleaned.get("text"):
            self.add_error("text", _("Write the rules, or choose a file."))
            return cleaned
        self.source = sent.name if sent else ""
        data = sent.read() if sent else cleaned["text"].encode()
        self._read(Source(self.source, data), "file" if sent else "text")
        return cleaned

    def _read(self, source: Source, field: str) -> None:
        entries, faults = read_files([source])
        for fault in faults:
            self.add_error(field, str(fault))
        if not faults and (wrong := self._other(entries)):
            self.add_error(field, wrong)
        elif not faults:
            self.terms = entries[0].terms

    def _other(self, entries: list[Entry]) -> Any:
        """Why the text is not this programme's; empty when it is."""
        if len(entries) != 1:
            return _("The text must hold this one programme.")
        entry = entries[0]
        if (entry.entry.district, entry.entry.code) != (self.district, self.code):
            own = {"district": self.district, "code": self.code}
            return _("The text is another programme's. Here district is “%(district)s” and code “%(code)s”.") % own
        if entry.is_example != self.is_example:
            return _("The label “exempel” can be neither added nor taken away here.")
        return ""


class PublishForm(house.VersionedForm):
    submit_label = _("Publish the version")
    valid_from = house.DateField(
        label=_("In force from"),
        help_text=_("From this day new calls follow it. Calls and cases that are there already do not."),
    )


class RoundForm(house.VersionedForm):
    """A round's own days and sums. The hour of the last day is the programme's."""

    submit_label = _("Save the call")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices, widget=forms.RadioSelect)
    form_codes = forms.MultipleChoiceField(
        label=_("Forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice all forms of the programme can be applied for."),
    )
    opens_on = house.DateField(label=_("Opens"))
    closes_on = house.DateField(label=_("Last day to apply"), required=False)
    period_from = house.DateField(label=_("First day of the period"), required=False)
    period_to = house.DateField(label=_("Last day of the period"), required=False)
    meeting_on = house.DateField(label=_("The board meets"), required=False)
    pot_kr = house.MoneyField(label=_("Sum to distribute"), required=False)

    def __init__(self, *args: Any, terms: ProgrammeTerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of = [(form.code, str(form.name)) for form in terms.forms]
        if forms_of:
            self.fields["form_codes"].choices = forms_of  # type: ignore[attr-defined]
        else:
            del self.fields["form_codes"]
        if not terms.extra_pots:
            self.fields["kind"].choices = RoundKind.choices[:1]  # type: ignore[attr-defined]
            self.fields["kind"].widget = forms.HiddenInput()

    @property
    def plan(self) -> RoundPlan:
        data = self.cleaned_data
        days = {name: data[name] for name in ("opens_on", "closes_on", "period_from", "period_to", "meeting_on")}
        return RoundPlan(
            name=Label(data["name_sv"], data["name_en"]),
            kind=data["kind"],
            form_codes=tuple(data.get("form_codes", ())),
            pot_kr=data["pot_kr"],
            **days,
        )


SHOWN = (
    *("name_sv", "name_en", "kind", "form_codes", "opens_on", "closes_on"),
    *("period_from", "period_to", "meeting_on", "pot_kr", "version"),
)


def round_initial(round: Round) -> dict[str, Any]:
    """What the form shows of a round as it stands."""
    return {name: getattr(round, name) for name in SHOWN}


class CancelForm(house.VersionedForm):
    submit_label = _("Cancel the call")
    reason = house.TextField(
        label=_("Why the call is cancelled"), rows=3, max_length=500, help_text=_("Shown on the call's page.")
    )
