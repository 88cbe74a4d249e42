"""docs/glossary.md: the words of the field in Swedish and English, from the file the pages' hints come from."""

from vetting.kernel.glossary import glossary


def page() -> str:
    """Each term once, in the order of the Swedish alphabet, with its name in code where it has one."""
    lines = [
        "# Glossary\n",
        "The field's words as users say them, in English as the code says them. From `vetting/kernel/glossary.toml`.\n",
        "| Swedish | English | in code | what it is |",
        "|---|---|---|---|",
    ]
    for term in glossary().values():
        law = f" ({term.section})" if term.section else ""
        code = f"`{term.code}`" if term.code else ""
        lines.append(f"| {term.term.sv} | {term.term.en} | {code} | {term.text.en}{law} |")
    return "\n".join(lines) + "\n"
