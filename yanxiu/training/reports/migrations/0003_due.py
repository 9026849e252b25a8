from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_exports_reminders_rolls'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(
                condition=models.Q(
                    ('certified_at', None),
                    ('completed_at__isnull', False),
                    ('enrolled_at__isnull', False),
                    ('verified_at__isnull', False),
                ),
                fields=['training_id', 'person_id'],
                name='reports_standing_due',
            ),
        ),
    ]
