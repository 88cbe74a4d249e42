from django.urls import path

from vetting.outbox.views import ListParkedMessagesView, RetryMessagesView, SettleMessageView

urlpatterns = [
    path("utskick/", ListParkedMessagesView.as_view(), name="list-parked-messages"),
    path("utskick/igen/", RetryMessagesView.as_view(), name="retry-messages"),
    path("utskick/<uuid:key>/", SettleMessageView.as_view(), name="settle-message"),
]
