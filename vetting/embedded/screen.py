"""What `make demo` says on the terminal: Swedish first, then short English."""

import contextlib
import sys
from collections.abc import Sequence
from typing import TextIO

from vetting.embedded.data_dir import DataDir


def say(swedish: str, english: str = "", stream: TextIO | None = None) -> None:
    """One line. A terminal that has gone away is no reason to stop."""
    out = stream or sys.stdout
    with contextlib.suppress(OSError, ValueError):
        print(f"{swedish} · {english}" if english else swedish, file=out, flush=True)


def welcome(data: DataDir, address: str, password: str, accounts: Sequence[Sequence[str]], seconds: float) -> None:
    """The address, the accounts, the password, and where the demo's own pages are."""
    say("")
    say(f"Vetting är igång efter {seconds:.0f} s", f"up after {seconds:.0f} s")
    say(f"  {address}")
    if accounts:
        say("")
        say("Konton", "accounts")
        for name, swedish, english, district in accounts:
            say(f"  {name:<22} {swedish} ({english}), {district}")
        say(f"Lösenord för alla: {password}", "password for all")
    say("")
    say(f"  Mejl: {address}demo/post/", "mails")
    say(f"  Klocka: {address}demo/klocka/", "move the clock")
    say(f"  Data och loggar: {data.root}", "data and logs")
    if data.postgres.is_symlink():
        say(f"  Databasen: {data.postgres.resolve()}", "the database: its user may not enter the folder above")
    say("Ctrl-C stoppar allt; make demo fortsätter, make demo-reset börjar om", "Ctrl-C stops, again resumes")
    say("")
