"""The log's sentences about checklists and reviews. Never an answer's value: that stands in the answer's own row."""

from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape


def register_all() -> None:
    register(
        "checklists",
        Verb(
            "checklist.drafted",
            Label(
                "{actor} gjorde ett utkast till checklistan {template}, version {number}.",
                "{actor} drafted the checklist {template}, version {number}.",
            ),
            Shape.WORK,
        ),
        Verb(
            "checklist.published",
            Label(
                "{actor} publicerade checklistan {template}, version {number}, från {valid_from}.",
                "{actor} published the checklist {template}, version {number}, from {valid_from}.",
            ),
        ),
        Verb("review.opened", Label("{actor} öppnade en granskning.", "{actor} opened a review."), Shape.WORK),
        Verb(
            "review.prefilled",
            Label("{actor} hämtade förslag till svar: {questions}.", "{actor} fetched suggested answers: {questions}."),
            Shape.WORK,
        ),
        Verb("review.answered", Label("{actor} besvarade {question}.", "{actor} answered {question}."), Shape.WORK),
        Verb(
            "review.confirmed",
            Label("{actor} bekräftade {questions}.", "{actor} confirmed {questions}."),
            Shape.WORK,
        ),
        Verb(
            "review.evidence_added",
            Label("{actor} lade till underlag {card} på {question}.", "{actor} added evidence {card} to {question}."),
            Shape.WORK,
        ),
        Verb(
            "review.evidence_noted",
            Label("{actor} antecknade på underlag {card}.", "{actor} noted something on evidence {card}."),
            Shape.WORK,
        ),
        Verb(
            "review.escalated",
            Label("{actor} lyfte {question} till någon annan.", "{actor} put {question} to somebody else."),
            Shape.WAIT,
        ),
        Verb(
            "review.escalation_answered",
            Label("{actor} svarade om {question}.", "{actor} answered about {question}."),
        ),
        Verb(
            "review.special_reasons",
            Label("{actor} prövade särskilda skäl för {question}.", "{actor} tried special reasons for {question}."),
        ),
        Verb(
            "review.refusal_considered",
            Label("{actor} antecknade att ett nej övervägs.", "{actor} noted that a refusal is considered."),
            Shape.WORK,
        ),
        Verb("review.lane_changed", Label("{actor} bytte granskningsspår.", "{actor} changed the review's lane.")),
        Verb("review.completed", Label("{actor} blev klar med granskningen.", "{actor} completed the review.")),
        Verb(
            "review.reopened",
            Label("{actor} öppnade granskningen igen.", "{actor} reopened the review."),
            Shape.WORK,
        ),
    )
