"""The product's pages and the floor."""

from django.urls import include, path

from tests.bench.floor import FloorView

urlpatterns = [path("bench/floor/", FloorView.as_view(), name="bench-floor"), path("", include("vetting.urls"))]
