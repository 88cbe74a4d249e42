"""sweep_files: takes away files that a crash left without a row. Safe at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from vetting.files.services import sweep_orphans


class Command(BaseCommand):
    help = "Remove stored files that no row names and that are older than a day. Example: manage.py sweep_files"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep_orphans()} orphaned files removed.")
