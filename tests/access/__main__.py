"""`python -m tests.access [--all]`: lines for URLs that matrix.csv lacks, as the pages answer now. Read them first."""

import os
import sys
import tempfile

import django


def main(everything: bool) -> int:
    from django.conf import settings
    from django.db import connections

    from tests import database
    from tests.access.drive import Driver
    from tests.access.guess import asked
    from tests.access.matrix import COLUMNS, PATH, as_csv, read
    from tests.access.world import World

    known = {line.url for line in read()} if PATH.exists() and not everything else set()
    name = f"vetting_access_{os.getpid()}"
    database.clone(name)
    connections["default"].settings_dict["NAME"] = name
    try:
        with tempfile.TemporaryDirectory() as files:
            settings.FILES_ROOT = files
            driver = Driver(World())
            sys.stdout.write(",".join(COLUMNS) + "\n")
            for url, method, thing in asked():
                if url in known:
                    continue
                try:
                    sys.stdout.write(as_csv([driver.probe(url, method, thing)]))
                except LookupError as error:
                    sys.stderr.write(f"{url}: {error}\n")
                sys.stdout.flush()
    finally:
        connections.close_all()
        database.drop(name)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetting.settings.test")
    django.setup()
    sys.exit(main("--all" in sys.argv[1:]))
