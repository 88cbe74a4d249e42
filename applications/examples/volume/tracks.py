"""What runs beside the volume's cases: who has had them, and what was asked, awaited and answered. Set by set."""

from django.db import connection

ASSIGNMENTS = """
INSERT INTO cases_assignment (case_id, officer_id, since, assigned_by, at)
SELECT s.case_id, c.officer_id, s.at::date, s.actor, s.at
FROM volume_step s JOIN cases_case c ON c.id = s.case_id
WHERE s.action = 'register' AND c.officer_id IS NOT NULL
"""
# One row per side track entered, with what was asked as a payload of its own and when the track was left.
TRACKS = """
DROP TABLE IF EXISTS pg_temp.volume_track;
CREATE TEMP TABLE volume_track ON COMMIT DROP AS
SELECT s.case_id, s.action, s.at, s.at::date + 21 AS last_day, c.officer_id, d.code AS district, n.at AS ended_at,
       n.actor AS ended_by, gen_random_uuid() AS payload_id, uuid_send(gen_random_uuid()) AS salt,
       convert_to(CASE s.action
         WHEN 'ask_completion' THEN '{"items":["Revisionsberättelsen för förra året"]}'
         WHEN 'consult' THEN '{"acts":[],"circumstance":"En inbjuden talare nämns.","question":"Vad är känt?"}'
         ELSE '{"source":"Besök","text":"Lokalen uppges ha varit stängd i mars."}' END, 'UTF8') AS content,
       gen_random_uuid() AS answer_id, uuid_send(gen_random_uuid()) AS answer_salt,
       convert_to('{"note":"","received":[0]}', 'UTF8') AS answer
FROM volume_step s
JOIN cases_case c ON c.id = s.case_id JOIN accounts_district d ON d.id = c.district_id
LEFT JOIN volume_step n ON n.case_id = s.case_id AND n.turn = s.turn + 1
WHERE s.action IN ('ask_completion', 'consult', 'hear')
"""
PAYLOADS = """
INSERT INTO audit_payload (id, district, salt, content, at)
SELECT payload_id, district, salt, content, at FROM volume_track
UNION ALL
SELECT answer_id, district, answer_salt, answer, ended_at FROM volume_track
WHERE action = 'ask_completion' AND ended_at IS NOT NULL
"""
COMPLETIONS = """
INSERT INTO cases_completion (key, case_id, asked_at, asked_by_id, last_day, payload_id, commitment, ended_at, ended_as,
                              ended_by, arrived_on, answer_payload_id, answer_commitment)
SELECT gen_random_uuid(), case_id, at, officer_id, last_day, payload_id, encode(sha256(salt || content), 'hex'),
       ended_at, CASE WHEN ended_at IS NULL THEN '' ELSE 'whole' END, coalesce(ended_by, ''), ended_at::date,
       CASE WHEN ended_at IS NOT NULL THEN answer_id END,
       CASE WHEN ended_at IS NULL THEN '' ELSE encode(sha256(answer_salt || answer), 'hex') END
FROM volume_track WHERE action = 'ask_completion'
"""
CONSULTATIONS = """
INSERT INTO cases_consultation (key, case_id, asked_of, asked_name, asked_at, asked_by_id, last_day, payload_id,
                                commitment, ended_at, ended_as, ended_by, own_answer, answer_commitment)
SELECT gen_random_uuid(), case_id, 'coordinator', '', at, officer_id, last_day, payload_id,
       encode(sha256(salt || content), 'hex'), ended_at, CASE WHEN ended_at IS NULL THEN '' ELSE 'no_answer' END,
       coalesce(ended_by, ''), false, ''
FROM volume_track WHERE action = 'consult'
"""
HEARINGS = """
WITH begun AS (
  INSERT INTO cases_hearing (key, case_id, begun_at, begun_by_id, sent_on, last_day, ended_at, ended_as, ended_by,
                             waiver, waiver_commitment)
  SELECT gen_random_uuid(), case_id, at, officer_id, at::date, last_day, ended_at,
         CASE WHEN ended_at IS NULL THEN '' ELSE 'no_reply' END, coalesce(ended_by, ''), '', ''
  FROM volume_track WHERE action = 'hear'
  RETURNING id, case_id
)
INSERT INTO cases_hearingfact (key, hearing_id, position, evidence_key, payload_id, commitment, at)
SELECT gen_random_uuid(), begun.id, 1, '', t.payload_id, encode(sha256(t.salt || t.content), 'hex'), t.at
FROM begun JOIN volume_track t ON t.case_id = begun.case_id AND t.action = 'hear'
"""


def write_tracks() -> None:
    """After the steps of a set are written (`writer.write_steps`), in the same transaction."""
    with connection.cursor() as cursor:
        for statement in (ASSIGNMENTS, TRACKS, PAYLOADS, COMPLETIONS, CONSULTATIONS, HEARINGS):
            cursor.execute(statement)
