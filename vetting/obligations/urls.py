from django.urls import path

from vetting.obligations.views import held_up, plans

urlpatterns = [
    path("utskick/paminnelser/", held_up.ListHeldUpRemindersView.as_view(), name="list-held-up-reminders"),
    path("utskick/paminnelser/<uuid:key>/igen/", held_up.TakeUpReminderView.as_view(), name="take-up-reminder"),
    path("regler/paminnelser/", plans.ListReminderPlansView.as_view(), name="list-reminder-plans"),
    path("regler/paminnelser/<int:pk>/", plans.ShowReminderPlanView.as_view(), name="show-reminder-plan"),
    path("regler/paminnelser/<int:pk>/ny/", plans.DraftReminderPlanView.as_view(), name="draft-reminder-plan"),
    path(
        "regler/paminnelser/<int:pk>/publicera/", plans.PublishReminderPlanView.as_view(), name="publish-reminder-plan"
    ),
]
