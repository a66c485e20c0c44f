import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='গ্রুপের নাম')),
                ('kind', models.CharField(choices=[('listed', 'তালিকা করা পদ'), ('team', 'টিমের সকল সদস্য'), ('heads_below', 'ঠিক নিচের সকল দপ্তরের প্রধান')], default='listed', max_length=12, verbose_name='কারা আছেন')),
                ('is_active', models.BooleanField(default=True, verbose_name='চালু')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='post_groups', to='teams.office')),
            ],
            options={
                'verbose_name': 'পদের গ্রুপ',
                'verbose_name_plural': 'পদের গ্রুপ',
                'ordering': ('office_id', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('office', 'name'), name='postgroup_name_unique_in_office'), models.UniqueConstraint(condition=models.Q(('office__isnull', True)), fields=('name',), name='postgroup_common_name_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['listed', 'team', 'heads_below'])), name='postgroup_kind_known'), models.CheckConstraint(condition=models.Q(('office__isnull', False), models.Q(('kind', 'listed'), _negated=True), _connector='OR'), name='postgroup_list_has_office')],
            },
        ),
        migrations.CreateModel(
            name='PostGroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='যে তারিখ থেকে')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='যে তারিখ পর্যন্ত')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='teams.postgroup')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.post')),
            ],
            options={
                'verbose_name': 'গ্রুপের সদস্য',
                'verbose_name_plural': 'গ্রুপের সদস্য',
                'ordering': ('group_id', 'post_id', 'starts_on'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('group', 'post'), name='postgroupmember_one_open_per_post'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='postgroupmember_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='MemoNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('canonical', models.CharField(max_length=60, verbose_name='স্মারক নম্বর')),
                ('prefix', models.CharField(max_length=40)),
                ('issue', models.PositiveIntegerField(null=True)),
                ('purpose', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memo_numbers', to='teams.office')),
            ],
            options={
                'verbose_name': 'স্মারক নম্বর',
                'verbose_name_plural': 'স্মারক নম্বর',
                'ordering': ('-created_at', '-pk'),
                'indexes': [models.Index(fields=['office', 'prefix'], name='memonumber_office_prefix')],
                'constraints': [models.UniqueConstraint(fields=('office', 'canonical'), name='memonumber_unique_in_office'), models.UniqueConstraint(fields=('purpose', 'object_id'), name='memonumber_one_per_letter'), models.CheckConstraint(condition=models.Q(('canonical', ''), _negated=True), name='memonumber_given')],
            },
        ),
        migrations.CreateModel(
            name='MemoPrefix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='নথি নম্বর')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='শাখা বা নথির নাম')),
                ('is_active', models.BooleanField(default=True, verbose_name='চালু')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memo_prefixes', to='teams.office')),
            ],
            options={
                'verbose_name': 'নথি নম্বর',
                'verbose_name_plural': 'নথি নম্বর',
                'ordering': ('office_id', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('office', 'number'), name='memoprefix_number_unique_in_office')],
            },
        ),
    ]
