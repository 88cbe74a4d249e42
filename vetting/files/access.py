"""Who may read a stored file: one predicate per access class, registered by the room that owns the files."""

from collections.abc import Callable

from vetting.accounts.actors import Actor
from vetting.files.models import StoredFile
from vetting.kernel.registry import Registry

# True when the actor may read the file; the serving view answers 404 otherwise.
access_classes: Registry[Callable[[Actor, StoredFile], bool]] = Registry("file access class")
