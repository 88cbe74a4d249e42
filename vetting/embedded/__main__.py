"""`python -m vetting.embedded demo | reset | run -- COMMAND`."""

import argparse
import sys
from pathlib import Path

from vetting.embedded import guardian
from vetting.embedded.data_dir import StartError
from vetting.embedded.run import run


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m vetting.embedded", description="The embedded servers of Vetting.")
    verbs = top.add_subparsers(dest="verb", required=True)
    with_servers = verbs.add_parser(
        "run",
        help="run a command with PostgreSQL and Valkey under it",
        epilog="Example: python -m vetting.embedded run -- python -m pytest tests/unit",
    )
    with_servers.add_argument("--fsync", action="store_true", help="durable writes, as in production (bench)")
    with_servers.add_argument("command", nargs="+", metavar="COMMAND")
    inner = verbs.add_parser("guardian")
    inner.add_argument("root", type=Path)
    durability = inner.add_mutually_exclusive_group(required=True)
    durability.add_argument("--durable", action="store_true")
    durability.add_argument("--fast", dest="durable", action="store_false")
    return top


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    try:
        if options.verb == "guardian":
            return guardian.main(options.root, options.durable)
        return run(options.command, durable=options.fsync)
    except StartError as error:
        print(f"vetting: {error}", file=sys.stderr)  # noqa: T201 - a command of the terminal
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
