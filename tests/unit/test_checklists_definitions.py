"""The shipped checklists against docs/domain.md §3, one row per question, to be reviewed beside the document."""

import re
from dataclasses import dataclass

import pytest

from checklists.definitions import TEMPLATES, shipped_content, shipped_definition
from checklists.rules.definition import AnsweredBy, Definition, LookedAt, Question
from checklists.rules.reading import DefinitionError, read_definition
from vetting.kernel.glossary import glossary
from vetting.kernel.workflow import Ground

DEFINITIONS = {template: shipped_definition(template) for template in TEMPLATES}
QUESTIONS = {question.code: question for one in DEFINITIONS.values() for question in one.questions}


@dataclass(frozen=True)
class Row:
    """What the document says. `stop`: the answer, the circumstances that stop, or none; `rule`: only if demanded.

    `to`: "answer or circumstance → whom". `see` and `calls`: the circumstance → question or procedure.
    """

    code: str
    subject: str
    star: bool
    adverse: str | None
    stop: str | tuple[str, ...] | None = None
    rule: str = ""
    to: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    spares: str = ""


def to(*entries: str) -> frozenset[str]:
    return frozenset(entries)


def on_doubt(*whom: str) -> frozenset[str]:
    """On the adverse answer and on oklart."""
    return frozenset(f"{answer} → {one}" for answer in ("ja", "oklart") for one in whom)


A, P, E = "association", "application", "event"
JA, NEJ = "ja", "nej"
ROWS = [
    Row("A1", A, True, NEJ, ("no_orgnr",), "orgnr_required", to("foundation_or_umbrella → unit_head")),
    Row("A2", A, False, NEJ, NEJ, to=to("continues_body_with_unpaid_reclaim → unit_head")),
    Row("A3", A, True, NEJ, ("statutes_missing",)),
    Row("A4", A, True, NEJ, NEJ, other=to("same_persons → see A10")),
    Row(
        "A5", A, False, NEJ, ("closed_on_discriminatory_ground",),
        to=to("separatist_with_legitimate_aim → unit_head"),
        spares="separatist_with_legitimate_aim → closed_on_discriminatory_ground",
    ),
    Row("A6", A, True, NEJ, ("not_authorised",), to=to("signs_for_other_applicant → unit_head")),
    Row("A7", A, True, NEJ, NEJ, to=to("changed_since_last_payment → second_person")),
    Row("A8", P, False, NEJ, ("deadline_passed",)),
    Row(
        "A9", P, True, NEJ, ("report_overdue", "debt_unpaid"), to=to("instalment_plan_kept → unit_head"),
        spares="instalment_plan_kept → debt_unpaid",
    ),
    Row(
        "A10", A, False, JA, ("bankruptcy_or_liquidation", "tax_debt"), "tax_debt_bars",
        to=to("related_party → unit_head"), other=to("related_party → in_depth"),
    ),
    Row("A11", P, True, JA, ("same_cost_twice",), other=to("joint_project → written_split")),
    Row(
        "A12", P, False, NEJ, ("worship_or_party_work_supported",), to=to("faith_body_social_activity → unit_head"),
        spares="faith_body_social_activity → worship_or_party_work_supported",
    ),
    Row(
        "A12a", A, True, NEJ, ("missing_in_statutes_after_completion",), "commitment_in_statutes",
        to("refuses_to_sign → unit_head", "refuses_to_sign → lawyer"),
    ),
    Row("A13", A, True, JA, ("shown",), to=on_doubt("coordinator", "unit_head")),
    Row("A14", A, True, JA, ("shown",), to=to("gender_separated → unit_head")),
    Row("A15", A, True, JA, ("shown",), to=to("invited_speaker → coordinator", "invited_speaker → lawyer")),
    Row("A16", A, True, JA, ("shown",), to=on_doubt("lawyer")),
    Row("A17", A, True, None),
    Row(
        "A18", A, True, JA, ("serious_and_not_ended",), "cooperation_clause",
        spares="shared_umbrella_only → serious_and_not_ended",
    ),
    Row("A19", A, False, NEJ, other=to("systematic_exclusion → see A14")),
    Row("A20", P, False, NEJ, NEJ, "safety_routines_required"),
    Row("A21", P, True, NEJ, NEJ, other=to("city_wide → refer")),
    Row("A22", P, True, NEJ, ("ineligible_costs_only",), to=to("over_cap → unit_head")),
    Row("A23", P, False, JA, ("over_ceiling",), to=on_doubt("lawyer")),
    Row("A24", P, True, None, NEJ, to=to("disputed → board")),
    Row("L1", E, True, NEJ, NEJ, to=to("front_suspected → coordinator", "front_suspected → unit_head")),
    Row(
        "L2", E, True, NEJ, to=to("content_withheld → unit_head"),
        other=to("outside_purposes → unavailable", "content_withheld → ask_again"),
    ),
    Row("L3", E, True, NEJ, to=to("not_covered_by_rules → lawyer"), other=to("not_accepted → unavailable")),
    Row("L4", E, True, None, to=to("differing_treatment → lawyer")),
    Row("L5", E, True, JA, ("concrete_and_current",), to=on_doubt("police", "lawyer")),
    Row("L6", E, True, JA, ("shown",), to=on_doubt("coordinator", "unit_head", "lawyer")),
    Row(
        "L7", E, True, JA, ("other_ground", "sex_or_age_exception_not_met"),
        to=to("separate_arrangement → unit_head", "separate_arrangement → lawyer"),
    ),
    Row("L8", E, True, NEJ, NEJ, to=to("nej → lawyer", "oklart → lawyer")),
    Row("L9", E, True, JA, ("nothing_milder",), to=on_doubt("unit_head", "police")),
    Row("L10", E, False, NEJ, ("no_answer_at_deadline",)),
    Row("L11", E, True, NEJ, ("consent_missing",)),
    Row("L12", E, False, NEJ, NEJ),
    Row("L13", E, False, JA, to=to("ja → lawyer")),
    Row("L14", E, True, NEJ),
    Row("L15", E, False, JA, JA, "special_circumstances_rules"),
    Row("L16", E, True, None, NEJ),
    Row("L17", E, False, JA, to=to("ja → unit_head")),
]  # fmt: skip

