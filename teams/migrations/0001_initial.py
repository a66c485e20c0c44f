import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('login', models.CharField(max_length=254, unique=True, verbose_name='লগ-ইন')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='ই-মেইল')),
                ('mobile', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^01[3-9]\\d{8}$', 'মোবাইল নম্বর ১১ অঙ্কের হবে, যেমন ০১৭১২৩৪৫৬৭৮।')], verbose_name='মোবাইল')),
                ('name_bn', models.CharField(max_length=150, verbose_name='নাম (বাংলা)')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='নাম (ইংরেজি)')),
                ('is_active', models.BooleanField(default=True, verbose_name='চালু')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='যোগের সময়')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'ব্যক্তি',
                'verbose_name_plural': 'ব্যক্তি',
                'ordering': ('name_bn',),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='user_email_unique'), models.UniqueConstraint(condition=models.Q(('mobile', ''), _negated=True), fields=('mobile',), name='user_mobile_unique'), models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('mobile', ''), _negated=True), _connector='OR'), name='user_email_or_mobile')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='পড়ার মতো স্থায়ী পরিচয়, যেমন madaripur-sadar', max_length=80, unique=True, verbose_name='কোড')),
                ('tier', models.CharField(choices=[('cabinet', 'মন্ত্রিপরিষদ বিভাগ'), ('ministry', 'মন্ত্রণালয়/বিভাগ'), ('agency', 'অধিদপ্তর/সংস্থা'), ('division', 'বিভাগীয় পর্যায়'), ('district', 'জেলা'), ('upazila', 'উপজেলা')], max_length=10, verbose_name='পর্যায়')),
                ('path', models.CharField(editable=False, max_length=400, unique=True)),
                ('name_bn', models.CharField(max_length=250, verbose_name='নাম (বাংলা)')),
                ('name_en', models.CharField(max_length=250, verbose_name='নাম (ইংরেজি)')),
                ('place_bn', models.CharField(max_length=150, verbose_name='সংক্ষিপ্ত নাম (বাংলা)')),
                ('place_en', models.CharField(max_length=150, verbose_name='সংক্ষিপ্ত নাম (ইংরেজি)')),
                ('is_active', models.BooleanField(default=True, verbose_name='চালু')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='teams.office', verbose_name='ঊর্ধ্বতন দপ্তর')),
            ],
            options={
                'verbose_name': 'দপ্তর',
                'verbose_name_plural': 'দপ্তর',
                'ordering': ('path',),
                'indexes': [models.Index(fields=['tier', 'is_active'], name='office_tier_active')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tier__in', ['cabinet', 'ministry', 'agency', 'division', 'district', 'upazila'])), name='office_tier_known'), models.CheckConstraint(condition=models.Q(('parent__isnull', False), ('tier', 'cabinet'), _connector='OR'), name='office_only_root_has_no_parent')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('designation_bn', models.CharField(max_length=200, verbose_name='পদবি (বাংলা)')),
                ('designation_en', models.CharField(blank=True, max_length=200, verbose_name='পদবি (ইংরেজি)')),
                ('role', models.CharField(choices=[('head', 'দপ্তর প্রধান'), ('innovation_officer', 'ইনোভেশন অফিসার'), ('member', 'সদস্য'), ('cabinet_reviewer', 'মন্ত্রিপরিষদ বিভাগের পর্যালোচক'), ('system_administrator', 'সিস্টেম অ্যাডমিনিস্ট্রেটর')], default='member', max_length=24, verbose_name='ভূমিকা')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='দাপ্তরিক ফোন')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='দাপ্তরিক ই-মেইল')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='ক্রম')),
                ('is_active', models.BooleanField(default=True, verbose_name='চালু')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='teams.office', verbose_name='দপ্তর')),
            ],
            options={
                'verbose_name': 'পদ',
                'verbose_name_plural': 'পদ',
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('office', 'designation_bn'), name='post_designation_unique_in_office'), models.UniqueConstraint(condition=models.Q(('is_active', True), ('role', 'head')), fields=('office',), name='post_one_head_per_office'), models.CheckConstraint(condition=models.Q(('role__in', ['head', 'innovation_officer', 'member', 'cabinet_reviewer', 'system_administrator'])), name='post_role_known')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('action', models.CharField(max_length=60)),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.office')),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.post')),
            ],
            options={
                'verbose_name': 'কাজের নথি',
                'verbose_name_plural': 'কাজের নথি',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['object_type', 'object_id', 'at'], name='auditentry_object'), models.Index(fields=['office', 'at'], name='auditentry_office_at')],
            },
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('regular', 'নিয়মিত'), ('additional', 'অতিরিক্ত দায়িত্ব'), ('in_charge', 'ভারপ্রাপ্ত')], default='regular', max_length=12, verbose_name='ধরন')),
                ('starts_on', models.DateField(verbose_name='যোগদানের তারিখ')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='শেষ কর্মদিবস')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='teams.post')),
            ],
            options={
                'verbose_name': 'পদে থাকা',
                'verbose_name_plural': 'পদে থাকা',
                'ordering': ('-starts_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='postholding_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('post',), name='postholding_one_open_per_post')],
            },
        ),
    ]
