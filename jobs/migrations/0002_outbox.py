import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_initial'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='key',
            field=models.CharField(max_length=220, verbose_name='নথি ও সংস্করণ'),
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='উপলক্ষ ও প্রাপক')),
                ('to_address', models.CharField(blank=True, max_length=254, verbose_name='প্রাপকের ই-মেইল')),
                ('to_name', models.CharField(blank=True, max_length=200, verbose_name='প্রাপকের নাম')),
                ('reply_to', models.CharField(blank=True, max_length=254, verbose_name='উত্তর পাওয়ার ই-মেইল')),
                ('subject', models.CharField(max_length=300, verbose_name='বিষয়')),
                ('body', models.TextField(verbose_name='চিঠির কথা')),
                ('calendar', models.TextField(blank=True, verbose_name='পঞ্জিকার অংশ (iCalendar)')),
                ('calendar_method', models.CharField(blank=True, choices=[('REQUEST', 'আমন্ত্রণ'), ('CANCEL', 'বাতিল')], max_length=10, verbose_name='পঞ্জিকাকে যা করতে বলা হয়')),
                ('message_id', models.CharField(max_length=255, unique=True, verbose_name='Message-ID')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='যার পরে আর পাঠানো হবে না')),
                ('status', models.CharField(choices=[('waiting', 'পাঠানোর অপেক্ষায়'), ('sent', 'পাঠানো হয়েছে'), ('refused', 'ঠিকানা নেয়নি'), ('failed', 'পাঠানো যায়নি'), ('no_address', 'ই-মেইল ঠিকানা নেই'), ('expired', 'সময় পেরিয়ে গেছে')], default='waiting', max_length=10, verbose_name='অবস্থা')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='পাঠানোর সময়')),
                ('refused_reason', models.CharField(blank=True, max_length=300, verbose_name='না যাওয়ার কারণ')),
                ('refused_detail', models.TextField(blank=True, verbose_name='পরিচালকের জন্য মেইল সার্ভারের নিজের কথা')),
                ('posting', models.PositiveSmallIntegerField(default=1, verbose_name='কততম বার ডাকে দেওয়া')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='লেখার সময়')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='যিনি পাঠাতে বলেছেন')),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='jobs.job', verbose_name='যে কাজ পাঠায়')),
            ],
            options={
                'verbose_name': 'ই-মেইল',
                'verbose_name_plural': 'ই-মেইলসমূহ',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('status', 'sent')), models.Q(('sent_at', None), ('status__in', ['waiting', 'refused', 'failed', 'no_address', 'expired'])), _connector='OR'), name='letter_sent_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'failed']), models.Q(('refused_reason', ''), _negated=True)), models.Q(models.Q(('status__in', ['refused', 'failed']), _negated=True), ('refused_reason', '')), _connector='OR'), name='letter_undelivered_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'no_address'), ('to_address', '')), models.Q(models.Q(('status', 'no_address'), _negated=True), models.Q(('to_address', ''), _negated=True)), _connector='OR'), name='letter_without_address_says_so'), models.CheckConstraint(condition=models.Q(('status__in', ['refused', 'no_address']), ('job__isnull', False), _connector='OR'), name='letter_on_its_way_has_a_job'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('calendar_method', '')), models.Q(('calendar_method__in', ['REQUEST', 'CANCEL']), models.Q(('calendar', ''), _negated=True)), _connector='OR'), name='letter_calendar_has_its_method')],
            },
        ),
        migrations.CreateModel(
            name='LetterAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ক্রম')),
                ('filename', models.CharField(max_length=100, verbose_name='ফাইলের নাম')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.storeddocument', verbose_name='নথি')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job', verbose_name='যে কাজ নথিটি বানায়')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='jobs.letter')),
            ],
            options={
                'verbose_name': 'ই-মেইলের সংযুক্তি',
                'verbose_name_plural': 'ই-মেইলের সংযুক্তিসমূহ',
                'ordering': ['letter_id', 'position'],
                'constraints': [models.UniqueConstraint(fields=('letter', 'position'), name='letterattachment_position_in_letter'), models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('job', None)), models.Q(('document', None), ('job__isnull', False)), _connector='OR'), name='letterattachment_has_one_source')],
            },
        ),
    ]
