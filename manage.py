#!/usr/bin/env python
"""Starts Django. Without DATABASE_URL the demo's embedded servers are used (and started if they are down)."""

import os
import sys


def main() -> None:
    if "DATABASE_URL" in os.environ:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetting.settings.production")
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    else:
        from vetting.embedded.manage import run_with_demo_servers

        sys.exit(run_with_demo_servers(sys.argv))


if __name__ == "__main__":
    main()
