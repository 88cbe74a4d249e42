"""Pages about the tool itself: open to all, read no data."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from vetting.kernel.glossary import glossary
from vetting.kernel.sorting import swedish_key


@method_decorator(login_not_required, name="dispatch")
class GlossaryView(TemplateView):
    """Every word the pages explain, by the alphabet of the reader's language."""

    template_name = "accounts/glossary.html"
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms = sorted(glossary().values(), key=lambda term: swedish_key(str(term.term)))
        return super().get_context_data(terms=terms, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ShortcutsView(TemplateView):
    """The keys, and the switch that turns them off in this browser."""

    template_name = "accounts/shortcuts.html"
    http_method_names = ("get", "head", "options")


@method_decorator(login_not_required, name="dispatch")
class AccessibilityView(TemplateView):
    """What the tool promises, how it is tested, and whom to tell about a hindrance."""

    template_name = "accounts/accessibility.html"
    http_method_names = ("get", "head", "options")
