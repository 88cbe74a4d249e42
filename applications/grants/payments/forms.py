"""Forms of the payments. What speaks against a step is said by its guards; a form only reads what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.grants.payments.selectors import VIEWS
from vetting.kernel import clock
from vetting.kernel.forms import Form, MoneyField, NotLaterThanToday, SearchForm, TextField, VersionedForm
from vetting.kernel.giro import GiroKind


class ExecuteForm(VersionedForm):
    """Certifies or releases. What is asked depends on the case: which giro, and KL 13:14 before legal force."""

    giro = forms.ChoiceField(label=_("Paid to"), widget=forms.RadioSelect)
    can_be_put_right = forms.ChoiceField(
        label=_("Can the payment be put right if the decision is annulled?"),
        help_text=_(
            "The decision has no legal force yet. It may be carried out before that unless special reasons speak "
            "against it, with special regard to whether it can be put right (KL 13:14)."
        ),
        choices=[("yes", _("Yes")), ("no", _("No, it waits"))],
        widget=forms.RadioSelect,
        required=False,
    )
    early_reason = TextField(
        label=_("How, and why it should not wait"),
        help_text=_("For example: the association is solid, the sum is small, the activity begins on 1 February."),
        rows=3,
        max_length=1000,
        required=False,
    )
    owed = ("can_be_put_right", "early_reason")

    def __init__(self, *args: Any, label: Any, giros: list[tuple[int, str]], early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = label
        if len(giros) > 1:
            self.fields["giro"].choices = giros  # type: ignore[attr-defined]
        else:
            del self.fields["giro"]
        if not early:
            del self.fields["can_be_put_right"], self.fields["early_reason"]


class ConfirmForm(VersionedForm):
    """The payment as the city's ledger has it."""

    submit_label = _("Register as paid")
    paid_on = NotLaterThanToday(label=_("Paid"), initial=clock.today)
    reference = forms.CharField(
        label=_("Reference in the ledger"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CommentForm(VersionedForm):
    """A step with its reason, or with none owed."""

    comment = TextField(
        label=_("Why"), rows=3, max_length=2000, help_text=_("Stands in the case's history and is public on request.")
    )

    def __init__(self, *args: Any, label: Any, owed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = label
        if not owed:
            self.fields["comment"].required = False
            self.fields["comment"].label = _("Note")


class DocumentChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: Any) -> str:
        return f"{row}, {row.arrived_on or row.dated_on or ''}".rstrip(", ")


class CancelForm(CommentForm):
    """Cancels; while the decision is in force only on the association's own written request."""

    document = DocumentChoice(
        label=_("The association's own request"), queryset=None, empty_label=_("Choose"), required=False
    )
    owed = ("document",)

    def __init__(self, *args: Any, documents: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        else:
            del self.fields["document"]


class ConditionForm(Form):
    """The document that meets a condition."""

    submit_label = _("Register that it is met")
    document = DocumentChoice(label=_("On which document"), queryset=None, empty_label=_("Choose"))
    met_on = NotLaterThanToday(label=_("Met on"), initial=clock.today)

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class RepaymentForm(Form):
    """What came back, as the ledger has it."""

    submit_label = _("Register the repayment")
    amount = MoneyField(label=_("Sum"))
    received_on = NotLaterThanToday(label=_("Came in"), initial=clock.today)
    giro_kind = forms.ChoiceField(
        label=_("Which giro of the city"), choices=GiroKind.choices, widget=forms.RadioSelect, initial=GiroKind.BANKGIRO
    )
    giro = forms.CharField(
        label=_("The giro's number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reference = forms.CharField(
        label=_("Reference in the ledger"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class UndoForm(Form):
    submit_label = _("Undo the registration")


class FindForm(SearchForm):
    """The filters of the list. What cannot be read is an error, never "everything"."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    vy = forms.ChoiceField(required=False, choices=[(view, view) for view in VIEWS], widget=forms.HiddenInput)
    sida = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)
