"""Addresses of the payments."""

from django.urls import path

from applications.grants.payments.views import around, listing, show, steps

urlpatterns = [
    path("utbetalningar/", listing.ListPaymentsView.as_view(), name="list-payments"),
    path("arenden/<uuid:key>/utbetalning/", show.ShowPaymentsView.as_view(), name="show-payments"),
    path("arenden/<uuid:key>/aterbetalning/", around.RegisterRepaymentView.as_view(), name="register-repayment"),
    path("aterbetalning/<uuid:key>/ratta/", around.UndoRepaymentView.as_view(), name="undo-repayment"),
    path("utbetalning/villkor/<uuid:key>/", around.MeetConditionView.as_view(), name="meet-payment-condition"),
    path("utbetalning/<uuid:key>/attestera/", steps.CertifyPaymentView.as_view(), name="certify-payment"),
    path("utbetalning/<uuid:key>/betala-ut/", steps.ReleasePaymentView.as_view(), name="release-payment"),
    path("utbetalning/<uuid:key>/betald/", steps.ConfirmPaymentView.as_view(), name="confirm-payment"),
    path("utbetalning/<uuid:key>/misslyckad/", steps.FailPaymentView.as_view(), name="fail-payment"),
    path("utbetalning/<uuid:key>/planera-om/", steps.PlanPaymentAgainView.as_view(), name="plan-payment-again"),
    path("utbetalning/<uuid:key>/hall-inne/", steps.HoldPaymentView.as_view(), name="hold-payment"),
    path("utbetalning/<uuid:key>/slapp/", steps.ResumePaymentView.as_view(), name="resume-payment"),
    path("utbetalning/<uuid:key>/stall-in/", steps.CancelPaymentView.as_view(), name="cancel-payment"),
]
