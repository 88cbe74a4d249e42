"""The user the servers run as: PostgreSQL refuses to run as root, so root hands it to an unprivileged user."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from vetting.embedded.data_dir import ROOT, StartError


@dataclass(frozen=True)
class Identity:
    """`uid` is None when the servers run as whoever starts them."""

    uid: int | None
    gid: int | None

    def popen_arguments(self) -> dict[str, object]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a file or folder over to the servers' user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through the folder and all above it, by their modes."""
        if self.uid is None:
            return True
        return all(self._may_pass(place) for place in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        stat = folder.stat()
        if stat.st_uid == self.uid:
            return bool(stat.st_mode & 0o100)
        if stat.st_gid == self.gid:
            return bool(stat.st_mode & 0o010)
        return bool(stat.st_mode & 0o001)


AS_WE_ARE = Identity(None, None)


def server_identity(cluster: Path) -> Identity:
    """Whom to run the servers as.

    An ordinary user runs them as themselves. Root keeps the owner an existing cluster has, else takes the
    owner of the checkout, else `nobody`.
    """
    if os.geteuid() != 0:
        return AS_WE_ARE
    for path in (cluster, ROOT):
        try:
            owner = pwd.getpwuid(path.stat().st_uid)
        except (FileNotFoundError, KeyError):
            continue
        if owner.pw_uid != 0:
            return Identity(owner.pw_uid, owner.pw_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise StartError(
            "PostgreSQL does not run as root and there is no user `nobody` to run it as. Start as an ordinary user."
        ) from None
    return Identity(nobody.pw_uid, nobody.pw_gid)
