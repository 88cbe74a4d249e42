"""Addresses of the rentals room."""

from django.urls import path

from applications.rentals.views import answers, bookings, calendar, intake, rules, venues

CASE = "arenden/<uuid:key>/"
urlpatterns = [
    path("lokaler/", calendar.ShowCalendarView.as_view(), name="show-calendar"),
    path("lokaler/lista/", venues.ListVenuesView.as_view(), name="list-venues"),
    path("lokaler/ny/", venues.AddVenueView.as_view(), name="add-venue"),
    path("lokaler/taxa/", rules.ListTariffsView.as_view(), name="list-tariffs"),
    path("lokaler/taxa/utkast/<str:district>/", rules.DraftTariffView.as_view(), name="draft-tariff"),
    path("lokaler/taxa/<uuid:key>/publicera/", rules.PublishTariffView.as_view(), name="publish-tariff"),
    path("lokaler/villkor/<uuid:key>/", rules.ShowTermsView.as_view(), name="show-terms"),
    path("lokaler/villkor/<uuid:key>/publicera/", rules.PublishTermsView.as_view(), name="publish-terms"),
    path("lokaler/rum/<uuid:key>/", venues.EditRoomView.as_view(), name="edit-room"),
    path("lokaler/<uuid:key>/", venues.ShowVenueView.as_view(), name="show-venue"),
    path("lokaler/<uuid:key>/andra/", venues.EditVenueView.as_view(), name="edit-venue"),
    path("lokaler/<uuid:key>/rum/", venues.AddRoomView.as_view(), name="add-room"),
    path("lokaler/<uuid:key>/personal/", venues.NameOfficersView.as_view(), name="name-officers"),
    path("lokaler/<uuid:key>/villkor/", rules.DraftTermsView.as_view(), name="draft-terms"),
    path("lokaler/<uuid:key>/forfragan/", intake.NewRentalView.as_view(), name="new-rental"),
    path("lokaler/<uuid:key>/forfragan/person/", intake.EnterPersonRentalView.as_view(), name="enter-person-rental"),
    path("lokaler/<uuid:key>/forfragan/<uuid:association>/", intake.EnterRentalView.as_view(), name="enter-rental"),
    path(f"{CASE}bokning/", bookings.ShowBookingsView.as_view(), name="show-bookings"),
    path(f"{CASE}bokning/andra/", intake.EditRentalView.as_view(), name="edit-rental"),
    path(f"{CASE}bokning/reservera/", answers.ReserveSlotsView.as_view(), name="reserve-slots"),
    path(f"{CASE}bokning/igen/", answers.ReserveAgainView.as_view(), name="reserve-again"),
    path(f"{CASE}bokning/otillganglig/", answers.AnswerUnavailableView.as_view(), name="answer-unavailable"),
    path(f"{CASE}bokning/bekrafta/", answers.ConfirmBookingView.as_view(), name="confirm-booking"),
    path(f"{CASE}bokning/bekrafta-provad/", answers.ConfirmReviewedView.as_view(), name="confirm-reviewed"),
    path(f"{CASE}bokning/avboka/", answers.CancelBookingView.as_view(), name="cancel-booking"),
    path("bokningar/<uuid:key>/<slug:action>/", bookings.TakeBookingStepView.as_view(), name="take-booking-step"),
    path("bekraftelser/<uuid:key>/", bookings.ShowConfirmationView.as_view(), name="show-confirmation"),
]
