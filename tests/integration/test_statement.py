"""A read compiled once (`kernel.statement`) finds what its queryset finds, whoever asks and whenever."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tests.factories.people import also, district, user
from tests.threads import at_once
from vetting.accounts.actors import Actor, actor_for, refreshed, system_actor
from vetting.accounts.models import District, Membership
from vetting.accounts.roles import Permission, Role
from vetting.kernel import clock
from vetting.kernel.statement import Statement

OFFICER, READER = Role.GRANT_OFFICER, Role.SECOND_READER.value


def colleagues(*, actor: Actor, permission: Permission, role: str) -> QuerySet[Membership]:
    """Who holds a role today where the actor may do something; a percent sign in the SQL must stay one."""
    posts = Membership.objects.valid_on(clock.today()).filter(role=role).exclude(user__name__contains="100 % s")
    return posts.filter(district__in=sorted(actor.districts_with(permission))).select_related("user").order_by("id")


def both(statement: Statement[Membership], **values: object) -> list[int]:
    """The ids that the statement finds, after proving that the plain queryset finds the same."""
    found = statement.rows(**values)
    assert found == list(colleagues(**values))  # type: ignore[arg-type]
    return [one.pk for one in found]


@pytest.mark.django_db
def test_each_person_text_and_day_finds_its_own_rows() -> None:
    statement = Statement(colleagues)
    here, there = district("KUN"), district("SOD")
    one, other = user(OFFICER, Role.SECOND_READER, at=here), user(OFFICER, at=there)
    everywhere = also(user(OFFICER, at=here), OFFICER, at=there)
    mine, theirs = (actor_for(person, on=clock.today()) for person in (one, other))
    wanted = {"permission": Permission.SEE_CASES, "role": OFFICER.value}
    counts = [len(both(statement, actor=who, **wanted)) for who in (mine, theirs, everywhere, mine)]
    assert counts == [2, 2, 4, 2]
    assert both(statement, actor=everywhere, permission=Permission.SEE_CASES, role=READER) == [
        one.memberships.get(role=READER).pk
    ]
    assert both(statement, actor=everywhere, permission=Permission.SEE_CASES, role="100 %s") == []
    one.memberships.update(valid_to=clock.today())
    with clock.shifted(timedelta(days=1)):
        assert len(both(statement, actor=theirs, **wanted)) == 2
        assert len(both(statement, actor=everywhere, **wanted)) == 3
        assert both(statement, actor=refreshed(mine, on=clock.today()), **wanted) == []
    assert both(statement, actor=system_actor("test"), **wanted) == []


@pytest.mark.django_db
def test_relations_come_with_the_row_and_the_query_is_counted() -> None:
    statement = Statement(colleagues)
    me = actor_for(user(OFFICER), on=clock.today())
    for _again in range(4):  # compiled, then prepared by the database
        with CaptureQueriesContext(connection) as queries:
            names = [
                one.user.name for one in statement.rows(actor=me, permission=Permission.SEE_CASES, role=OFFICER.value)
            ]
        assert names == [me.name]
        assert len(queries) == 1
        assert "accounts_membership" in queries.captured_queries[0]["sql"]


@pytest.mark.django_db
def test_what_nobody_told_is_never_baked_in() -> None:
    def since_a_month(*, code: str) -> QuerySet[Membership]:
        return Membership.objects.filter(district__code=code, valid_from__gte=clock.today() - timedelta(days=30))

    with pytest.raises(RuntimeError, match="comes from none of its values"):
        Statement(since_a_month).rows(code="KUN")


@pytest.mark.django_db
def test_a_value_that_changes_the_sql_is_refused() -> None:
    def by_size(*, number: int) -> QuerySet[District]:
        return District.objects.filter(pk__in=range(number, number + 1 + (number > -1_750_000_000)))

    with pytest.raises(RuntimeError, match="SQL differs"):
        Statement(by_size).rows(number=4)


@pytest.mark.django_db
def test_nothing_and_dates_belong_to_the_call() -> None:
    def posts(*, on: date, until: date | None) -> QuerySet[Membership]:
        rows = Membership.objects.filter(valid_from__lte=on)
        return rows.filter(valid_to=None) if until is None else rows.filter(valid_to=until)

    statement = Statement(posts)
    person = user(OFFICER, since=date(2024, 2, 29))
    assert len(statement.rows(on=date(2024, 2, 29), until=None)) == 1
    assert statement.rows(on=date(2024, 2, 28), until=None) == []
    person.memberships.update(valid_to=date(2025, 1, 1))
    assert statement.rows(on=date(2024, 2, 29), until=None) == []
    assert len(statement.rows(on=date(2024, 2, 29), until=date(2025, 1, 1))) == 1


@pytest.mark.django_db
def test_a_list_of_keys_is_bound_one_by_one() -> None:
    def named(*, keys: tuple[int, ...], open_only: bool) -> QuerySet[Membership]:
        rows = Membership.objects.filter(pk__in=keys).order_by("id")
        return rows.filter(valid_to=None) if open_only else rows

    statement = Statement(named)
    posts = list(user(OFFICER, Role.SECOND_READER, Role.REGISTRAR).memberships.order_by("id"))
    for some in (posts[:2], posts[1:], posts[1:2], posts, []):
        assert statement.rows(keys=tuple(post.pk for post in some), open_only=True) == some
    posts[0].valid_to = clock.today()
    posts[0].save()
    assert statement.rows(keys=(posts[0].pk, posts[2].pk), open_only=True) == [posts[2]]
    assert statement.rows(keys=(posts[0].pk, posts[2].pk), open_only=False) == [posts[0], posts[2]]


def test_threads_share_one_statement(real_db: None) -> None:
    statement = Statement(colleagues)
    people = [user(OFFICER, at=district(f"D{number:02}")) for number in range(8)]
    actors = [actor_for(person, on=clock.today()) for person in people]

    def ask(index: int) -> list[str]:
        found = []
        for _again in range(5):
            rows = statement.rows(actor=actors[index], permission=Permission.SEE_CASES, role=OFFICER.value)
            found += [row.user.name for row in rows]
        return found

    assert at_once(8, ask) == [[person.name] * 5 for person in people]
