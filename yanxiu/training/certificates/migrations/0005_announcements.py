from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0004_checking'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'training_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('training_id', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
