"""The one serving view: as an attachment, sniffing off, sandboxed; what one may not read does not exist."""

import uuid
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.files import storage
from vetting.files.access import access_classes
from vetting.files.models import StoredFile
from vetting.kernel.errors import NotFound


class ServeFileView(Page):
    """GET /filer/<key>/: the file's bytes, for whoever its access class lets read it."""

    permission = Permission.SEE_START
    http_method_names = ("get", "head")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        stored = StoredFile.objects.filter(key=key).first()
        if stored is None or not access_classes[stored.access_class](self.actor, stored):
            raise NotFound(_("There is no such file, or you may not read it."))
        self.stored = stored

    def get(self, request: HttpRequest, key: uuid.UUID) -> FileResponse:
        response = FileResponse(
            open(storage.path_of(self.stored.key), "rb"),  # noqa: SIM115 - the response closes it
            as_attachment=True,
            filename=self.stored.name,
            content_type=self.stored.content_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
