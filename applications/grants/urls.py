"""Addresses of the grants room."""

from django.urls import path

from applications.grants.views import intake, steps

urlpatterns = [
    path("ansokan/ny/", intake.NewApplicationView.as_view(), name="new-application"),
    path("ansokan/ny/<uuid:association>/", intake.EnterApplicationView.as_view(), name="enter-application"),
    path("ansokan/<uuid:key>/andra/", intake.EditApplicationView.as_view(), name="edit-application"),
    path("ansokan/<uuid:key>/bilagor/", intake.ApplicationDocumentsView.as_view(), name="application-documents"),
    path("ansokan/<uuid:key>/ta-emot/", intake.ReceiveApplicationView.as_view(), name="receive-application"),
    path("ansokan/<uuid:key>/registrera/", steps.RegisterApplicationView.as_view(), name="register-application"),
    path("ansokan/<uuid:key>/skriv-av/", steps.WithdrawApplicationView.as_view(), name="withdraw-application"),
    path("ansokan/<uuid:key>/fordjupa/", steps.OpenLaneView.as_view(), name="open-in-depth"),
    path("ansokan/<uuid:key>/fordjupning-klar/", steps.CloseLaneView.as_view(), name="close-in-depth"),
]
