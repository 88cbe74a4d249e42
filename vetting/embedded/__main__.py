"""`python -m vetting.embedded demo | reset | run -- COMMAND`."""

import argparse
import os
import signal
import sys
from pathlib import Path

from vetting.embedded import guardian, prepare, smtp_sink
from vetting.embedded.data_dir import DataDir, StartError
from vetting.embedded.processes import die_with_parent
from vetting.embedded.reset import reset
from vetting.embedded.run import run
from vetting.embedded.supervisor import Demo, chosen_port

INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m vetting.embedded", description="The embedded servers of Vetting.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="demo | reset | run")
    demo = verbs.add_parser("demo", help="start everything; PORT (8000) is the web's port, Ctrl-C stops")
    demo.add_argument("--with-parent", action="store_true", help="stop when the starting program (make) is gone")
    demo.add_argument("--empty", action="store_true", help="load no example data")
    verbs.add_parser("reset", help="remove the demo's data")
    with_servers = verbs.add_parser(
        "run",
        help="run a command with PostgreSQL and Valkey under it",
        epilog="Example: python -m vetting.embedded run -- python -m pytest tests/unit",
    )
    with_servers.add_argument("--fsync", action="store_true", help="durable writes, as in production (bench)")
    with_servers.add_argument("command", nargs="+", metavar="COMMAND")
    add_inner_verbs(verbs)
    return top


def add_inner_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The programs that the others start; they are not for people."""
    keeps = verbs.add_parser("guardian")
    keeps.add_argument("root", type=Path)
    keeps.add_argument("--durable", action="store_true")
    keeps.add_argument("--mail", action="store_true")
    sinks = verbs.add_parser("sink")
    sinks.add_argument("folder", type=Path)
    sinks.add_argument("port", type=int)
    prepares = verbs.add_parser("prepare")
    prepares.add_argument("answer", type=Path)
    prepares.add_argument("--empty", action="store_true")


def call(options: argparse.Namespace) -> int:
    match options.verb:
        case "demo":
            if options.with_parent:
                die_with_parent(signal.SIGTERM, os.getppid())
            return Demo(DataDir.chosen(".demo"), chosen_port(), options.empty).run()
        case "reset":
            return reset(DataDir.chosen(".demo"))
        case "run":
            return run(options.command, durable=options.fsync)
        case "guardian":
            return guardian.main(options.root, options.durable, options.mail)
        case "sink":
            return smtp_sink.main(options.folder, options.port)
        case _:
            return prepare.main(options.answer, options.empty)


def main(argv: list[str]) -> int:
    try:
        return call(parser().parse_args(argv))
    except StartError as error:
        print(f"vetting: {error}", file=sys.stderr)  # noqa: T201 - a command of the terminal
        return 1
    except OSError as error:  # a full disk, a data directory removed under us
        print(f"vetting: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
