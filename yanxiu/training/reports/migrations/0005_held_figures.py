from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_held'),
    ]

    operations = [
        migrations.AddField(
            model_name='figures',
            name='held',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='figures',
            name='held_s',
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
