"""Addresses of the cases room. The case's own page is the desk's."""

from django.urls import path

from applications.cases.views import (
    assigning,
    completion,
    consultation,
    hearing,
    jav,
    own_answer,
    papers,
    reminders,
    steps,
)

CASE = "arenden/<uuid:key>/"
urlpatterns = [
    path("arenden/tilldela/", assigning.AssignCasesView.as_view(), name="assign-cases"),
    path(f"{CASE}steg/<slug:action>/", steps.TakeStepView.as_view(), name="take-step"),
    path(f"{CASE}handelser/", steps.ShowCaseEventsView.as_view(), name="show-case-events"),
    path(f"{CASE}paminnelser/", reminders.ShowRemindersView.as_view(), name="show-reminders"),
    path(f"{CASE}jav/", jav.DeclareJavView.as_view(), name="declare-jav"),
    path(f"{CASE}jav/<uuid:person>/", jav.RuleOnJavView.as_view(), name="rule-on-jav"),
    path(f"{CASE}handlaggare/", papers.AssignOfficerView.as_view(), name="assign-officer"),
    path(f"{CASE}lanka/", papers.LinkCaseView.as_view(), name="link-case"),
    path(f"{CASE}komplettering/begar/", completion.AskCompletionView.as_view(), name="ask-completion"),
    path(f"{CASE}komplettering/registrera/", completion.RegisterCompletionView.as_view(), name="register-completion"),
    path(f"{CASE}samrad/", consultation.ShowConsultationsView.as_view(), name="show-consultations"),
    path(f"{CASE}samrad/begar/", consultation.AskConsultationView.as_view(), name="ask-consultation"),
    path(f"{CASE}samrad/svar/", consultation.AnswerConsultationView.as_view(), name="answer-consultation"),
    path(f"{CASE}kommunicering/", hearing.ShowHearingsView.as_view(), name="show-hearings"),
    path(f"{CASE}kommunicering/skicka/", hearing.StartHearingView.as_view(), name="start-hearing"),
    path(f"{CASE}kommunicering/svar/", hearing.RegisterRepliesView.as_view(), name="register-replies"),
    path(f"{CASE}kommunicering/avsluta/", hearing.EndHearingView.as_view(), name="end-hearing"),
    path(f"{CASE}kommunicering/utan-svar/", hearing.WaiveRunningView.as_view(), name="waive-running-hearing"),
    path(f"{CASE}kommunicering/utan/", hearing.WaiveHearingView.as_view(), name="waive-hearing"),
    path(f"{CASE}kommunicering/<uuid:hearing>/kommentar/", hearing.CommentFactsView.as_view(), name="comment-facts"),
    path(f"{CASE}handlingar/", papers.ShowDocumentsView.as_view(), name="show-documents"),
    path(f"{CASE}handlingar/ny/", papers.AddDocumentView.as_view(), name="add-document"),
    path(f"{CASE}anteckningar/ny/", papers.WriteNoteView.as_view(), name="write-note"),
    path(f"{CASE}anteckningar/<uuid:note>/", papers.ReadNoteView.as_view(), name="read-note"),
    path(f"{CASE}anteckningar/<uuid:note>/svar/", papers.AnswerNoteView.as_view(), name="answer-note"),
    path("samrad/", own_answer.ShowMyConsultationsView.as_view(), name="show-my-consultations"),
    path("samrad/<uuid:key>/", own_answer.GiveAnswerView.as_view(), name="give-answer"),
]
