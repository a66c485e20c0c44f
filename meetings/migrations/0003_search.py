"""The pieces of settled minutes that a search finds, and the index under it."""

import django.db.models.deletion
from django.db import migrations, models

from meetings.search.index import drop_index, make_index


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_phrases")]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('kind', models.CharField(choices=[('head', 'সভার পরিচিতি'), ('topic', 'আলোচ্য বিষয়'), ('discussion', 'আলোচনা'), ('decision', 'সিদ্ধান্ত')], max_length=10)),
                ('text', models.TextField()),
                ('folded', models.TextField()),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.decision')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='meetings.meeting')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.office')),
            ],
            options={
                'verbose_name': 'কার্যবিবরণীর খোঁজার অংশ',
                'verbose_name_plural': 'কার্যবিবরণীর খোঁজার অংশ',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['head', 'topic', 'discussion', 'decision'])), name='searchentry_kind_known'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='searchentry_text_given'),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
