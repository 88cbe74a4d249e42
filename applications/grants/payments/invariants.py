"""What must hold over all payments at any time: read by `check_invariants` (design: §2.9, §8)."""

from collections.abc import Iterable

from applications.cases.invariants import rows


def sums_are_the_rows() -> Iterable[str]:
    """The sums of a grant are those of its rows, and what is bound is within what is granted."""
    query = """
        SELECT s.case_id, s.granted, s.paid, s.repaid, p.paid, p.bound, r.repaid
        FROM grants_grantsums s
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE state = 'paid'), 0) AS paid,
                                   coalesce(sum(amount) FILTER (WHERE state IN ('released', 'paid')), 0) AS bound
                            FROM grants_payment WHERE case_id = s.case_id) p
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS repaid
                            FROM grants_repayment WHERE case_id = s.case_id) r
        WHERE s.paid <> p.paid OR s.repaid <> r.repaid OR p.bound > s.granted
           OR s.repaid + s.reclaimed + s.waived > s.paid
    """
    for case, granted, paid, repaid, rows_paid, bound, rows_repaid in rows(query):
        yield (
            f"case {case}: sums say granted {granted}, paid {paid}, repaid {repaid}; "
            f"rows say paid {rows_paid}, paid and on their way {bound}, repaid {rows_repaid}"
        )


def grants_have_their_sums() -> Iterable[str]:
    """Every grant decided with a sum has its sums, and the ceiling is no less than the decision in force says."""
    query = """
        SELECT d.case_id, d.amount, s.granted FROM decisions_decisiontrack t
        JOIN decisions_decision d ON d.id = t.decision_id JOIN cases_case c ON c.id = d.case_id AND c.kind = 'grant'
        LEFT JOIN grants_grantsums s ON s.case_id = d.case_id
        WHERE t.matter = 'main' AND t.state NOT IN ('annulled', 'corrected') AND d.amount IS NOT NULL
          AND (s.granted IS NULL OR s.granted < d.amount)
    """
    for case, amount, granted in rows(query):
        yield f"case {case}: the decision in force grants {amount}, the sums say {granted}"


def two_people_paid() -> Iterable[str]:
    """Certifier and releaser are two persons, also by the state rows of each payment's last round."""
    query = """
        SELECT p.id FROM grants_payment p
        CROSS JOIN LATERAL (SELECT actor FROM cases_statechange WHERE subject_type = 'payment' AND subject_id = p.id
                            AND action = 'certify' ORDER BY version DESC LIMIT 1) c
        CROSS JOIN LATERAL (SELECT actor FROM cases_statechange WHERE subject_type = 'payment' AND subject_id = p.id
                            AND action = 'release' ORDER BY version DESC LIMIT 1) r
        WHERE p.state IN ('released', 'paid') AND (p.certified_by_id = p.released_by_id OR c.actor = r.actor)
    """
    for (pk,) in rows(query):
        yield f"payment {pk}: certified and released by the same person"


def paid_to_the_associations_giro() -> Iterable[str]:
    """Money went to a giro of the case's own association that a second person had confirmed."""
    query = """
        SELECT p.id FROM grants_payment p JOIN cases_case c ON c.id = p.case_id
        JOIN associations_giroaccount g ON g.id = p.giro_id
        WHERE p.state IN ('certified', 'released', 'paid')
          AND (g.association_id IS DISTINCT FROM c.association_id OR g.confirmed_at IS NULL)
    """
    for (pk,) in rows(query):
        yield f"payment {pk}: its giro is not a confirmed one of the case's association"


INVARIANTS = {
    "payments.sums_are_the_rows": sums_are_the_rows,
    "payments.grants_have_their_sums": grants_have_their_sums,
    "payments.two_people_paid": two_people_paid,
    "payments.paid_to_the_associations_giro": paid_to_the_associations_giro,
}
