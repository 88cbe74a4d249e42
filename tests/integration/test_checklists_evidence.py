"""Evidence cards (docs/domain.md §3.3): what is stored, what is refused, who may read the file."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from checklists.models import Evidence, EvidenceNote, NoteKind
from checklists.rules.evidence import ActorRole, Capacity, DraftEvidence, Shows, SourceClass
from checklists.rules.findings import Doubt
from checklists.selectors.reviews import verdict_on
from checklists.services.add_evidence import Card, Upload, add_evidence
from checklists.services.note_evidence import Note, note_evidence
from checklists.words import words_in
from tests.factories import people, reviews
from tests.unit.test_uploads import pdf
from vetting.accounts.models import Scope
from vetting.accounts.roles import Role
from vetting.files.checks.limits import FileRefused
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def review(officer):
    return reviews.review(officer)


def card(**changes) -> Card:
    draft = {
        "shows": Shows.ACT,
        "source_class": SourceClass.MEDIA,
        "excerpt": "Lokalen nås via trappa.",
        "reliability": "Hög: egen affisch.",
        "counter": "Ny inbjudan utan undantag.",
        "role": ActorRole.BOARD,
        "capacity": Capacity.IN_ACTIVITY,
    }
    draft |= {name: changes.pop(name) for name in list(changes) if name in draft}
    rest = {"title": "Affisch", "place": "Trapphus", "counter_found": True, "captured_on": clock.today()}
    return Card(draft=DraftEvidence(**draft), **{**rest, **changes})


def add(review, officer, question: str = "A14", upload: Upload | None = None, **changes) -> Evidence:
    return add_evidence(review=review, question=question, card=card(**changes), actor=officer, upload=upload)


def test_a_card_keeps_its_words_apart_and_has_its_counter_slot(review, officer):
    first, second = add(review, officer), add(review, officer, "A13")
    assert (first.number, second.number) == (1, 2)
    assert words_in(first)["excerpt"] == "Lokalen nås via trappa."
    note = EvidenceNote.objects.get(evidence=first)
    assert (note.kind, note.found, words_in(note)["text"]) == (NoteKind.COUNTER, True, "Ny inbjudan utan undantag.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shows": Shows.UMBRELLA}, "shows"),
        ({"role": None}, "actor_role"),
        ({"capacity": None}, "actor_role"),
        ({"excerpt": "x" * 501}, "excerpt"),
        ({"counter": " "}, "counter"),
        ({"reliability": ""}, "reliability"),
    ],
)
def test_what_a_card_owes(review, officer, changes, field):
    with pytest.raises(Invalid) as refused:
        add(review, officer, **changes)
    assert set(refused.value.fields) == {field} and not Evidence.objects.exists()


def test_a_document_needs_no_role(review, officer):
    assert add(review, officer, shows=Shows.DOCUMENT, role=None, capacity=None)


def test_a_stop_on_media_waits_for_the_partys_own_answer(review, officer):
    reviews.answer_all(review, officer)
    reviews.answer(review, "A14", "ja", officer, "Inbjudan utestängde.", circumstances=["shown"])
    evidence = add(review, officer)

    def weak() -> bool:
        return Doubt.WEAK_EVIDENCE in {one.doubt for one in verdict_on(review).doubts("A14")}

    assert weak()
    today = clock.today()
    note_evidence(evidence=evidence, note=Note(kind=NoteKind.SENT, on=today, answer_by=today), actor=officer)
    note_evidence(
        evidence=evidence, note=Note(kind=NoteKind.REPLY, on=today, text="Vi bestrider.", confirms=False), actor=officer
    )
    assert weak()
    note_evidence(
        evidence=evidence, note=Note(kind=NoteKind.REPLY, on=today, text="Vi tänkte fel.", confirms=True), actor=officer
    )
    assert not weak()


def test_a_withdrawn_card_carries_nothing_and_stays_readable(review, officer):
    reviews.answer_all(review, officer)
    reviews.answer(review, "A14", "ja", officer, "Utestängning.", circumstances=["shown"])
    evidence = add(review, officer, source_class=SourceClass.JUDGMENT)
    note = Note(kind=NoteKind.WITHDRAWN, on=clock.today(), text="Fel förening.")
    note_evidence(evidence=evidence, note=note, actor=officer)
    assert Doubt.WEAK_EVIDENCE in {one.doubt for one in verdict_on(review).doubts("A14")}
    with pytest.raises(NotNow):
        note_evidence(evidence=evidence, note=note, actor=officer)
    assert words_in(evidence)["title"] == "Affisch"


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ({"kind": NoteKind.REPLY, "text": "Svar"}, "confirms"),
        ({"kind": NoteKind.REPLY, "confirms": True}, "text"),
        ({"kind": NoteKind.COUNTER, "text": "Något"}, "found"),
        ({"kind": NoteKind.WITHDRAWN}, "text"),
        ({"kind": NoteKind.SENT, "answer_by": clock.today() - timedelta(days=1)}, "answer_by"),
    ],
)
def test_what_a_note_owes(review, officer, note, field):
    evidence = add(review, officer)
    with pytest.raises(Invalid) as refused:
        note_evidence(evidence=evidence, note=Note(on=clock.today(), **note), actor=officer)
    assert set(refused.value.fields) == {field}


class TestFiles:
    @pytest.fixture(autouse=True)
    def root(self, settings, tmp_path):
        settings.FILES_ROOT = tmp_path

    def stored(self, review, officer, question="A14") -> Evidence:
        upload = Upload(io.BytesIO(pdf()), "affisch.pdf", len(pdf()))
        return add(review, officer, question, upload)

    def reads(self, client, evidence, *roles, at=None, formal=False) -> int:
        person = people.user(*roles, at=at, scope=Scope.FORMAL if formal else Scope.ALL)
        client.force_login(person)
        response = client.get(reverse("serve-file", args=[evidence.file.key]))
        if response.streaming:
            response.getvalue()  # read to its end, so that the file is closed
        return response.status_code

    def test_readers_of_the_district_and_nobody_else(self, client, review, officer):
        evidence = self.stored(review, officer)
        assert self.reads(client, evidence, Role.GRANT_OFFICER) == 200
        assert self.reads(client, evidence, Role.LAWYER) == 200
        assert self.reads(client, evidence, Role.SYSTEM_ADMIN) == 404
        assert self.reads(client, evidence, Role.COORDINATOR) == 404
        assert self.reads(client, evidence, Role.GRANT_OFFICER, at=people.district("SÖD")) == 404

    def test_a_lent_reader_reads_formal_questions_only(self, client, review, officer):
        rights, formal = self.stored(review, officer), self.stored(review, officer, "A4")
        assert self.reads(client, rights, Role.SECOND_READER, formal=True) == 404
        assert self.reads(client, formal, Role.SECOND_READER, formal=True) == 200

    def test_a_bad_file_leaves_no_card(self, review, officer):
        with pytest.raises(FileRefused):
            add(review, officer, upload=Upload(io.BytesIO(b"MZ"), "x.exe", 2))
        assert not Evidence.objects.exists()
