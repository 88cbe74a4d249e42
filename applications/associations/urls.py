"""Addresses of the associations room."""

from django.urls import path

from applications.associations.views import giro, listing, own, register, show

urlpatterns = [
    path("foreningar/", listing.ListAssociationsView.as_view(), name="list-associations"),
    path("foreningar/ny/", register.RegisterAssociationView.as_view(), name="register-association"),
    path("foreningar/<uuid:key>/", show.ShowAssociationView.as_view(), name="show-association"),
    path("foreningar/<uuid:key>/andra/", register.EditAssociationView.as_view(), name="edit-association"),
    path("foreningar/<uuid:key>/bekrafta/", register.ConfirmAssociationView.as_view(), name="confirm-association"),
    path("foreningar/<uuid:key>/<str:district>/uppgifter/", own.EditOwnDataView.as_view(), name="edit-own-data"),
    path(
        "foreningar/<uuid:key>/<str:district>/handling/ny/",
        own.AddDocumentView.as_view(),
        name="add-association-document",
    ),
    path(
        "foreningar/<uuid:key>/<str:district>/handling/<uuid:document>/",
        own.CheckDocumentView.as_view(),
        name="check-association-document",
    ),
    path(
        "foreningar/<uuid:key>/<str:district>/foretradare/ny/",
        own.NameRepresentativeView.as_view(),
        name="name-representative",
    ),
    path(
        "foreningar/<uuid:key>/<str:district>/foretradare/<uuid:person>/",
        own.EndRepresentativeView.as_view(),
        name="end-representative",
    ),
    path("foreningar/<uuid:key>/<str:district>/giro/nytt/", giro.RegisterGiroView.as_view(), name="register-giro"),
    path(
        "foreningar/<uuid:key>/<str:district>/giro/<uuid:account>/",
        giro.ConfirmGiroView.as_view(),
        name="confirm-giro",
    ),
]
