"""The name behind an audit reference, inside the query that reads the row: no further query, no loop."""

from django.db.models import CharField, F, Func, OuterRef, Subquery, UUIDField

from vetting.accounts.models import User


class _PersonKey(Func):
    """The key in user:<uuid>; NULL for the system and for nobody."""

    template = "CASE WHEN %(expressions)s LIKE 'user:%%%%' THEN substr(%(expressions)s, 6)::uuid END"
    output_field = UUIDField()


def person_name(field: str = "actor") -> Subquery:
    """For `annotate()`: how colleagues know the person whose reference stands in `field`; NULL for the system."""
    return Subquery(
        User.objects.annotate(wanted=_PersonKey(OuterRef(field))).filter(key=F("wanted")).values("name")[:1],
        output_field=CharField(),
    )
