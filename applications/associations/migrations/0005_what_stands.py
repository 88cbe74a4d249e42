"""An association stays itself, a paper stays the paper that was handed in, a person stays in the role until its end."""

from django.db import migrations

STANDS = """
SELECT vetting_fixed('associations_association', 'id,key,orgnr,created_at');
SELECT vetting_fixed('associations_districtassociation', 'id,association_id,district_id,created_at');
SELECT vetting_only('associations_associationdocument', 'signed,result,note,checked_at,checked_by_id,version');
SELECT vetting_fixed('associations_giroaccount', 'id');
SELECT vetting_only('associations_representative', 'valid_to');
"""


class Migration(migrations.Migration):
    dependencies = [("associations", "0004_folded_search"), ("kernel", "0002_what_stands")]
    operations = [migrations.RunSQL(STANDS, migrations.RunSQL.noop)]
