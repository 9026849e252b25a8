from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0009_import_progress'),
        ('people', '0003_factor_tries'),
    ]

    operations = [
        migrations.AddField(
            model_name='schoolrequest',
            name='key',
            field=models.TextField(db_collation='C', default=''),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='schoolrequest',
            index=models.Index(fields=['county', 'key'], name='organisations_missing_alike'),
        ),
        migrations.AddIndex(
            model_name='schoolrequest',
            index=models.Index(fields=['person', '-asked_at'], name='organisations_missing_of'),
        ),
        migrations.AddIndex(
            model_name='typeproposal',
            index=models.Index(fields=['at', 'id'], name='organisations_type_proposals'),
        ),
    ]
