"""A form sent twice has one effect and one answer, on every page alike (docs: trust F1).

A double click, a repeated submit after a broken line, the browser's arrow back and again: the second post of the same
form with the same content is answered as the first was, whatever has changed since, and whether or not the page's own
service asks for a key.
"""

import hashlib
import uuid
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from vetting.jobs.models import IdempotencyKey
from vetting.kernel import clock

GetResponse = Callable[[HttpRequest], HttpResponse]

FIELD = "idempotency_key"
NOT_CONTENT = frozenset({"csrfmiddlewaretoken"})  # differs with every page
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class OneEffectPerSubmit:
    """Keeps the answer of each form that was taken (a redirect), in one transaction with what it did.

    The intent is the form's key, the page and everything that was typed: the same key with other content is another
    intent, so that nothing typed is lost, and the page's own services see a key of its own for it. A form that was not
    taken leaves nothing behind and may be sent again. Two at once wait for one another. What breaks is rolled back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        intent = _intent(request) if request.method == "POST" and request.user.is_authenticated else None
        if intent is None:
            return self.get_response(request)
        actor: str = request.actor.reference  # type: ignore[attr-defined]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(LOCK, [f"{actor} {intent}"])
            known = IdempotencyKey.objects.filter(actor=actor, key=intent).first()
            if known is not None:
                return HttpResponseRedirect(known.answer["url"])
            response = self.get_response(request)
            if response.status_code == HttpResponseRedirect.status_code:
                _keep(request, actor, intent, response.headers["Location"])
            elif response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def _intent(request: HttpRequest) -> uuid.UUID | None:
    """What this post stands for; None without a key. The form's own key is made the intent's, for its services."""
    name = next((field for field in request.POST if field == FIELD or field.endswith(f"-{FIELD}")), "")
    try:
        key = uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None
    own = uuid.uuid5(key, f"{request.path} {_content(request, name)}")
    sent = request.POST.copy()
    sent[name] = str(own)
    request.POST = sent  # type: ignore[assignment]
    return uuid.uuid5(own, "submit")


def _content(request: HttpRequest, key: str) -> str:
    """SHA-256 over every field and file as they were sent."""
    digest = hashlib.sha256()
    for name, values in sorted(request.POST.lists()):
        if name != key and name not in NOT_CONTENT:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _keep(request: HttpRequest, actor: str, intent: uuid.UUID, url: str) -> None:
    match = request.resolver_match
    purpose = f"submit:{match.view_name if match else ''}"[:64]
    IdempotencyKey.objects.create(actor=actor, key=intent, purpose=purpose, answer={"url": url}, at=clock.now())
