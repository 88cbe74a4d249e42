from django.urls import path

from vetting.obligations.views import ListHeldUpRemindersView, TakeUpReminderView

urlpatterns = [
    path("utskick/paminnelser/", ListHeldUpRemindersView.as_view(), name="list-held-up-reminders"),
    path("utskick/paminnelser/<uuid:key>/igen/", TakeUpReminderView.as_view(), name="take-up-reminder"),
]
