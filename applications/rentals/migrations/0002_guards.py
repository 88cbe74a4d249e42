"""What must never happen to rooms and bookings, said to the database (docs/adr/0013; design §2.9, §7)."""

from django.db import migrations

# Half-open, finite, never empty. Two claims that stand never take a room at the same time: the backstop.
CLAIMS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE rentals_claim ADD CONSTRAINT rentals_claim_span CHECK (
  NOT isempty(span) AND lower_inc(span) AND NOT upper_inc(span) AND NOT lower_inf(span) AND NOT upper_inf(span)
  AND isfinite(lower(span)) AND isfinite(upper(span)));
ALTER TABLE rentals_claim ADD CONSTRAINT rentals_claim_alone
  EXCLUDE USING gist (room_id WITH =, span WITH &&) WHERE (released_at IS NULL);
CREATE INDEX rentals_claim_soft ON rentals_claim (held_until) WHERE released_at IS NULL AND held_until IS NOT NULL;
"""

# A claim is on a leaf, of its booking's venue; it is only ever released, once, and its hold moved.
CLAIM_RULES = """
CREATE FUNCTION rentals_claim_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE house bigint;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.booking_id, NEW.room_id, NEW.span) IS DISTINCT FROM
       (OLD.id, OLD.booking_id, OLD.room_id, OLD.span) THEN
      RAISE EXCEPTION 'claim % stays where and when it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.released_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
      RAISE EXCEPTION 'claim % is released and stays so', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT r.venue_id INTO house FROM rentals_room r JOIN rentals_booking b ON b.id = NEW.booking_id
    WHERE r.id = NEW.room_id AND r.venue_id = b.venue_id;
  IF house IS NULL THEN
    RAISE EXCEPTION 'room % is not in the venue of booking %', NEW.room_id, NEW.booking_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM rentals_venue WHERE id = house FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM rentals_room WHERE parent_id = NEW.room_id) THEN
    RAISE EXCEPTION 'room % has parts: the parts are claimed', NEW.room_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON rentals_claim FOR EACH ROW EXECUTE FUNCTION rentals_claim_rules();
ALTER TABLE rentals_claim ENABLE ALWAYS TRIGGER rules;
"""

# A room stays in its venue and its place in the tree; one with claims gets no parts.
ROOM_RULES = """
CREATE FUNCTION rentals_room_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above rentals_room%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.key, NEW.venue_id, NEW.parent_id) IS DISTINCT FROM
       (OLD.id, OLD.key, OLD.venue_id, OLD.parent_id) THEN
      RAISE EXCEPTION 'room % stays in its place', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.parent_id IS NULL THEN RETURN NEW; END IF;
  PERFORM 1 FROM rentals_venue WHERE id = NEW.venue_id FOR NO KEY UPDATE;
  SELECT * INTO above FROM rentals_room WHERE id = NEW.parent_id;
  IF above.venue_id IS DISTINCT FROM NEW.venue_id THEN
    RAISE EXCEPTION 'a part belongs to the same venue as its room' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM rentals_claim WHERE room_id = NEW.parent_id) THEN
    RAISE EXCEPTION 'room % has been claimed and cannot be divided', NEW.parent_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON rentals_room FOR EACH ROW EXECUTE FUNCTION rentals_room_rules();
ALTER TABLE rentals_room ENABLE ALWAYS TRIGGER rules;
"""

# Place, time, people and price are frozen when a booking is made.
BOOKING_RULES = """
CREATE FUNCTION rentals_booking_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - '{state,version}'::text[] <> to_jsonb(OLD) - '{state,version}'::text[] THEN
      RAISE EXCEPTION 'booking % keeps its place, time and price', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM rentals_room WHERE id = NEW.room_id AND venue_id = NEW.venue_id) THEN
    RAISE EXCEPTION 'room % is not in venue %', NEW.room_id, NEW.venue_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (SELECT status FROM rentals_tariffversion WHERE id = NEW.tariff_id) <> 'published' THEN
    RAISE EXCEPTION 'a booking needs a published tariff' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON rentals_booking FOR EACH ROW EXECUTE FUNCTION rentals_booking_rules();
ALTER TABLE rentals_booking ENABLE ALWAYS TRIGGER rules;
"""

# Terms and tariff: one in force at a time, published by a person who has not drafted it, frozen.
VERSIONS = """
ALTER TABLE rentals_termsversion ADD CONSTRAINT rentals_termsversion_one_in_force
  EXCLUDE USING gist (venue_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (status = 'published');
ALTER TABLE rentals_tariffversion ADD CONSTRAINT rentals_tariffversion_one_in_force
  EXCLUDE USING gist (district_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (status = 'published');
ALTER TABLE rentals_termsversion ADD CONSTRAINT rentals_termsversion_human_publishes
  CHECK (is_example OR published_by = '' OR published_by LIKE 'user:%');
ALTER TABLE rentals_tariffversion ADD CONSTRAINT rentals_tariffversion_human_publishes
  CHECK (is_example OR published_by = '' OR published_by LIKE 'user:%');
SELECT vetting_keep('rentals_termsversion');
SELECT vetting_keep('rentals_tariffversion');
SELECT vetting_freeze_published('rentals_termsversion');
SELECT vetting_freeze_published('rentals_tariffversion');
"""

KEPT = """
SELECT vetting_guard_state('rentals_booking', 'booking');
SELECT vetting_keep('rentals_claim');
SELECT vetting_keep('rentals_venue');
SELECT vetting_keep('rentals_room');
SELECT vetting_keep('rentals_venueofficer');
SELECT vetting_keep('rentals_rentalapplication');
SELECT vetting_append_only('rentals_bookingnote');
SELECT vetting_append_only('rentals_unavailable');
SELECT vetting_append_only('rentals_cancellation');
SELECT vetting_append_only('rentals_confirmation');
SELECT vetting_append_only('rentals_confirmationfile');
"""


class Migration(migrations.Migration):
    dependencies = [("rentals", "0001_initial"), ("cases", "0002_guards"), ("kernel", "0002_what_stands")]
    operations = [
        migrations.RunSQL(CLAIMS, migrations.RunSQL.noop),
        migrations.RunSQL(CLAIM_RULES, migrations.RunSQL.noop),
        migrations.RunSQL(ROOM_RULES, migrations.RunSQL.noop),
        migrations.RunSQL(BOOKING_RULES, migrations.RunSQL.noop),
        migrations.RunSQL(VERSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
