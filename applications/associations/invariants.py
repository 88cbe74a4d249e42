"""What must never happen in the register, looked for over the whole database (`check_invariants`)."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from applications.associations.models import Association, DistrictAssociation, GiroAccount
from vetting.kernel import orgnr


def numbers_are_organisations() -> Iterator[str]:
    """Every organisation number has a right check digit and is nobody's identity number. None is shown."""
    rows = Association.objects.values_list("pk", "orgnr").order_by("pk")
    for pk, number in rows.iterator(chunk_size=5000):
        if orgnr.check(number).number != number:
            yield f"association {pk}: its organisation number is not one"


def giro_has_two_people() -> Iterator[str]:
    """A number in use was confirmed by another person than registered it, and is the only one of its kind."""
    alone = GiroAccount.objects.filter(confirmed_by__isnull=False, confirmed_by=F("registered_by"))
    for pk in alone.values_list("pk", flat=True):
        yield f"giro account {pk}: confirmed by who registered it"
    in_use = GiroAccount.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    twice = in_use.values("association_id", "kind").annotate(number=Count("pk")).filter(number__gt=1)
    for row in twice.order_by("association_id"):
        yield f"association {row['association_id']}: {row['number']} {row['kind']} accounts in use"


def parts_fit_the_whole() -> Iterator[str]:
    """No part of the members is larger than the members."""
    wrong = Q(women__gt=F("members")) | Q(members_in_area__gt=F("members"))
    for pk in DistrictAssociation.objects.filter(wrong).values_list("pk", flat=True):
        yield f"district's record {pk}: a part of the members is larger than the members"


INVARIANTS = {
    "associations.numbers": numbers_are_organisations,
    "associations.giro": giro_has_two_people,
    "associations.counts": parts_fit_the_whole,
}
