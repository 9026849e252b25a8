from django.db import migrations

# Each try is written before the password is looked at, and most are deleted a moment later. What a
# crash of the database may forget is how often somebody has guessed wrong today; what it need not
# write into its log was a quarter of what a sign-in cost it (docs/decisions/0012).
TABLE = "people_passwordtry"


class Migration(migrations.Migration):
    dependencies = [("people", "0009_phone_changes")]

    operations = [
        migrations.RunSQL(f"ALTER TABLE {TABLE} SET UNLOGGED", f"ALTER TABLE {TABLE} SET LOGGED"),
    ]
