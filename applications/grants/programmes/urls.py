"""Addresses of programmes (stödformer) and calls (utlysningar)."""

from django.urls import path

from applications.grants.programmes.views import drafts, programmes, rounds

urlpatterns = [
    path("stodformer/", programmes.ListProgrammesView.as_view(), name="list-programmes"),
    path("stodformer/ny/", drafts.AddProgrammeView.as_view(), name="add-programme"),
    path("stodformer/<uuid:key>/", programmes.ShowProgrammeView.as_view(), name="show-programme"),
    path(
        "stodformer/<uuid:key>/version/<int:number>/",
        programmes.ShowProgrammeVersionView.as_view(),
        name="show-programme-version",
    ),
    path(
        "stodformer/<uuid:key>/version/<int:number>/hamta/",
        programmes.DownloadProgrammeVersionView.as_view(),
        name="download-programme-version",
    ),
    path(
        "stodformer/<uuid:key>/jamfor/",
        programmes.CompareProgrammeVersionsView.as_view(),
        name="compare-programme-versions",
    ),
    path("stodformer/<uuid:key>/utkast/ny/", drafts.StartProgrammeDraftView.as_view(), name="start-programme-draft"),
    path("stodformer/<uuid:key>/utkast/", drafts.EditProgrammeDraftView.as_view(), name="edit-programme-draft"),
    path("stodformer/<uuid:key>/utkast/text/", drafts.EditProgrammeTextView.as_view(), name="edit-programme-text"),
    path("stodformer/<uuid:key>/utkast/publicera/", drafts.PublishProgrammeView.as_view(), name="publish-programme"),
    path("stodformer/<uuid:key>/utlysning/ny/", rounds.AnnounceRoundView.as_view(), name="announce-round"),
    path("stodformer/utlysningar/", rounds.ListRoundsView.as_view(), name="list-rounds"),
    path("stodformer/utlysningar/<uuid:key>/", rounds.ShowRoundView.as_view(), name="show-round"),
    path("stodformer/utlysningar/<uuid:key>/andra/", rounds.ChangeRoundView.as_view(), name="change-round"),
    path("stodformer/utlysningar/<uuid:key>/stall-in/", rounds.CancelRoundView.as_view(), name="cancel-round"),
]
