"""The form of a step without a form of its own: a comment."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms import TextField, VersionedForm


class StepForm(VersionedForm):
    """Confirms a step. The comment is kept with the state row."""

    comment = TextField(
        label=_("Comment"),
        required=False,
        rows=3,
        max_length=2000,
        help_text=_("Stands in the case's history and is public on request."),
    )

    def __init__(self, *args: Any, label: Any, comment_owed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = label
        if comment_owed:
            self.fields["comment"].required = True
            self.fields["comment"].help_text = _(
                "Write why, so that the next person knows what to do. Public on request."
            )
