"""`make check`: what can be said of the code without running it for long. All steps run; any fault is exit 1."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "vetting.settings.production",
    "SECRET_KEY": "".join(chr(33 + (i * 37) % 94) for i in range(64)),
    "ALLOWED_HOSTS": "vetting.example.org",
    "FILES_ROOT": "/srv/vetting/files",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
STEPS: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("lint", [str(BIN / "ruff"), "check", "."], {}),
    ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("types", [str(BIN / "mypy"), "vetting", "applications", "checklists"], {}),
    ("imports", [str(BIN / "lint-imports")], {}),
    ("migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"], {}),
    ("messages", [sys.executable, "-m", "tests.messages", "check"], {}),
    ("docs", [sys.executable, "-m", "tests.make_docs", "--check"], {}),
    ("deploy", [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
)


def main() -> int:
    failed = []
    for name, command, extra in STEPS:
        began = time.monotonic()
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "vetting.settings.test"} | extra
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<12}{verdict:<8}{time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-6000:], sep="\n", flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
