"""What the queue asks the database: indexes for its saved views, and a searched text per case."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

# Folded as vetting.kernel.search.fold does it (tests/integration/test_case_search.py holds the two together).
TEXT = """
CREATE FUNCTION cases_search_text(number text, association bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT translate(
    lower(concat_ws(' ', number, a.name, a.orgnr, substr(a.orgnr, 1, 6) || '-' || substr(a.orgnr, 7)) COLLATE "pg_c_utf8"),
    'åäáàâãæöøóòôõüúùûéèêëíìîïñçý', 'aaaaaaaoooooouuuueeeeiiiincy')
  FROM (SELECT association AS id) AS wanted LEFT JOIN associations_association a ON a.id = wanted.id
$$;
"""
# As vetting.kernel.sorting.swedish_order writes it; ~ comes after the last letter.
NAME_KEY = """
CREATE FUNCTION cases_search_name(association bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT translate(lower(name COLLATE "pg_c_utf8"), 'åäöæøüéèêëáà', '{|}|}yeeeeaa')
    FROM associations_association WHERE id = association), '~')
$$;
"""
# AFTER, so that the row exists; on a change of name every case of the association follows.
TRIGGERS = """
CREATE FUNCTION cases_case_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO cases_casesearch (case_id, text, name_key) VALUES
    (NEW.id, cases_search_text(NEW.number, NEW.association_id), cases_search_name(NEW.association_id))
  ON CONFLICT (case_id) DO UPDATE SET text = EXCLUDED.text, name_key = EXCLUDED.name_key;
  RETURN NULL;
END $$;
CREATE TRIGGER searched AFTER INSERT OR UPDATE OF number, association_id ON cases_case
  FOR EACH ROW EXECUTE FUNCTION cases_case_searched();
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER searched;

CREATE FUNCTION cases_association_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE cases_casesearch s
  SET text = cases_search_text(c.number, c.association_id), name_key = cases_search_name(c.association_id)
  FROM cases_case c WHERE c.association_id = NEW.id AND s.case_id = c.id;
  RETURN NULL;
END $$;
CREATE TRIGGER searched AFTER UPDATE OF name, orgnr ON associations_association FOR EACH ROW
  WHEN ((OLD.name, OLD.orgnr) IS DISTINCT FROM (NEW.name, NEW.orgnr)) EXECUTE FUNCTION cases_association_searched();
ALTER TABLE associations_association ENABLE ALWAYS TRIGGER searched;
"""
EXISTING = (
    "INSERT INTO cases_casesearch (case_id, text) SELECT id, cases_search_text(number, association_id) FROM cases_case"
)


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0004_folded_search"),
        ("cases", "0004_document_guards"),
        ("kernel", "0001_guards"),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("text", models.TextField()),
                ("name_key", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name="casesearch",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("text"), name="gin_trgm_ops"),
                fastupdate=False,
                name="cases_casesearch_trgm",
            ),
        ),
        migrations.AddIndex(
            model_name="casesearch",
            index=models.Index(
                django.db.models.functions.comparison.Collate("name_key", "C"),
                models.F("case"),
                name="cases_casesearch_order",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="cases_case_state"),
        migrations.RemoveIndex(model_name="case", name="cases_case_officer"),
        migrations.RemoveIndex(model_name="case", name="cases_case_number"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["district", "state", "due_on", "id"],
                name="cases_case_state",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["district", "officer", "due_on", "id"],
                name="cases_case_officer",
            ),
        ),
        migrations.RunSQL(TEXT, migrations.RunSQL.noop),
        migrations.RunSQL(NAME_KEY, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(EXISTING, migrations.RunSQL.noop),
    ]