# The document's rules that name questions as lists.
OF_PRINCIPLE = {"A12a", "A13", "A14", "A15", "A16", "A17", "A18", "L5", "L6", "L7", "L8", "L9"}
NO_CONCRETE = {"A13", "A14", "A15", "A16", "A18", "L5", "L6", "L7"}
SYSTEM = {"A24", "L16"}
SPECIAL_REASONS = {"A13", "A14", "A15", "A16", "A18"}
EFFECTS = {"A24": "person", "L8": "refusal", "L16": "letter"}


def summary(question: Question, subject: str) -> Row:
    """The question in the words of the table."""
    stopping = tuple(one.code for one in question.circumstances if one.stops)
    rules = {one.rule for one in question.circumstances if one.rule} | {question.stop.rule if question.stop else ""}
    escalations = {f"{on} → {who}" for one in question.escalations for on in one.on for who in one.to}
    escalations |= {f"{one.code} → {who}" for one in question.circumstances for who in one.to}
    other = {f"{one.code} → see {one.see}" for one in question.circumstances if one.see}
    other |= {f"{one.code} → {one.calls_for}" for one in question.circumstances if one.calls_for}
    return Row(
        code=question.code,
        subject=subject,
        star=question.star,
        adverse=question.adverse,
        stop=(question.stop.on or stopping) if question.stop else None,
        rule="".join(rules),
        to=frozenset(escalations),
        other=frozenset(other),
        spares="".join(f"{one.code} → {spared}" for one in question.circumstances for spared in one.spares),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_question_says_what_the_document_says(row: Row) -> None:
    subject = next(one.subject for one in DEFINITIONS.values() if row.code in one.by_code)
    assert summary(QUESTIONS[row.code], subject) == row


def test_every_question_stands_in_the_table_once_and_in_one_checklist() -> None:
    assert [row.code for row in ROWS] == sorted({row.code for row in ROWS}, key=[row.code for row in ROWS].index)
    assert {row.code for row in ROWS} == set(QUESTIONS)
    assert len(QUESTIONS) == sum(len(one.questions) for one in DEFINITIONS.values()) == 25 + 17


@pytest.mark.parametrize(
    ("attribute", "codes"),
    [
        (lambda q: q.of_principle, OF_PRINCIPLE),
        (lambda q: q.no_concrete, NO_CONCRETE),
        (lambda q: q.answered_by == AnsweredBy.SYSTEM, SYSTEM),
        (lambda q: q.special_reasons, SPECIAL_REASONS),
        (lambda q: q.needs_evidence, NO_CONCRETE | {"L9"}),
        (lambda q: q.weighs, {"A17", "A19"}),
        (lambda q: q.weighs_rule, {"A19"}),
        (lambda q: q.asked_when.refusal_considered, {"L4", "L8", "L16"}),
        (lambda q: q.asked_when.departs_from_no, {"A17"}),
        (lambda q: q.aside, {"A20", "L17"}),
    ],
)
def test_lists_of_the_document(attribute, codes) -> None:
    assert {code for code, question in QUESTIONS.items() if attribute(question)} == codes


def test_special_rules_of_single_questions() -> None:
    assert QUESTIONS["A17"].asked_when.departs_from_no == {"A13", "A14", "A15", "A16", "A18"}
    assert QUESTIONS["A17"].own_words_on == {"ja", "nej", "oklart", "ej_tillampligt"}
    assert QUESTIONS["L4"].own_words_on == {"ja"}
    assert {code: q.stop.effect for code, q in QUESTIONS.items() if q.stop and q.stop.effect != "path"} == EFFECTS


def test_profiles_of_the_document() -> None:
    profiles = {
        (name, profile.code): set(profile.questions) for name, one in DEFINITIONS.items() for profile in one.profiles
    }
    assert profiles["event", "members_meeting"] == {"L1", "L3", "L11", "L12"}
    assert profiles["event", "after_event"] == {"L17"}
    assert profiles["event", "full"] == set(DEFINITIONS["event"].by_code) - {"L17"}
    assert profiles["association", "full"] == set(DEFINITIONS["association"].by_code)
    assert profiles["application", "full"] == set(DEFINITIONS["application"].by_code)
    assert profiles["association", "letting"] == {"A12a", "A13", "A14", "A15", "A16", "A17", "A18", "A19"}
    assert "A12" not in DEFINITIONS["association"].by_code  # never asked for a letting


def test_only_the_association_is_reused_and_for_twelve_months() -> None:
    assert {name: one.reuse_months for name, one in DEFINITIONS.items()} == {A: 12, P: 0, E: 0}


def test_no_letter_prints_the_opinion_sections() -> None:
    printed = [str(ground.text.sv) for q in QUESTIONS.values() for ground in q.grounds if ground.printed]
    assert not [text for text in printed if re.search(r"regeringsformen 2 kap\.|2011:65|förebild|vägledning", text)]
    l8 = [ground.text.sv for ground in QUESTIONS["L8"].grounds if ground.printed]
    assert l8 == ["regeringsformen 1 kap. 9 §", "förvaltningslagen 5 § andra stycket"]


def test_policy_is_never_dressed_as_law() -> None:
    """A municipality's democracy condition is policy; the state's ordinance is only a model (docs/domain.md §2.1)."""
    for code in ("A12a", "A13", "A14", "A15", "A16", "A17", "A18"):
        first = QUESTIONS[code].grounds[0]
        assert first.kind == Ground.POLICY
        assert not [g for g in QUESTIONS[code].grounds if g.kind == Ground.ORDINANCE and g.printed]


def texts(definition: Definition) -> list[tuple[str, str]]:
    found = []
    for question in definition.questions:
        every = [question.text, question.short, question.help, question.evidence, question.aside]
        every += [one.text for one in (*question.grounds, *question.circumstances, *question.escalations)]
        every += [question.stop.text] if question.stop else []
        found += [(text.sv, text.en) for text in every if text]
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_texts_are_whole_in_both_languages(template: str) -> None:
    for swedish, english in texts(DEFINITIONS[template]):
        assert swedish == swedish.strip() and english == english.strip() and swedish and english
        assert "  " not in swedish + english
        assert not re.search(r"\b(is|the|and|must)\b", swedish), swedish
        assert not re.search(r"\b(och|inte|föreningen)\b", english), english


def test_every_dotted_word_is_in_the_glossary() -> None:
    used = {g.term for q in QUESTIONS.values() for g in q.grounds if g.term}
    used |= {term for q in QUESTIONS.values() for text in (q.text, q.help) for term in text.terms()}
    assert len(used) > 15 and used <= set(glossary())


def test_terms_are_the_same_in_both_languages() -> None:
    for question in QUESTIONS.values():
        for text in (question.text, question.help):
            assert re.findall(r"\]\((\w+)\)", text.sv) == re.findall(r"\]\((\w+)\)", text.en), question.code


def test_no_question_asks_what_anyone_believes() -> None:
    asks = re.compile(
        r"\b(åsikt|tro|tror|religion|röst\w*|sympati\w*|etnicitet|politisk\w* (?:åsikt|uppfattning))\b", re.IGNORECASE
    )
    for question in QUESTIONS.values():
        assert not asks.search(str(question.text.sv)), question.code


class TestReading:
    """A file that is wrong is refused with the place and the reason."""

    @staticmethod
    def broken(change) -> str:
        content = shipped_content("association")
        change(content)
        with pytest.raises(DefinitionError) as error:
            read_definition(content)
        return str(error.value)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda c: c["questions"][0].update(adverce="nej"), "questions[A1].adverce: is not a known key"),
            (lambda c: c["questions"][0].update(section="odd"), "questions[A1].section: is not a section"),
            (lambda c: c["questions"][0].update(adverse="oklart"), "questions[A1].adverse: must be ja or nej"),
            (lambda c: c["questions"][0].update(star="yes"), "questions[A1].star: must be bool, is 'yes'"),
            (lambda c: c["questions"][0].update(code="A2"), "questions: A2 stands twice"),
            (lambda c: c["questions"][0].pop("text"), "questions[A1].text: is missing"),
            (lambda c: c["questions"][0]["text"].pop("en"), "questions[A1].text.en: is missing"),
            (lambda c: c["questions"][0].pop("stop"), "questions[A1].stop: is missing though a circumstance stops"),
            (lambda c: c["questions"][0]["grounds"][0].update(kind="sed"), "'sed' is not one of grundlag"),
            (lambda c: c["questions"][0]["circumstances"][0].update(rule="x"), "questions[A1].rule: is not one of"),
            (lambda c: c["questions"][0]["circumstances"][0].update(to=["boss"]), "'boss' is not one of unit_head"),
            (lambda c: c["questions"][0]["circumstances"][0].update(code="other"), "'other' is added by itself"),
            (lambda c: c["questions"][4]["circumstances"][1].update(spares=["x"]), "names what does not stop"),
            (
                lambda c: c["questions"][3]["circumstances"][0].update(see="A99"),
                "[same_persons].see: is not",
            ),
            (lambda c: c["questions"][2].update(no_concrete=True), "no_concrete: needs ja as adverse"),
            (lambda c: c["profiles"][0]["questions"].append("Q"), "profiles[full].questions: Q is not a question"),
            (
                lambda c: c["looked_at"].update(least=["rumours"]),
                "least: 'rumours' is not one of own_register",
            ),
            (lambda c: c.update(sections=[]), "sections: is missing"),
        ],
    )
    def test_refuses(self, change, said: str) -> None:
        assert said in self.broken(change)

    def test_other_is_added_where_one_must_be_named_and_none_may_fit(self) -> None:
        with_other = {code for code, q in QUESTIONS.items() if q.circumstance("other")}
        assert with_other == {"A1", "A3", "A5", "A6", "A9", "A10", "A11", "A12", "A12a", "L11"}

    def test_least_looked_at_is_the_register_and_the_papers(self) -> None:
        least = frozenset({LookedAt.OWN_REGISTER, LookedAt.PAPERS})
        assert DEFINITIONS["association"].least_looked_at == DEFINITIONS["event"].least_looked_at == least
