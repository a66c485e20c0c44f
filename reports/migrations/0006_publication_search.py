"""The index of the portal's search."""

from django.db import migrations

from reports.publishing.index import drop_index, make_index


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_recommendation"),
        ("reports", "0005_publication_versions"),
    ]

    operations = [migrations.RunPython(make_index, drop_index)]
