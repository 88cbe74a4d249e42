"""The closed lists of a programme's terms. Codes are stored; words are for people."""

from vetting.kernel.schema import Choice


class WindowKind(Choice):
    YEARLY = "yearly", "En gång om året", "Once a year"
    MEETINGS = "meetings", "Inför vissa sammanträden", "Before certain board meetings"
    ROLLING = "rolling", "Löpande", "All the time"
    ANNOUNCED = "announced", "Meddelas inför varje utlysning", "Announced for each round"


class ForYear(Choice):
    SAME = "same", "Samma år", "The same year"
    NEXT = "next", "Året efter", "The year after"


class Moment(Choice):
    """From what a time to apply or report is counted."""

    EVENT = "event", "Evenemanget", "The event"
    FOUNDING = "founding", "Föreningens bildande", "The founding of the association"


class LateRule(Choice):
    NO_GRANT = "no_grant", "Ger inget bidrag", "Gives no grant"
    REDUCED = "reduced", "Bidraget minskas", "The grant is reduced"


class LateStep(Choice):
    ONCE = "once", "En gång", "Once"
    STARTED_WEEK = "started_week", "För varje påbörjad vecka", "For each started week"


class FoundationRule(Choice):
    ALLOWED = "allowed", "Får söka", "May apply"
    WITH_USER_INFLUENCE = (
        "with_user_influence",
        "Bara med verkligt brukarinflytande",
        "Only with real user influence",
    )
    WITH_SPECIAL_REASONS = "with_special_reasons", "Bara med särskilda skäl", "Only with special reasons"
    EXCLUDED = "excluded", "Får inte söka", "May not apply"


class AppliesTo(Choice):
    """What a demand of independence is about: A12 asks in the programme's own sense."""

    ACTIVITY = "activity", "Den sökta verksamheten", "The activity applied for"
    ASSOCIATION = "association", "Föreningen", "The association"


class OtherGrantRule(Choice):
    ALLOWED = "allowed", "Hindrar inte", "Does not hinder"
    MUST_BE_STATED = "must_be_stated", "Ska uppges", "Must be stated"
    EXCLUDES_UNLESS_REASONS = (
        "excludes_unless_reasons",
        "Hindrar, om nämnden inte finner skäl",
        "Excludes, unless the board finds reasons",
    )


class DoubleFundingRule(Choice):
    NEVER = "never", "Aldrig", "Never"
    EXCEPTION_WITH_REASON = (
        "exception_with_reason",
        "Undantag med skäl, till exempel ett gemensamt projekt",
        "Exception with a reason, for example a joint project",
    )


class Split(Choice):
    """How a pot is shared among those entitled."""

    PRO_RATA_MEMBERS_IN_AREA = (
        "pro_rata_members_in_area",
        "Efter antalet medlemmar som bor i området",
        "Pro rata to members living in the area",
    )
    PRO_RATA_MEMBERS = "pro_rata_members", "Efter antalet medlemmar", "Pro rata to members"
    PRO_RATA_ACTIVITIES = "pro_rata_activities", "Efter antalet aktiviteter", "Pro rata to activities"


class ParticipantFee(Choice):
    NONE = "none", "Ingen avgift får tas", "No fee may be charged"
    COST_PRICE = "cost_price", "Högst självkostnad", "At most cost price"


class Barred(Choice):
    """What a report that is not handed in brings about."""

    NEXT_YEAR = "next_year", "Kan inte få stöd nästa år", "Cannot get support next year"
    NO_NEW_GRANT = "no_new_grant", "Inget nytt bidrag", "No new grant"


class PayWhen(Choice):
    ON_DECISION = "on_decision", "När beslutet får verkställas", "When the decision may be executed"
    AFTER_REPORT = "after_report", "Efter godkänd redovisning", "After an approved report"
    QUARTER_IN_ADVANCE = "quarter_in_advance", "Kvartalsvis i förskott", "Quarterly in advance"


class ReadAlways(Choice):
    """What always brings a second reader (docs/domain.md §8.1, confirm; design §2.5)."""

    ADVERSE = "adverse", "Utfall som går föreningen emot", "Adverse outcome"
    SPECIAL_REASONS = "special_reasons", "Särskilda skäl", "Special reasons"
    IN_DEPTH = "in_depth", "Fördjupad granskning", "In-depth review"
    CHANGED_GIRO = "changed_giro", "Ändrat giro", "Changed giro"
    FIRST_TIME = "first_time", "Söker för första gången", "First-time applicant"
    LATE = "late", "Kom in för sent", "Came in late"
    FOUNDATION = "foundation", "Stiftelse", "Foundation"
