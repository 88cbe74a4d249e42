from django.urls import path

from vetting.files.views import ServeFileView

urlpatterns = [path("filer/<uuid:key>/", ServeFileView.as_view(), name="serve-file")]
