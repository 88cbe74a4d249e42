"""Every form of the house: error summary on top, one message per field, nothing typed is lost.

A room's form inherits `Form` or `ModelForm` (`manners`); its template says `{% crispy form %}`. The way a field is
drawn stands in `templates/components/_field.html`. Sums, days and texts as people write them: `fields`. What the
summary says and where its links lead: `problems`.
"""

from vetting.kernel.forms.fields import DateField, MoneyField, NotLaterThanToday, NumberField, TextField
from vetting.kernel.forms.manners import Form, Manners, ModelForm, SearchForm, VersionedForm
from vetting.kernel.forms.problems import each_problem, how_many_wrong

__all__ = [
    "DateField",
    "Form",
    "Manners",
    "ModelForm",
    "MoneyField",
    "NotLaterThanToday",
    "NumberField",
    "SearchForm",
    "TextField",
    "VersionedForm",
    "each_problem",
    "how_many_wrong",
]
