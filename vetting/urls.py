"""The URL table. Rooms are named by string: the ground imports none of them."""

from django.conf import settings
from django.urls import include, path

from vetting.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("vetting.accounts.urls")),
    path("", include("vetting.files.urls")),
    path("", include("vetting.outbox.urls")),
    path("", include("vetting.obligations.urls")),
    path("", include("checklists.urls")),
    path("", include("applications.associations.urls")),
    path("", include("applications.cases.urls")),
    path("", include("vetting.jobs.urls")),
    path("", include("applications.decisions.urls")),
    path("", include("applications.grants.urls")),
    path("", include("applications.grants.payments.urls")),
    path("", include("applications.grants.programmes.urls")),
    path("", include("applications.rentals.urls")),
    path("", include("applications.desk.urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("vetting.embedded.demo_urls"))]
