"""Files on disk and their rows (trust F11), and who may read them."""

import io
import os
import time

import pytest
from django.urls import reverse

from tests.factories import people
from tests.unit.test_uploads import pdf
from vetting.accounts.roles import Role
from vetting.files import storage
from vetting.files.access import access_classes
from vetting.files.models import StoredFile
from vetting.files.services import store_upload, sweep_orphans

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return tmp_path


def store(content: bytes = pdf()) -> StoredFile:
    return store_upload(
        file=io.BytesIO(content),
        name="stadgar.pdf",
        size=len(content),
        district=people.district(),
        access_class="tests.anyone_there",
        subject="case:1",
        stored_by="user:x",
    )


def test_what_is_stored_is_what_was_sent(root):
    stored = store()
    assert storage.path_of(stored.key).read_bytes() == pdf() or stored.size == len(pdf())
    assert len(stored.sha256) == 64


def test_a_broken_read_leaves_nothing(root):
    class Cut(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 10:
                raise OSError("connection lost")
            return super().read(11)

    with pytest.raises(OSError, match="connection lost"):
        storage.write(StoredFile().key, Cut(b"x" * 100))
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_the_sweep_takes_orphans_and_nothing_else(root):
    kept, fresh = store(), store()
    orphan = storage.path_of(StoredFile().key)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    old = time.time() - 2 * 86400
    for path in (orphan, storage.path_of(kept.key)):
        os.utime(path, (old, old))
    assert sweep_orphans() == 1
    assert storage.path_of(kept.key).exists() and storage.path_of(fresh.key).exists()


def test_a_file_is_served_safely_and_only_to_whom_its_class_allows(root, client):
    if "tests.anyone_there" not in access_classes:
        access_classes.register(
            "tests.anyone_there", lambda actor, f: bool(actor.roles_in(f.district_id)), owner=__name__
        )
    stored = store()
    client.force_login(people.user(Role.GRANT_OFFICER))
    answer = client.get(reverse("serve-file", args=[stored.key]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="stadgar.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    client.force_login(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
    assert client.get(reverse("serve-file", args=[stored.key])).status_code == 404
