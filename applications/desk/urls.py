"""Addresses of the officers' pages."""

from django.urls import path

from applications.desk import views
from applications.desk.association.view import ListAssociationCasesView

urlpatterns = [
    path("idag/", views.ShowTodayView.as_view(), name="show-today"),
    path("arenden/", views.ListCasesView.as_view(), name="list-cases"),
    path("arenden/<uuid:key>/", views.ShowCaseView.as_view(), name="show-case"),
    path("arenden/hamta/", views.ExportCasesView.as_view(), name="export-cases"),
    path("foreningar/<uuid:key>/arenden/", ListAssociationCasesView.as_view(), name="list-association-cases"),
]
