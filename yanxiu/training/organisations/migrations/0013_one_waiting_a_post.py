from django.db import migrations, models

# Requests that a merger has carried along with their answer were counted as waiting.
ANSWERED = """
UPDATE organisations_verification v SET answered_at = d.at
FROM organisations_decision d WHERE d.verification_id = v.id AND v.answered_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0012_documents"),
        ("people", "0006_own_data"),
    ]

    operations = [
        migrations.RunSQL(ANSWERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                fields=("post",),
                name="organisations_one_waiting_a_post",
            ),
        ),
    ]
