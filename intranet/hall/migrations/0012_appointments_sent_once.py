from datetime import datetime, time, timedelta

from django.db import migrations, models
from django.db.models import F, Q

MINUTES = 20
LAST = time(23, 59, 59)


def name_ends(apps, schema_editor):
    """By the hours in force on the day; where they have changed since, by what hours have unless somebody says so."""
    every = list(apps.get_model("hall", "AppointmentHours").objects.all())
    for made in apps.get_model("hall", "Appointment").objects.all():
        minutes = next((hours.minutes for hours in every if is_within(hours, made)), MINUTES)
        begins = datetime.combine(made.day, made.begins)
        ends = begins + timedelta(minutes=minutes)
        made.ends = ends.time() if ends.date() == made.day else LAST
        made.save(update_fields=["ends"])


def is_within(hours, made):
    is_in_force = hours.valid_from <= made.day and (hours.valid_to is None or made.day <= hours.valid_to)
    return is_in_force and hours.begins <= made.begins < hours.ends


class Migration(migrations.Migration):

    dependencies = [
        ("hall", "0011_lost_audit_by_organ"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="form_key",
            field=models.CharField(
                editable=False, max_length=64, null=True, unique=True, verbose_name="key of the form"
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="ends",
            field=models.TimeField(null=True, verbose_name="until (time)"),
        ),
        migrations.RunPython(name_ends, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="appointment",
            name="ends",
            field=models.TimeField(verbose_name="until (time)"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=Q(("ends__gt", F("begins"))), name="appointment_ends_after_it_begins"
            ),
        ),
    ]
