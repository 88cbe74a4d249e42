"""The letter as PDF: tagged, PDF/UA-1 and PDF/A-2a in one file, Swedish, own fonts. Runs in the worker only.

typst is imported inside the function: a web process never carries it. It sees our template, our fonts and the frozen
document as JSON; no system font, no package, no path or address from a user.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

STANDARDS: Any = ["a-2a", "ua-1"]


def folder() -> Path:
    return Path(settings.ROOT) / "templates" / "letters"


def render_pdf(document: Mapping[str, Any], *, checksum: str, at: datetime) -> bytes:
    """The PDF of a frozen document; the same document, checksum and moment give the same bytes.

    Raises typst's own error, which the job keeps as its reason, when the standards cannot be met.
    """
    import typst  # only here: the worker's

    here = folder()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[here / "fonts"])
    compiler = typst.Compiler(
        input=here / "letter.typ",
        root=here,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(document, ensure_ascii=False), "checksum": checksum},
    )
    made: Any = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=int(at.timestamp()))
    return bytes(made)
