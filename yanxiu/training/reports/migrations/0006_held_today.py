from django.db import migrations

# Else the next check would find nodes that say nothing of what their teachers' rows hold.
_COUNT = """
UPDATE reports_figures f SET held = told.held, held_s = told.held_s
FROM (
  SELECT training_id, array_to_string(steps[1:depth], '/') AS path, count(*) AS held,
    sum(held_s) AS held_s
  FROM reports_standing,
    LATERAL (SELECT string_to_array(path, '/') AS steps) AS way,
    LATERAL generate_series(1, cardinality(steps)) AS depth
  WHERE held_since IS NOT NULL
  GROUP BY 1, 2
) AS told
WHERE f.training_id = told.training_id AND f.path = told.path
  AND f."on" = (SELECT max("on") FROM reports_figures)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_held_figures'),
    ]

    operations = [
        migrations.RunSQL(_COUNT, migrations.RunSQL.noop),
    ]
