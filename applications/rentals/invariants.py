"""What must hold of rooms and bookings over the whole database, set-wise: one sentence per breach (trust F4)."""

from collections.abc import Callable, Iterable

from applications.cases.invariants import rows


def no_two_claims_overlap() -> Iterable[str]:
    """No two claims that stand take the same room at the same time."""
    query = """
        SELECT a.id, b.id, a.room_id FROM rentals_claim a JOIN rentals_claim b
          ON b.room_id = a.room_id AND b.id > a.id AND b.span && a.span AND b.released_at IS NULL
        WHERE a.released_at IS NULL
    """
    for first, second, room in rows(query):
        yield f"room {room}: claims {first} and {second} overlap"


def claims_fit_the_booking() -> Iterable[str]:
    """A booking claims every leaf of its room for its whole time; none is left when it is released; booked is firm."""
    query = """
        WITH RECURSIVE below AS (
          SELECT b.id AS booking, b.room_id AS room FROM rentals_booking b
          UNION ALL SELECT w.booking, r.id FROM rentals_room r JOIN below w ON r.parent_id = w.room
        ), leaves AS (
          SELECT booking, count(*) AS many FROM below w
          WHERE NOT EXISTS (SELECT 1 FROM rentals_room r WHERE r.parent_id = w.room) GROUP BY booking
        ), claims AS (
          SELECT booking_id, count(*) AS many, count(*) FILTER (WHERE released_at IS NULL) AS standing,
                 count(*) FILTER (WHERE released_at IS NULL AND held_until IS NOT NULL) AS soft
          FROM rentals_claim GROUP BY booking_id
        )
        SELECT b.id, b.state, l.many, coalesce(c.many, 0), coalesce(c.standing, 0), coalesce(c.soft, 0)
        FROM rentals_booking b JOIN leaves l ON l.booking = b.id LEFT JOIN claims c ON c.booking_id = b.id
        WHERE coalesce(c.many, 0) <> l.many
           OR (b.state IN ('cancelled', 'lapsed', 'released') AND c.standing > 0)
           OR (b.state NOT IN ('claimed', 'cancelled', 'lapsed', 'released') AND (c.standing <> l.many OR c.soft > 0))
    """
    for pk, state, leaves, many, standing, soft in rows(query):
        yield f"booking {pk} is {state}: {many} claims of {leaves} rooms, {standing} stand, {soft} of them soft"


def claims_cover_the_event() -> Iterable[str]:
    """A claim begins with its event and ends no earlier."""
    query = """
        SELECT c.id, c.booking_id FROM rentals_claim c JOIN rentals_booking b ON b.id = c.booking_id
        WHERE lower(c.span) <> b.begins OR upper(c.span) < b.ends
    """
    for claim, booking in rows(query):
        yield f"claim {claim} does not cover booking {booking}"


def bookings_fit_the_case() -> Iterable[str]:
    """A confirmed case has a booking; one that ended otherwise, or is closed, has none that is still open."""
    query = """
        SELECT c.id, c.state, count(b.id), count(b.id) FILTER (
          WHERE b.state NOT IN ('done', 'no_show', 'cancelled', 'lapsed', 'released'))
        FROM cases_case c LEFT JOIN rentals_booking b ON b.case_id = c.id WHERE c.kind = 'rental'
        GROUP BY c.id, c.state
        HAVING (c.state = 'confirmed' AND count(b.id) = 0)
            OR (c.state IN ('unavailable', 'refused', 'withdrawn', 'lapsed', 'cancelled', 'revoked', 'closed')
                AND count(b.id) FILTER (
                  WHERE b.state NOT IN ('done', 'no_show', 'cancelled', 'lapsed', 'released')) > 0)
    """
    for pk, state, many, still in rows(query):
        yield f"case {pk} is {state} with {many} bookings, {still} of them open"


INVARIANTS: dict[str, Callable[[], Iterable[str]]] = {
    "rentals.no_two_claims_overlap": no_two_claims_overlap,
    "rentals.claims_fit_the_booking": claims_fit_the_booking,
    "rentals.claims_cover_the_event": claims_cover_the_event,
    "rentals.bookings_fit_the_case": bookings_fit_the_case,
}
