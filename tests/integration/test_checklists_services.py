"""Reviews from opening to signature (docs/domain.md §3): what is stored, what is refused, who may."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine

from checklists.definitions import shipped_content
from checklists.facts import Fact
from checklists.hosts import gates
from checklists.models import Answer, ChecklistVersion, Prefill, Review, ReviewChange, Source
from checklists.rules.definition import Lane, LookedAt, Target, Value
from checklists.rules.findings import Doubt
from checklists.selectors.reviews import material, verdict_on
from checklists.services.answer_escalation import answer_escalation
from checklists.services.answer_question import answer_question
from checklists.services.change_lane import change_lane
from checklists.services.complete_review import complete_review
from checklists.services.confirm_answers import Listed, confirm_answers
from checklists.services.consider_refusal import consider_refusal
from checklists.services.draft_version import draft_version
from checklists.services.escalate_question import escalate_question
from checklists.services.load_shipped import load_shipped
from checklists.services.open_review import open_review
from checklists.services.prefill_review import prefill_review
from checklists.services.publish_version import publish_version
from checklists.services.record_special_reasons import Weighed, record_special_reasons
from checklists.services.reopen_review import reopen_review
from checklists.words import answer_words
from tests.factories import people, reviews
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Reason, Stale
from vetting.kernel.workflow import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def head():
    return people.actor(Role.UNIT_HEAD)


@pytest.fixture
def register(monkeypatch):
    """Facts of a room above, for this test alone."""
    entries: dict[str, Fact] = {}

    def know(code: str, value: str, **more) -> None:
        entries[code] = Fact(value=Value(value), as_of=clock.today(), at=clock.now(), **more)
        known = dict(facts._entries) | {code: lambda review: entries.get(code)}
        monkeypatch.setattr(facts, "_entries", known)

    know.forget = entries.pop
    return know


def doubts(review: Review, question: str) -> set[Doubt]:
    return {one.doubt for one in verdict_on(review).doubts(question)}


class TestVersions:
    def test_a_second_person_publishes(self, head):
        version = draft_version(content=shipped_content("event"), actor=head)
        with pytest.raises(NotNow) as refused:
            publish_version(version=version, actor=head, valid_from=clock.today())
        assert refused.value.code == "second_person"
        published = publish_version(version=version, actor=people.actor(Role.UNIT_HEAD), valid_from=clock.today())
        assert published.is_published and published.digest and not published.is_example

    def test_an_officer_may_draft_but_not_publish(self, officer):
        version = draft_version(content=shipped_content("event"), actor=officer)
        with pytest.raises(NotAllowed) as refused:
            publish_version(version=version, actor=officer, valid_from=clock.today())
        assert set(refused.value.who) == {Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}

    def test_a_new_version_ends_the_old_one_and_old_reviews_keep_theirs(self, officer, head):
        review = reviews.review(officer)
        content = shipped_content("association")
        content["questions"][0]["help"]["sv"] = "Ny hjälptext."
        draft = draft_version(content=content, actor=officer)
        tomorrow = clock.today() + timedelta(days=1)
        new = publish_version(version=draft, actor=head, valid_from=tomorrow)
        old = ChecklistVersion.objects.get(code="association", number=1)
        assert (old.valid_to, new.number, new.valid_to) == (clock.today(), 2, None)
        assert material(review).definition.by_code["A1"].help.sv != "Ny hjälptext."

    def test_a_version_cannot_begin_before_the_one_in_force(self, officer, head):
        reviews.checklists()
        draft = draft_version(content=shipped_content("event"), actor=officer)
        with pytest.raises(NotNow):
            publish_version(version=draft, actor=head, valid_from=reviews.SINCE)

    def test_a_broken_checklist_is_refused_with_its_place(self, officer):
        content = shipped_content("event")
        content["questions"][0]["section"] = "nowhere"
        with pytest.raises(Invalid, match=r"questions\[L1\].section"):
            draft_version(content=content, actor=officer)
        assert not ChecklistVersion.objects.exists()

    def test_loading_twice_adds_nothing(self):
        actor = system_actor("tests")
        assert len(load_shipped(actor=actor, example_from=reviews.SINCE)) == 3
        assert load_shipped(actor=actor, example_from=reviews.SINCE) == []
        assert ChecklistVersion.objects.filter(is_example=True).count() == 3

    def test_without_a_published_version_nothing_can_be_opened(self, officer):
        with pytest.raises(NotNow) as refused:
            open_review(district=people.district(), template="association", subject="association:x", actor=officer)
        assert refused.value.code == "no_checklist"


class TestOpening:
    def test_pins_the_version_and_what_is_asked(self, officer):
        review = reviews.review(officer, profile="letting", rule_flags=["cooperation_clause"])
        assert review.version.code == "association" and review.rule_flags == ["cooperation_clause"]
        assert review.asked == ["A12a", "A13", "A14", "A15", "A16", "A17", "A18", "A19"]
        assert review.least_looked_at == ["own_register", "papers"]

    def test_opened_twice_is_the_same_review(self, officer):
        review = reviews.review(officer)
        assert reviews.review(officer, subject=review.subject) == review
        assert Review.objects.count() == 1

    def test_on_other_terms_the_first_is_completed_first(self, officer):
        review = reviews.review(officer, reference="KUN 2026/0001")
        with pytest.raises(NotNow, match="KUN 2026/0001") as refused:
            reviews.review(officer, subject=review.subject, rule_flags=["tax_debt_bars"])
        assert refused.value.data["review"] == str(review.key)

    def test_another_district_has_its_own(self, officer):
        review = reviews.review(officer)
        south = people.district("SÖD")
        other = reviews.review(people.actor(Role.GRANT_OFFICER, at=south), at=south, subject=review.subject)
        assert other != review

    @pytest.mark.parametrize("terms", [{"profile": "odd"}, {"asked": ["A99"]}, {"rule_flags": ["odd"]}])
    def test_unknown_terms_are_refused(self, officer, terms):
        with pytest.raises(Invalid):
            reviews.review(officer, **terms)
        assert not Review.objects.exists()

    def test_who_may_not_is_told_who_may(self):
        with pytest.raises(NotAllowed) as refused:
            reviews.review(people.actor(Role.SECOND_READER))
        assert Role.GRANT_OFFICER in refused.value.who


class TestAnswering:
    def test_an_ordinary_answer_needs_no_words(self, officer):
        review = reviews.review(officer)
        answer = reviews.answer(review, "A4", "ja", officer)
        assert (answer.actor, answer.role, answer.payload_id) == (officer.reference, "grant_officer", None)

    @pytest.mark.parametrize(
        ("question", "value"), [("A4", "nej"), ("A4", "oklart"), ("A4", "ej_tillampligt"), ("A13", "ja")]
    )
    def test_own_words_are_owed_when_it_departs(self, officer, question, value):
        review = reviews.review(officer)
        with pytest.raises(Invalid) as refused:
            reviews.answer(review, question, value, officer, "   ")
        assert set(refused.value.fields) == {"own_words"}
        assert not Answer.objects.exists()

    def test_no_concrete_facts_known_says_what_was_looked_at(self, officer):
        review = reviews.review(officer)
        with pytest.raises(Invalid) as refused:
            reviews.answer(review, "A13", "nej", officer, looked_at=[LookedAt.OWN_SITE])
        assert set(refused.value.fields) == {"looked_at"}
        answer = reviews.answer(review, "A13", "nej", officer, looked_at=reviews.LOOKED)
        assert answer.looked_at == ["own_register", "papers"]

    def test_the_least_to_look_at_is_the_programmes(self, officer):
        least = [LookedAt.OWN_SITE]
        review = reviews.review(officer, least_looked_at=least)
        assert reviews.answer(review, "A13", "nej", officer, looked_at=least)

    def test_words_stand_in_a_payload_and_the_log_holds_neither_words_nor_value(self, officer):
        review = reviews.review(officer)
        answer = reviews.answer(review, "A4", "nej", officer, "Ingen revisor vald.")
        assert answer_words(answer) == "Ingen revisor vald." and len(answer.commitment) == 64
        event = Event.objects.get(verb="review.answered")
        text = bytes(event.canonical).decode()
        assert "revisor" not in text and '"nej"' not in text and "A4" in text

    def test_a_circumstance_must_fit_the_answer(self, officer):
        review = reviews.review(officer)
        with pytest.raises(Invalid) as refused:
            reviews.answer(review, "A1", "ja", officer, circumstances=["no_orgnr"])
        assert set(refused.value.fields) == {"circumstances"}

    def test_what_the_system_answers_cannot_be_typed(self, officer):
        review = reviews.review(officer, "application")
        with pytest.raises(Invalid) as refused:
            reviews.answer(review, "A24", "ja", officer)
        assert refused.value.code == "system_answers"

    def test_what_is_not_asked_cannot_be_answered(self, officer):
        review = reviews.review(officer)
        with pytest.raises(NotNow) as refused:
            reviews.answer(review, "A17", "ja", officer, "Avstånd togs.")
        assert refused.value.code == "not_asked"
        reviews.answer(review, "A13", "ja", officer, "Anmälan om hot.")
        assert reviews.answer(review, "A17", "ja", officer, "Avstånd togs.")

    def test_a_correction_supersedes_and_the_old_answer_stays(self, officer):
        review = reviews.review(officer)
        first = reviews.answer(review, "A4", "oklart", officer, "Protokoll saknas.")
        second = reviews.answer(review, "A4", "ja", officer)
        assert second.supersedes == first and Answer.objects.count() == 2
        assert material(review).current("A4") == second

    def test_a_stale_answer_is_a_conflict_with_both_texts(self, officer):
        review = reviews.review(officer)
        other = people.actor(Role.GRANT_OFFICER)
        theirs = reviews.answer(review, "A4", "nej", other, "Revisor saknas.")
        with pytest.raises(Stale) as refused:
            reviews.answer(review, "A4", "oklart", officer, "Jag är osäker.", supersedes=None)
        data = refused.value.data
        assert data["theirs"]["own_words"] == "Revisor saknas." and data["yours"]["own_words"] == "Jag är osäker."
        assert data["current"] == str(theirs.key) and Answer.objects.count() == 1

    def test_a_double_submit_is_one_answer(self, officer):
        review = reviews.review(officer)
        key = uuid.uuid4()
        sent = {"review": review, "question": "A4", "value": Value.YES, "actor": officer, "key": key}
        assert answer_question(**sent) == answer_question(**sent)
        assert Answer.objects.count() == 1

    def test_another_district_may_not(self, officer):
        review = reviews.review(officer)
        with pytest.raises(NotAllowed):
            reviews.answer(review, "A4", "ja", people.actor(Role.GRANT_OFFICER, at=people.district("SÖD")))

    def test_a_gate_of_a_room_above_is_asked(self, officer, monkeypatch):
        review = reviews.review(officer)
        reason = Reason("jav_out", "Du är jävig.")
        shut = {"cases.jav": lambda review, actor, verb: reason}
        monkeypatch.setattr(gates, "_entries", shut)
        with pytest.raises(NotNow) as refused:
            reviews.answer(review, "A4", "ja", officer)
        assert refused.value.reasons == (reason,)


class TestPrefill:
    def test_the_register_suggests_and_a_person_confirms(self, officer, register):
        register("A7", "ja", reference="bankgiro", url="/foreningar/1/")
        review = reviews.review(officer)
        suggested = Prefill.objects.get()
        assert (suggested.question, suggested.value, suggested.source) == ("A7", "ja", Source.REGISTER)
        assert doubts(review, "A7") == {Doubt.UNCONFIRMED}
        answer = reviews.answer(review, "A7", "ja", officer)
        assert answer.prefill == suggested and not doubts(review, "A7")

    def test_to_override_it_owes_own_words(self, officer, register):
        register("A23", "ja")
        review = reviews.review(officer, "application")
        with pytest.raises(Invalid):
            reviews.answer(review, "A23", "nej", officer)
        assert reviews.answer(review, "A23", "nej", officer, "Ingen ekonomisk verksamhet.")

    def test_the_same_fact_is_stored_once_and_a_new_one_again(self, officer, register):
        register("A7", "ja")
        review = reviews.review(officer)
        assert prefill_review(review=review, actor=officer) == 0
        reviews.answer(review, "A7", "ja", officer)
        register("A7", "nej")
        assert prefill_review(review=review, actor=officer) == 1
        assert doubts(review, "A7") == {Doubt.UNCONFIRMED}

    def test_the_last_review_is_reused_for_twelve_months_inside_the_district(self, officer):
        with time_machine.travel("2026-02-01 12:00", tick=True):
            last = reviews.review(officer, reference="KUN 2026/0001")
            reviews.answer_all(last, officer)
            complete_review(review=last, actor=officer)
        with time_machine.travel("2027-01-31 12:00", tick=True):
            review = reviews.review(officer, subject=last.subject)
            suggested = Prefill.objects.filter(review=review)
            assert {one.question for one in suggested} == set(last.asked) - {"A17"}
            assert {(one.source, one.reference, one.as_of) for one in suggested} == {
                (Source.LAST_REVIEW, "KUN 2026/0001", date(2026, 2, 1))
            }
            assert {one.doubt for one in verdict_on(review).open} == {Doubt.UNCONFIRMED}

    @pytest.mark.parametrize(
        ("template", "district", "when"),
        [
            ("association", "KUN", "2027-02-02 12:00"),  # too old
            ("association", "SÖD", "2026-03-01 12:00"),  # another district's
            ("application", "KUN", "2026-03-01 12:00"),  # not about the association
        ],
    )
    def test_nothing_else_is_reused(self, officer, register, template, district, when):
        with time_machine.travel("2026-02-01 12:00", tick=True):
            register("A24", "ja")
            last = reviews.review(officer, template)
            reviews.answer_all(last, officer)
            complete_review(review=last, actor=officer)
        at = people.district(district)
        with time_machine.travel(when, tick=True):
            actor = people.actor(Role.GRANT_OFFICER, at=at)
            review = reviews.review(actor, template, at=at, subject=last.subject)
            assert not Prefill.objects.filter(review=review).exists()

    def test_a_register_fact_stands_over_last_years_answer(self, officer, register):
        last = reviews.review(officer)
        reviews.answer_all(last, officer)
        complete_review(review=last, actor=officer)
        register("A7", "nej")
        review = reviews.review(officer, subject=last.subject)
        assert material(review).prefill("A7").value == "nej"


class TestBulk:
    def suggested(self, officer, register, *codes: str) -> Review:
        for code in codes:
            register(code, "nej" if code in {"A10", "A13", "A14"} else "ja")
        return reviews.review(officer)

    def listed(self, review: Review) -> dict[str, uuid.UUID]:
        return {one.question: one.key for one in Prefill.objects.filter(review=review)}

    def test_each_is_stored_as_that_persons(self, officer, register):
        review = self.suggested(officer, register, "A1", "A7", "A13")
        stored = confirm_answers(listed=[Listed(review, self.listed(review))], actor=officer, looked_at=reviews.LOOKED)
        assert {(one.question, one.actor) for one in stored} == {(c, officer.reference) for c in ("A1", "A7", "A13")}
        assert {one.question: one.looked_at for one in stored}["A1"] == []
        assert Event.objects.filter(verb="review.confirmed").count() == 1

    def test_what_was_looked_at_is_asked_for(self, officer, register):
        review = self.suggested(officer, register, "A1", "A13")
        with pytest.raises(Invalid) as refused:
            confirm_answers(listed=[Listed(review, self.listed(review))], actor=officer)
        assert set(refused.value.fields) == {"looked_at"} and not Answer.objects.exists()

    def test_an_adverse_suggestion_is_never_confirmed_in_bulk(self, officer, register):
        register("A7", "nej")
        review = reviews.review(officer)
        with pytest.raises(Invalid):
            confirm_answers(listed=[Listed(review, self.listed(review))], actor=officer)

    def test_what_changed_meanwhile_is_not_confirmed(self, officer, register):
        review = self.suggested(officer, register, "A1", "A7")
        listed = self.listed(review)
        reviews.answer(review, "A7", "oklart", officer, "Nytt giro på väg.")
        with pytest.raises(Stale):
            confirm_answers(listed=[Listed(review, listed)], actor=officer)
        assert Answer.objects.count() == 1


class TestMeasures:
    @pytest.fixture
    def review(self, officer):
        review = reviews.review(officer)
        reviews.answer_all(review, officer)
        reviews.answer(review, "A13", "ja", officer, "Polisanmälan om hot.", circumstances=["shown"])
        return review

    def test_an_escalation_is_answered_by_the_one_it_was_put_to(self, review, officer, head):
        made = escalate_question(review=review, question="A13", to=Target.UNIT_HEAD, text="Vad gör vi?", actor=officer)
        with pytest.raises(NotAllowed) as refused:
            answer_escalation(escalation=made, text="Jag svarar själv.", actor=officer)
        assert set(refused.value.who) == {Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}
        answer = answer_escalation(escalation=made, text="Kommunicera först.", actor=head)
        assert not answer.registered
        with pytest.raises(NotNow):
            answer_escalation(escalation=made, text="En gång till.", actor=head)

    def test_what_the_coordinator_said_is_registered_with_its_reference(self, review, officer):
        made = escalate_question(review=review, question="A13", to=Target.COORDINATOR, text="Känt?", actor=officer)
        with pytest.raises(Invalid) as refused:
            answer_escalation(escalation=made, text="Inget känt.", actor=officer)
        assert set(refused.value.fields) == {"reference"}
        done = answer_escalation(escalation=made, text="Inget känt.", reference="mejl 3 mars", actor=officer)
        assert done.registered

    def test_the_one_who_asked_is_no_second_person(self, officer):
        review = reviews.review(officer)
        made = escalate_question(review=review, question="A7", to=Target.SECOND_PERSON, text="Nytt giro", actor=officer)
        with pytest.raises(NotAllowed):
            answer_escalation(escalation=made, text="Stämmer.", actor=officer)
        assert answer_escalation(escalation=made, text="Stämmer.", actor=people.actor(Role.GRANT_OFFICER))

    def test_special_reasons_are_tried_by_somebody_with_authority(self, review, officer, head):
        tried = {
            "review": review,
            "question": "A13",
            "text": "Enstaka händelse, åtgärdad.",
            "weighed": [Weighed.SINGLE],
        }
        with pytest.raises(NotAllowed):
            record_special_reasons(**tried, found=True, actor=officer)
        assert Doubt.SPECIAL_REASONS in doubts(review, "A13")
        record_special_reasons(**tried, found=False, actor=head)
        assert Doubt.SPECIAL_REASONS not in doubts(review, "A13")
        assert not verdict_on(review).blocks[0].lifted
        record_special_reasons(**tried, found=True, actor=head)
        assert verdict_on(review).blocks[0].lifted

    def test_special_reasons_need_a_stop(self, review, head):
        with pytest.raises(NotNow):
            record_special_reasons(review=review, question="A14", found=True, text="…", actor=head)

    def test_the_unit_head_changes_the_lane_and_two_readers_follow(self, review, officer, head):
        with pytest.raises(NotAllowed):
            change_lane(review=review, lane=Lane.IN_DEPTH, actor=officer)
        change_lane(review=review, lane=Lane.IN_DEPTH, actor=head)
        assert verdict_on(Review.objects.get(pk=review.pk)).two_readers
        with pytest.raises(NotNow):
            change_lane(review=review, lane=Lane.IN_DEPTH, actor=head)
        change_lane(review=review, lane=Lane.FORMAL, actor=head)
        assert ReviewChange.objects.filter(review=review, kind="lane").count() == 2

    def test_a_considered_refusal_asks_more(self, officer):
        review = reviews.review(officer, "event")
        asked = set(verdict_on(review).asked)
        review = consider_refusal(review=review, actor=officer)
        assert set(verdict_on(review).asked) - asked == {"L4", "L8", "L16"}


class TestSigning:
    def test_nothing_may_be_open(self, officer):
        review = reviews.review(officer)
        with pytest.raises(NotNow) as refused:
            complete_review(review=review, actor=officer)
        assert {reason.code for reason in refused.value.reasons} == {"missing"}
        assert refused.value.reasons[0].url == "#A1"

    def test_the_signature_covers_version_and_answers(self, officer):
        review = reviews.review(officer)
        reviews.answer_all(review, officer)
        signature = complete_review(review=review, actor=officer, expected_revision=1)
        assert len(signature.digest) == 64 and signature.actor == officer.reference
        reopen_review(review=review, actor=people.actor(Role.SECOND_READER), why="A4 behöver ses över.")
        reviews.answer(review, "A4", "ja", officer)
        assert complete_review(review=review, actor=officer).digest != signature.digest

    def test_the_systems_answer_is_signed_with_it(self, officer, register):
        review = reviews.review(officer, "application")
        reviews.answer_all(review, officer)
        assert [one.doubt for one in verdict_on(review).open] == [Doubt.SYSTEM_WAITS]
        register("A24", "ja")
        complete_review(review=review, actor=officer)
        stored = Answer.objects.get(review=review, question="A24")
        assert (stored.actor, stored.value) == ("system:checklists", "ja")
        register("A24", "nej")
        assert verdict_on(Review.objects.get(pk=review.pk)).complete  # the signed answer stands

    def test_a_stop_may_stand_in_a_signed_review(self, officer, head):
        review = reviews.review(officer)
        reviews.answer_all(review, officer)
        reviews.answer(review, "A4", "nej", officer, "Ingen revisor är vald.")
        complete_review(review=review, actor=officer)
        assert verdict_on(Review.objects.get(pk=review.pk)).blocks

    def test_a_stale_signature_is_refused(self, officer, head):
        review = reviews.review(officer)
        reviews.answer_all(review, officer)
        change_lane(review=review, lane=Lane.IN_DEPTH, actor=head)
        with pytest.raises(Stale):
            complete_review(review=review, actor=officer, expected_revision=1)

    def test_a_signed_review_takes_nothing_until_reopened_with_a_reason(self, officer):
        review = reviews.review(officer)
        reviews.answer_all(review, officer)
        complete_review(review=review, actor=officer)
        with pytest.raises(NotNow) as refused:
            reviews.answer(review, "A4", "ja", officer)
        assert refused.value.code == "review_complete"
        with pytest.raises(Invalid):
            reopen_review(review=review, actor=officer, why=" ")
        reopen_review(review=review, actor=officer, why="Nytt protokoll kom in.")
        assert reviews.answer(review, "A4", "ja", officer)

    def test_an_old_review_is_not_reopened_beside_a_newer_one(self, officer):
        old = reviews.review(officer)
        reviews.answer_all(old, officer)
        complete_review(review=old, actor=officer)
        reviews.review(officer, subject=old.subject)
        with pytest.raises(NotNow) as refused:
            reopen_review(review=old, actor=officer, why="Något nytt.")
        assert refused.value.code == "newer_open"
