from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workplans", "0005_forms_by_year")]

    operations = [
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('meeting_on__isnull', False), _connector='OR'), name='workplan_approved_in_meeting'),
        ),
    ]
