"""The demo's cases: each walked to its state by the right people, on the days it would have happened."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import accumulate

from applications.associations.models import Association
from applications.cases.models import Case
from applications.examples.demo.stories import Step
from applications.examples.scenarios.grant_case import ROUTES, GrantCase, days_of
from applications.examples.scenarios.staff import Staff
from applications.grants.models import ProgrammeVersion, Round
from applications.grants.programmes.rounds import RoundPlan
from applications.grants.programmes.services.announce import announce_round
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.labels import Label

OPENED = 80  # days ago
CLOSES = 40  # days ahead


@dataclass(frozen=True, slots=True)
class Plan:
    """A case: how far it comes, how many days ago it was typed and the last step was taken, and the sum."""

    state: str
    began: int
    last: int
    amount: int
    purpose: str
    colleague: bool = False  # handled by the second officer


KUNGSHOLMEN = (
    Plan("received", 5, 4, 45_000, "Läxhjälp fyra dagar i veckan för elever i årskurs 4 till 9."),
    Plan("received", 1, 0, 24_000, "Öppna spelkvällar för unga varje fredag."),
    Plan("registered", 12, 9, 18_000, "Odlingslådor och en skördefest för alla som bor i kvarteret."),
    Plan("registered", 4, 1, 38_000, "Språkträffar på lördagar med barnpassning.", colleague=True),
    Plan("formal_check", 25, 18, 55_000, "En uppsättning med unga, från manus till premiär."),
    Plan("formal_check", 8, 1, 62_000, "Öppen cykelverkstad tre kvällar i veckan.", colleague=True),
    Plan("completion", 30, 10, 32_000, "Gympa och kaffe för äldre, två gånger i veckan."),
    Plan("review", 40, 6, 29_000, "Matteträffar för högstadiet, med läromedel och fika."),
    Plan("review", 35, 23, 36_000, "Kvällsvandringar och gårdsträffar under vinterhalvåret.", colleague=True),
    Plan("in_depth", 45, 8, 28_000, "Ledda promenader och studiebesök för äldre."),
    Plan("consultation", 38, 5, 70_000, "Fritidsaktiviteter på loven i samarbete mellan tolv föreningar."),
    Plan("hearing", 42, 4, 26_000, "Stickcafé på biblioteket och handarbete för nybörjare."),
    Plan("second_reading", 33, 3, 110_000, "Scoutmöten varje vecka och ett sommarläger."),
    Plan("proposed", 44, 2, 19_500, "Schackundervisning i skolor och en öppen turnering."),
    Plan("before_board", 52, 5, 140_000, "Kvartersfest i tre dagar med scen, verkstäder och mat."),
    Plan("granted", 60, 12, 40_000, "Öppen verkstad för återbruk och lagning."),
    Plan("granted_by_board", 66, 15, 90_000, "Dansträffar i parken under hela sommaren."),
    Plan("refused", 57, 11, 45_000, "Matlagningskvällar över generationer."),
    Plan("withdrawn", 31, 7, 12_000, "Simskola för vuxna."),
    Plan("draft", 0, 0, 27_500, "Filmvisningar med samtal efteråt."),
    Plan("granted_with_payment_planned", 64, 6, 34_000, "Schackkvällar och en sommarskola för nybörjare."),
    Plan("granted_with_payment_waiting", 62, 9, 45_000, "Körverkstad för unga och två konserter i parken."),
    Plan("granted_with_payment_certified", 68, 3, 48_000, "Prova på att ro, med ledare och flytvästar."),
    Plan("granted_with_payment_released", 70, 2, 25_000, "Mattehjälp två kvällar i veckan."),
    Plan("granted_with_payment_paid", 73, 20, 46_000, "Gemensamma odlingar på tre gårdar.", colleague=True),
    Plan("granted_with_payment_failed", 71, 1, 31_000, "Nattvandring fredag och lördag hela året."),
    Plan("granted_with_payment_held", 67, 5, 22_500, "Filmkvällar för unga med inbjudna filmarbetare."),
    Plan("granted_with_payment_repaid", 75, 8, 30_000, "Dans för seniorer med levande musik."),
    Plan("granted_with_payment_cancelled", 69, 10, 18_000, "Öppen vävstuga under sommarlovet."),
    Plan("closed", 78, 2, 16_000, "Boulekvällar för alla åldrar och en turnering mellan kvarteren."),
    Plan("tabled", 54, 4, 125_000, "Jazzkvällar i parken och en sommarkurs för unga."),
)
SODERMALM = (
    Plan("received", 3, 2, 34_000, "Läsecirklar på fyra språk."),
    Plan("registered", 10, 6, 21_000, "Nattvandring fredag och lördag."),
    Plan("formal_check", 14, 5, 57_000, "Öppen vävstuga och kurser."),
)


def open_round(version: ProgrammeVersion, actor: Actor) -> Round:
    """The district's call, open now; the one that is there already when there is one."""
    there = Round.objects.filter(programme=version.programme, is_example=True).order_by("-opens_on").first()
    if there is not None:
        return there
    today = clock.today()
    year = (today + timedelta(days=CLOSES)).year + 1
    plan = RoundPlan(
        name=Label(f"{version.programme.name_sv} {year}", f"{version.programme.name_en} {year}"),
        opens_on=max(version.valid_from or today, today - timedelta(days=OPENED)),
        closes_on=today + timedelta(days=CLOSES),
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        meeting_on=today + timedelta(days=CLOSES + 35),
        pot_kr=Decimal(1_800_000),
    )
    return announce_round(actor=actor, version=version, plan=plan, is_example=True)


def story_of(plans: tuple[Plan, ...], associations: list[Association], staff: Staff, call: Round) -> list[Step]:
    """The steps of each plan's case, each at its moment.

    An association that has a case in the district is left alone: the data can be loaded again without harm.
    """
    with_case = set(Case.objects.filter(district=staff.district).values_list("association_id", flat=True))
    now = clock.now()
    steps: list[Step] = []
    for plan, association in zip(plans, associations, strict=False):
        if association.pk in with_case:
            continue
        walk = GrantCase(
            staff=replace(staff, officer=staff.colleague, colleague=staff.officer) if plan.colleague else staff,
            association=association,
            round=call,
            amount=Decimal(plan.amount),
            purpose=plan.purpose,
        )
        for number, (day, step) in enumerate(zip(_days(plan), ROUTES[plan.state], strict=True)):
            # A minute apart, so that the story reads in its order.
            steps.append((now + timedelta(days=day, minutes=number - 120), partial(step, walk)))
    return steps


def _days(plan: Plan) -> list[int]:
    """The steps' days, spread evenly from the first to the last; where the route waits, its days pass besides."""
    waits = [days_of(step) for step in ROUTES[plan.state]]
    span, last = plan.began - plan.last - sum(waits), max(len(waits) - 1, 1)
    return [waited - plan.began + round(span * number / last) for number, waited in enumerate(accumulate(waits))]
