"""Addresses of the decisions room."""

from django.urls import path

from applications.decisions.views import board, decide, meetings, proposal, rules, track

urlpatterns = [
    path("arenden/<uuid:key>/beslut/", decide.ShowDecisionsView.as_view(), name="show-decisions"),
    path("arenden/<uuid:key>/beslut/forslag/", proposal.EditProposalView.as_view(), name="edit-proposal"),
    path("arenden/<uuid:key>/beslut/forslag/brev/", proposal.PreviewLetterView.as_view(), name="preview-letter"),
    path("arenden/<uuid:key>/beslut/fatta/", decide.DecideProposalView.as_view(), name="decide-proposal"),
    path("arenden/<uuid:key>/beslut/till-namnd/", board.SendToBoardView.as_view(), name="send-to-board"),
    path("arenden/<uuid:key>/beslut/bordlagg/", board.TableCaseView.as_view(), name="table-case"),
    path("arenden/<uuid:key>/beslut/namnd/", board.RegisterBoardDecisionView.as_view(), name="register-board-decision"),
    path(
        "arenden/<uuid:key>/beslut/namnd/kontroll/",
        board.RecordBoardDecisionView.as_view(),
        name="record-board-decision",
    ),
    path("beslut/<uuid:key>/brev/", decide.ShowLetterView.as_view(), name="show-letter"),
    path("beslut/<uuid:key>/tillkannagivande/", track.AnnounceDecisionView.as_view(), name="announce-decision"),
    path("beslut/<uuid:key>/nedtaget/", track.TakeDownNoticeView.as_view(), name="take-down-notice"),
    path("beslut/<uuid:key>/laga-kraft/", track.ConfirmFinalView.as_view(), name="confirm-final"),
    path("beslut/<uuid:key>/overklagande/", track.RegisterAppealView.as_view(), name="register-appeal"),
    path("beslut/<uuid:key>/domstol/", track.RegisterCourtView.as_view(), name="register-court"),
    path("namnd/", meetings.ListMeetingsView.as_view(), name="list-meetings"),
    path("namnd/nytt/", meetings.PlanMeetingView.as_view(), name="plan-meeting"),
    path("namnd/<uuid:key>/", meetings.ShowMeetingView.as_view(), name="show-meeting"),
    path("namnd/<uuid:key>/tillkannagivande/", track.AnnounceMeetingView.as_view(), name="announce-meeting"),
    path("regler/beslut/", rules.ListDecisionRulesView.as_view(), name="list-decision-rules"),
    path("regler/delegation/<int:pk>/", rules.ShowDelegationView.as_view(), name="show-delegation"),
    path("regler/delegation/<int:pk>/publicera/", rules.PublishDelegationView.as_view(), name="publish-delegation"),
    path("regler/brev/<int:pk>/", rules.ShowLetterTemplateView.as_view(), name="show-letter-template"),
    path("regler/brev/<int:pk>/godkann/", rules.SignLetterView.as_view(), name="sign-letter"),
    path("regler/brev/<int:pk>/publicera/", rules.PublishLetterView.as_view(), name="publish-letter"),
]
