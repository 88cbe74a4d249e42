"""What the room keeps: venues with rooms, terms and tariff as versions, applications, bookings and their claims."""

from applications.rentals.models.application import (
    CIRCUMSTANCES,
    OPENNESS_LABELS,
    PERMIT_LABELS,
    UNAVAILABLE_LABELS,
    Cancellation,
    Openness,
    Permits,
    RentalApplication,
    Unavailable,
    UnavailableBecause,
    Wish,
)
from applications.rentals.models.booking import Booking, BookingNote, Claim
from applications.rentals.models.confirmation import Confirmation, ConfirmationFile
from applications.rentals.models.venues import OpeningHours, Room, Venue, VenueOfficer
from applications.rentals.models.versions import TariffVersion, TermsVersion

__all__ = [
    "CIRCUMSTANCES",
    "OPENNESS_LABELS",
    "PERMIT_LABELS",
    "UNAVAILABLE_LABELS",
    "Booking",
    "BookingNote",
    "Cancellation",
    "Claim",
    "Confirmation",
    "ConfirmationFile",
    "OpeningHours",
    "Openness",
    "Permits",
    "RentalApplication",
    "Room",
    "TariffVersion",
    "TermsVersion",
    "Unavailable",
    "UnavailableBecause",
    "Venue",
    "VenueOfficer",
    "Wish",
]
