"""What a review says, rule by rule (docs/domain.md §3), then for any combination of answers."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.definitions import TEMPLATES, shipped_definition
from checklists.rules.definition import Lane, LookedAt, Procedure, Question, StopEffect, Target, Value
from checklists.rules.findings import Doubt, EscalationState, Open, SecondReading, Verdict
from checklists.rules.progress import Mark, progress
from checklists.rules.review import (
    AnswerView,
    EscalationView,
    EvidenceView,
    PrefillView,
    ReviewView,
    SpecialReasonsView,
)
from checklists.rules.verdict import verdict

DEFINITIONS = {template: shipped_definition(template) for template in TEMPLATES}
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
LOOKED = frozenset({LookedAt.OWN_REGISTER, LookedAt.PAPERS})
FLAGS = {name: frozenset(flag.code for flag in one.rule_flags) for name, one in DEFINITIONS.items()}


def ordinary(question: Question, at: datetime = NOON) -> AnswerView:
    """The answer 99 associations of 100 get."""
    value = question.expected or Value.YES
    looked_at = LOOKED if question.no_concrete else frozenset()
    return AnswerView(question.code, value, at, at, looked_at=looked_at)


def review(template: str = "association", profile: str = "full", **changes) -> ReviewView:
    """A review where every question asked is answered as expected."""
    definition = DEFINITIONS[template]
    answers = {question.code: ordinary(question) for question in definition.questions}
    base = ReviewView(
        definition=definition,
        asked=frozenset(definition.profile(profile).questions),
        least_looked_at=definition.least_looked_at,
        answers={code: one for code, one in answers.items() if definition.by_code[code].answered_by == "person"},
        system={code: one for code, one in answers.items() if definition.by_code[code].answered_by == "system"},
    )
    return replace(base, **changes)


def answering(base: ReviewView, code: str, value: str, *circumstances: str, at: datetime = NOON, **more) -> ReviewView:
    answer = AnswerView(code, Value(value), at, more.pop("since", at), frozenset(circumstances), **more)
    return replace(base, answers={**base.answers, code: answer})


def escalated(base: ReviewView, code: str, *to: str, answered: bool = True, at: datetime = NOON) -> ReviewView:
    made = tuple(EscalationView(code, Target(one), at, answered) for one in to)
    return replace(base, escalations=(*base.escalations, *made))


def doubts(said: Verdict, code: str) -> set[Doubt]:
    return {one.doubt for one in said.doubts(code)}


class TestOrdinary:
    @pytest.mark.parametrize("template", TEMPLATES)
    def test_passes_with_nothing_to_see(self, template: str) -> None:
        said = verdict(review(template))
        assert said.complete and not said.two_readers and not said.hearing_owed
        assert not (said.adverse or said.blocks or said.escalations or said.calls_for or said.special_reasons)

    def test_the_weighing_question_is_not_asked_of_an_ordinary_association(self) -> None:
        assert "A17" not in verdict(review()).asked

    def test_refusal_questions_are_not_asked_of_an_ordinary_event(self) -> None:
        assert set(verdict(review("event")).asked) == {f"L{n}" for n in range(1, 16)} - {"L4", "L8"}

    def test_a_members_meeting_is_asked_four_questions(self) -> None:
        assert verdict(review("event", "members_meeting")).asked == ("L1", "L3", "L11", "L12")


class TestOpen:
    def test_missing(self) -> None:
        base = review()
        answers = {code: one for code, one in base.answers.items() if code != "A5"}
        assert verdict(replace(base, answers=answers)).open == (Open("A5", Doubt.MISSING),)

    def test_a_prefill_is_no_answer_until_confirmed(self) -> None:
        base = review()
        answers = {code: one for code, one in base.answers.items() if code != "A7"}
        base = replace(base, answers=answers, prefills={"A7": PrefillView("A7", Value.YES, NOON)})
        assert verdict(base).open == (Open("A7", Doubt.UNCONFIRMED),)

    @pytest.mark.parametrize(("value", "opens"), [("nej", True), ("ja", False)])
    def test_the_register_says_otherwise_since(self, value: str, opens: bool) -> None:
        later = PrefillView("A7", Value(value), NOON + timedelta(days=1))
        assert (Doubt.UNCONFIRMED in doubts(verdict(review(prefills={"A7": later})), "A7")) is opens

    def test_a_fact_older_than_the_answer_is_settled(self) -> None:
        earlier = PrefillView("A7", Value.NO, NOON - timedelta(days=1))
        assert verdict(review(prefills={"A7": earlier})).complete

    def test_the_system_waits_for_its_rows(self) -> None:
        assert verdict(review("application", system={})).open == (Open("A24", Doubt.SYSTEM_WAITS),)

    def test_too_little_was_looked_at(self) -> None:
        said = verdict(answering(review(), "A13", "nej", looked_at=frozenset({LookedAt.OWN_SITE})))
        assert said.open == (Open("A13", Doubt.LOOKED_AT),)

    def test_nothing_more_is_not_something(self) -> None:
        nothing = frozenset({LookedAt.NOTHING_MORE})
        base = answering(review(least_looked_at=frozenset()), "A13", "nej", looked_at=nothing)
        assert verdict(base).open == (Open("A13", Doubt.LOOKED_AT),)

    def test_an_adverse_answer_with_several_meanings_must_name_one(self) -> None:
        base = answering(review("application"), "A9", "nej", has_own_words=True)
        assert verdict(base).open == (Open("A9", Doubt.UNNAMED),)
        assert verdict(answering(base, "A9", "nej", "report_under_review")).complete
        assert verdict(answering(base, "A9", "nej", "other")).complete

    def test_for_acts_somebody_must_say_whether_it_is_shown(self) -> None:
        base = escalated(answering(review(), "A14", "ja", "gender_separated"), "A14", "unit_head")
        base = answering(base, "A17", "ja")
        assert verdict(base).open == (Open("A14", Doubt.UNNAMED),)

    def test_same_persons_leads_to_a10(self) -> None:
        later = NOON + timedelta(hours=1)
        base = answering(review(), "A4", "ja", "same_persons", at=later)
        assert verdict(base).open == (Open("A4", Doubt.SEE, "A10"),)
        assert verdict(answering(base, "A10", "nej", at=later)).complete


class TestUnclear:
    def test_on_a_starred_question_is_never_passed_silently(self) -> None:
        assert doubts(verdict(answering(review(), "A6", "oklart", has_own_words=True)), "A6") == {Doubt.UNCLEAR}

    def test_an_escalation_must_be_answered(self) -> None:
        base = answering(review(), "A6", "oklart")
        assert doubts(verdict(escalated(base, "A6", "unit_head", answered=False)), "A6") == {Doubt.ESCALATION}
        assert verdict(escalated(base, "A6", "unit_head")).complete

    def test_an_old_escalation_does_not_settle_a_new_doubt(self) -> None:
        base = escalated(review(), "A6", "unit_head", at=NOON - timedelta(days=9))
        assert doubts(verdict(answering(base, "A6", "oklart")), "A6") == {Doubt.UNCLEAR}

    def test_without_a_star_it_needs_only_own_words(self) -> None:
        assert verdict(answering(review(), "A2", "oklart", has_own_words=True)).complete


class TestWeighing:
    @pytest.mark.parametrize("code", ["A13", "A14", "A15", "A16", "A18"])
    @pytest.mark.parametrize("value", ["ja", "oklart", "ej_tillampligt"])
    def test_a17_is_asked_when_one_of_them_is_not_nej(self, code: str, value: str) -> None:
        base = answering(review(), code, value)
        del base.answers["A17"]  # type: ignore[attr-defined]
        said = verdict(base)
        assert "A17" in said.asked and Doubt.MISSING in doubts(said, "A17")

    def test_a17_weighs_whatever_its_answer(self) -> None:
        base = answering(review(), "A13", "ja", "not_shown")
        assert verdict(answering(base, "A17", "nej")).weigh == ("A17",)

    def test_a19_weighs_only_where_the_programme_says_so(self) -> None:
        base = answering(review(), "A19", "nej")
        assert verdict(base).weigh == ()
        assert verdict(replace(base, rule_flags=frozenset({"equality_weighed"}))).weigh == ("A19",)
        assert verdict(base).blocks == ()


def adverse_everywhere(template: str) -> list[tuple[str, str, str]]:
    """Every way a stop can be met: question, answer, circumstance."""
    found = []
    for question in DEFINITIONS[template].questions:
        if question.stop and question.stop.on and question.answered_by == "person":
            found.append((question.code, question.stop.on.value, ""))
        found += [(question.code, question.adverse, one.code) for one in question.circumstances if one.stops]
    return found


class TestStops:
    @pytest.mark.parametrize(
        ("template", "code", "value", "circumstance"),
        [(template, *one) for template in TEMPLATES for one in adverse_everywhere(template)],
    )
    def test_each_stop_of_the_document_stops(self, template: str, code: str, value: str, circumstance: str) -> None:
        base = review(template, rule_flags=FLAGS[template], refusal_considered=True)
        said = verdict(answering(base, code, value, *([circumstance] if circumstance else [])))
        assert [(block.question, block.circumstance) for block in said.blocks] == [(code, circumstance)]

    @pytest.mark.parametrize("template", TEMPLATES)
    def test_adverse_alone_never_stops_where_a_circumstance_is_asked(self, template: str) -> None:
        for question in DEFINITIONS[template].questions:
            if question.adverse and (question.stop is None or question.stop.on is None):
                every = frozenset(DEFINITIONS[template].by_code)
                base = review(template, asked=every, rule_flags=FLAGS[template], refusal_considered=True)
                said = verdict(answering(base, question.code, question.adverse))
                assert said.blocks == () and said.adverse == (question.code,)

    @pytest.mark.parametrize(
        ("template", "code", "value", "circumstance"),
        [
            ("association", "A1", "nej", "no_orgnr"),
            ("association", "A10", "ja", "tax_debt"),
            ("association", "A12a", "nej", "missing_in_statutes_after_completion"),
            ("association", "A18", "ja", "serious_and_not_ended"),
            ("application", "A20", "nej", ""),
            ("event", "L15", "ja", ""),
        ],
    )
    def test_some_stop_only_where_the_rule_demands_it(self, template, code, value, circumstance) -> None:
        base = answering(review(template), code, value, *([circumstance] if circumstance else []))
        assert verdict(base).blocks == ()

    def test_a_legitimate_separatist_group_is_no_stop(self) -> None:
        base = answering(review(), "A5", "nej", "closed_on_discriminatory_ground", "separatist_with_legitimate_aim")
        said = verdict(base)
        assert said.blocks == () and [due.to for due in said.escalations] == [Target.UNIT_HEAD]

    def test_a_shared_umbrella_alone_is_no_stop(self) -> None:
        base = review(rule_flags=FLAGS["association"])
        assert verdict(answering(base, "A18", "ja", "serious_and_not_ended", "shared_umbrella_only")).blocks == ()

    def test_an_instalment_plan_spares_the_debt_but_not_a_missing_report(self) -> None:
        base = answering(review("application"), "A9", "nej", "report_overdue", "debt_unpaid", "instalment_plan_kept")
        assert [block.circumstance for block in verdict(base).blocks] == ["report_overdue"]

    def test_the_view_held_blocks_the_refusal_and_nothing_else(self) -> None:
        said = verdict(answering(review("event", refusal_considered=True), "L8", "nej"))
        assert said.locks(StopEffect.REFUSAL) and not said.locks(StopEffect.PATH)
        assert [due.to for due in said.escalations] == [Target.LAWYER]

    def test_a_person_with_a_conflict_keeps_the_review_open(self) -> None:
        system = {"A24": AnswerView("A24", Value.NO, NOON, NOON)}
        said = verdict(review("application", system=system))
        assert said.open == (Open("A24", Doubt.CONFLICT),) and said.locks(StopEffect.PERSON)

    def test_what_a_circumstance_calls_for(self) -> None:
        said = verdict(answering(review(), "A10", "ja", "related_party"))
        assert said.calls_for == (("A10", Procedure.IN_DEPTH),)


class TestSpecialReasons:
    base = answering(review(), "A13", "ja", "shown")

    def tried(self, found: bool, at: datetime = NOON) -> Verdict:
        return verdict(replace(self.base, special_reasons=(SpecialReasonsView("A13", found, at),)))

    def test_are_owed_on_a_stop_of_the_clause(self) -> None:
        assert Doubt.SPECIAL_REASONS in doubts(verdict(self.base), "A13")

    def test_found_lift_the_stop_and_ask_for_a_second_reader(self) -> None:
        said = self.tried(found=True)
        assert said.blocks and not said.locks(StopEffect.PATH)
        assert said.special_reasons == ("A13",) and SecondReading.SPECIAL_REASONS in said.second_reading

    def test_looked_for_and_not_found_are_recorded_and_lift_nothing(self) -> None:
        said = self.tried(found=False)
        assert said.locks(StopEffect.PATH) and Doubt.SPECIAL_REASONS not in doubts(said, "A13")

    def test_from_before_the_present_doubt_do_not_count(self) -> None:
        assert self.tried(found=True, at=NOON - timedelta(days=1)).locks(StopEffect.PATH)


class TestSecondReading:
    @pytest.mark.parametrize("code", ["A13", "A14", "A15", "A16"])
    def test_a_stop_of_principle_needs_two_readers_a_hearing_and_the_board(self, code: str) -> None:
        said = verdict(answering(review(), code, "ja", "shown"))
        assert said.two_readers and said.hearing_owed and said.board_by_default

    def test_a_formal_stop_does_not(self) -> None:
        said = verdict(answering(review(), "A7", "nej"))
        assert said.blocks and not said.two_readers and not said.board_by_default

    def test_the_in_depth_lane_does(self) -> None:
        assert verdict(review(lane=Lane.IN_DEPTH)).second_reading == (SecondReading.IN_DEPTH,)


class TestEvidence:
    base = answering(review(), "A16", "ja", "shown")

    @pytest.mark.parametrize(
        ("cards", "weak"),
        [
            ([], True),
            ([5], True),
            ([6], True),
            ([5, 6, 5], True),
            ([4], False),
            ([6, 1], False),
            ([2], False),
            ([3, 5], False),
        ],
    )
    def test_a_stop_resting_on_five_and_six_cannot_be_finalised(self, cards: list[int], weak: bool) -> None:
        evidence = tuple(EvidenceView("A16", one) for one in cards)
        said = verdict(replace(self.base, evidence=evidence))
        assert (Doubt.WEAK_EVIDENCE in doubts(said, "A16")) is weak
        assert [block.sound for block in said.blocks] == [not weak]

    def test_unless_the_association_confirms_the_fact(self) -> None:
        said = verdict(replace(self.base, evidence=(EvidenceView("A16", 6, confirmed=True),)))
        assert Doubt.WEAK_EVIDENCE not in doubts(said, "A16")

    def test_a_card_for_another_question_carries_nothing(self) -> None:
        said = verdict(replace(self.base, evidence=(EvidenceView("A13", 1),)))
        assert Doubt.WEAK_EVIDENCE in doubts(said, "A16")

    def test_a_formal_stop_rests_on_the_register_unless_it_rests_on_a_tip(self) -> None:
        base = answering(review(), "A4", "nej")
        assert verdict(base).complete
        tip = replace(base, evidence=(EvidenceView("A4", 6),))
        assert verdict(tip).open == (Open("A4", Doubt.WEAK_EVIDENCE),)


class TestEscalations:
    def test_go_from_needed_to_asked_to_answered(self) -> None:
        base = answering(answering(review(), "A13", "ja", "not_shown"), "A17", "ja")
        states = [
            {due.to: due.state for due in verdict(one).escalations}
            for one in (
                base,
                escalated(base, "A13", "coordinator", answered=False),
                escalated(base, "A13", "coordinator"),
            )
        ]
        assert [one[Target.COORDINATOR] for one in states] == list(EscalationState)
        assert {one[Target.UNIT_HEAD] for one in states} == {EscalationState.NEEDED}

    def test_none_may_be_left_open(self) -> None:
        base = answering(answering(review(), "A13", "ja", "not_shown"), "A17", "ja")
        half = escalated(base, "A13", "coordinator")
        assert verdict(half).open == (Open("A13", Doubt.ESCALATION, "unit_head"),)
        assert verdict(escalated(half, "A13", "unit_head")).complete


# ------------------------------------------------------------------------------------------------ any review whatever

MOMENTS = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))


@st.composite
def any_review(draw: st.DrawFn) -> ReviewView:
    definition = DEFINITIONS[draw(st.sampled_from(TEMPLATES))]
    codes = list(definition.by_code)

    def answer(question: Question) -> AnswerView:
        at = draw(MOMENTS)
        since = min(at, draw(MOMENTS))
        named = draw(st.frozensets(st.sampled_from([one.code for one in question.circumstances] or ["other"])))
        looked = draw(st.frozensets(st.sampled_from(LookedAt)))
        return AnswerView(question.code, draw(st.sampled_from(Value)), at, since, named, looked, draw(st.booleans()))

    given_answers = [answer(q) for q in definition.questions if draw(st.integers(0, 9))]
    code = st.sampled_from(codes)
    return ReviewView(
        definition=definition,
        asked=draw(st.frozensets(code, min_size=len(codes) // 2)),
        lane=draw(st.sampled_from(Lane)),
        refusal_considered=draw(st.booleans()),
        rule_flags=draw(st.frozensets(st.sampled_from([flag.code for flag in definition.rule_flags]))),
        least_looked_at=definition.least_looked_at,
        answers={one.question: one for one in given_answers},
        system={one.question: one for one in given_answers},
        prefills={one: PrefillView(one, draw(st.sampled_from(Value)), draw(MOMENTS)) for one in draw(st.sets(code))},
        evidence=tuple(draw(st.lists(st.builds(EvidenceView, code, st.integers(1, 6), st.booleans()), max_size=5))),
        escalations=tuple(
            draw(st.lists(st.builds(EscalationView, code, st.sampled_from(Target), MOMENTS, st.booleans()), max_size=5))
        ),
        special_reasons=tuple(draw(st.lists(st.builds(SpecialReasonsView, code, st.booleans(), MOMENTS), max_size=5))),
    )


def changed(base: ReviewView, code: str, **changes) -> ReviewView:
    return replace(base, answers={**base.answers, code: replace(base.answers[code], **changes)})


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_a_verdict_never_says_an_outcome(base: ReviewView) -> None:
    """It looks, asks and locks; no field of it grants, refuses or counts the association."""
    said = verdict(base)
    names = {name for name in dir(said) if not name.startswith("_")}
    assert names == {
        "adverse", "asked", "blocks", "board_by_default", "calls_for", "complete", "doubts", "escalations",
        "hearing_owed", "locks", "open", "second_reading", "special_reasons", "two_readers", "weigh",
    }  # fmt: skip
    assert said.complete == (not said.open)


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_every_question_asked_is_answered_or_open(base: ReviewView) -> None:
    said = verdict(base)
    for code in said.asked:
        assert base.answer(code) is not None or doubts(said, code)
    marks = {code: one for section in progress(base, said) for code, one in section.marks.items()}
    assert set(marks) == set(said.asked)
    assert all((marks[code] == Mark.ANSWERED) == (not said.doubts(code)) for code in said.asked)


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_nothing_is_said_about_what_is_not_asked(base: ReviewView) -> None:
    said = verdict(base)
    spoken = {one.question for one in (*said.open, *said.blocks, *said.escalations)}
    assert spoken | set(said.adverse) | set(said.weigh) | {code for code, _ in said.calls_for} <= set(said.asked)


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_a_stop_needs_a_stop_of_the_document_and_its_rule(base: ReviewView) -> None:
    for block in verdict(base).blocks:
        question = base.definition.by_code[block.question]
        assert question.stop is not None
        answer = base.answer(block.question)
        assert answer is not None
        if block.circumstance:
            cause = question.circumstance(block.circumstance)
            assert cause and cause.stops and answer.value == question.adverse
            assert not cause.rule or cause.rule in base.rule_flags
        else:
            assert answer.value == question.stop.on
            assert not question.stop.rule or question.stop.rule in base.rule_flags


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_unclear_on_a_star_is_open_until_somebody_answered(base: ReviewView) -> None:
    said = verdict(base)
    for code in said.asked:
        question, answer = base.definition.by_code[code], base.answer(code)
        if question.star and answer and answer.value == Value.UNCLEAR:
            made = [e for e in base.escalations if e.question == code and e.at >= answer.since]
            answered = {e.to for e in made if e.answered}
            settled = bool(made) and {e.to for e in made} == answered
            assert settled or {Doubt.UNCLEAR, Doubt.ESCALATION} & doubts(said, code)


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_weak_cards_never_make_a_stop_sound(base: ReviewView) -> None:
    weak = tuple(EvidenceView(code, 5 + index % 2) for index, code in enumerate(base.definition.by_code))
    assert not any(block.sound for block in verdict(replace(base, evidence=weak)).blocks)


@settings(max_examples=60, deadline=None)
@given(any_review())
def test_more_evidence_never_weakens_and_never_changes_what_stops(base: ReviewView) -> None:
    strong = (*base.evidence, *(EvidenceView(code, 1) for code in base.definition.by_code))
    said = verdict(replace(base, evidence=strong))
    assert all(block.sound for block in said.blocks)
    assert [b.circumstance for b in said.blocks] == [b.circumstance for b in verdict(base).blocks]


@settings(max_examples=60, deadline=None)
@given(any_review(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(base: ReviewView, random) -> None:
    def shuffled(rows):
        rows = list(rows)
        random.shuffle(rows)
        return rows

    other = replace(
        base,
        answers=dict(shuffled(base.answers.items())),
        evidence=tuple(shuffled(base.evidence)),
        escalations=tuple(shuffled(base.escalations)),
        special_reasons=tuple(shuffled(base.special_reasons)),
    )
    assert verdict(other) == verdict(base)


def test_the_ordinary_answer_is_the_same_whoever_is_asked() -> None:
    """Two reviews with the same answers say the same, in any lane and under any rule flags that are not met."""
    for template, lane in itertools.product(TEMPLATES, Lane):
        plain, flagged = review(template, lane=lane), review(template, lane=lane, rule_flags=FLAGS[template])
        assert verdict(plain).open == verdict(flagged).open == ()
