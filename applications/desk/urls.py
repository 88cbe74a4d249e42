"""Addresses of the officers' pages."""

from django.urls import path

from applications.desk import views

urlpatterns = [
    path("idag/", views.ShowTodayView.as_view(), name="show-today"),
    path("arenden/", views.ListCasesView.as_view(), name="list-cases"),
    path("arenden/<uuid:key>/", views.ShowCaseView.as_view(), name="show-case"),
    path("arenden/hamta/", views.ExportCasesView.as_view(), name="export-cases"),
]
