"""What a grant matter is called in running text."""


def matter(programme: str, call: str) -> str:
    """`föreningsstöd i Farsta 2027`: the call's name where it repeats the programme's, else both.

    Only the first letter becomes small: what follows may be a place.
    """
    if call.casefold().startswith(programme.casefold()):
        return inside(call)
    return f"{inside(programme)}, {call}"


def inside(name: str) -> str:
    """A name as it stands within a sentence."""
    return name[:1].lower() + name[1:]
