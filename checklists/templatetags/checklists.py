"""How a question's text is written on a page: its dotted words with their hints."""

from django import template
from django.template import Context
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from checklists.rules.definition import TERM, Ground, Question, Text
from vetting.kernel.templatetags.vetting import term

register = template.Library()


@register.simple_tag(takes_context=True)
def hinted(context: Context, text: Text) -> SafeString:
    """The text in the reader's language; `[word](key)` becomes a dotted word from the glossary."""
    parts: list[SafeString] = []
    at, marked = 0, text.marked()
    for found in TERM.finditer(marked):
        parts += [escape(marked[at : found.start()]), term(context, found[2], found[1])]
        at = found.end()
    parts.append(escape(marked[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


@register.simple_tag(takes_context=True)
def grounds_of(context: Context, question: Question) -> SafeString:
    """What the question rests on, in the order of the checklist; guidance that is never printed comes last, as such."""
    ordered = sorted(question.grounds, key=lambda ground: not ground.printed)
    joiner = mark_safe("\u2060; ")  # a word joiner: no line begins with the semicolon
    return format_html_join(joiner, "{}", ((_one(context, ground),) for ground in ordered))


def _one(context: Context, ground: Ground) -> SafeString:
    return term(context, ground.term, str(ground.text)) if ground.term else format_html("{}", ground.text)
