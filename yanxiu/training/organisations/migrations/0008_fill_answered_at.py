"""Copy each decision's instant to the request that it answers."""

from django.db import migrations

FILL = """
UPDATE organisations_verification v SET answered_at = d.at
FROM organisations_decision d WHERE d.verification_id = v.id AND v.answered_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [("organisations", "0007_answered_at")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
