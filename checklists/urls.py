"""Addresses of the review page, below the host it is shown in."""

from django.urls import include, path

from checklists.views import answers, evidence, measures, page, signing

hosted = [
    path("", page.ShowReviewView.as_view(), name="show-review"),
    path("svar/<uuid:review>/<slug:question>/", answers.AnswerQuestionView.as_view(), name="answer-question"),
    path("bekrafta/", answers.ConfirmAnswersView.as_view(), name="confirm-answers"),
    path("underlag/<uuid:review>/<slug:question>/", evidence.AddEvidenceView.as_view(), name="add-evidence"),
    path("underlag/<uuid:evidence>/", evidence.NoteEvidenceView.as_view(), name="note-evidence"),
    path("lyft/<uuid:review>/<slug:question>/", measures.EscalateQuestionView.as_view(), name="escalate-question"),
    path("lyft/<uuid:escalation>/", measures.AnswerEscalationView.as_view(), name="answer-escalation"),
    path(
        "sarskilda-skal/<uuid:review>/<slug:question>/",
        measures.TrySpecialReasonsView.as_view(),
        name="try-special-reasons",
    ),
    path("overvag-nej/", measures.ConsiderRefusalView.as_view(), name="consider-refusal"),
    path("klar/", signing.CompleteReviewView.as_view(), name="complete-review"),
    path("oppna-igen/", signing.ReopenReviewView.as_view(), name="reopen-review"),
]

urlpatterns = [path("granskning/<slug:host>/<uuid:key>/", include(hosted))]
