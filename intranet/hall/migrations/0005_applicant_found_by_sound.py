from django.db import migrations, models

from search.pinyin import sounds


def hear_names(apps, schema_editor):
    for applicant in apps.get_model("hall", "Applicant").objects.iterator():
        heard = sounds(applicant.name)
        applicant.sound = "".join(f" {each.syllable}" for each in heard) + (" " if heard else "")
        applicant.initials = "".join(each.initial for each in heard)
        applicant.save(update_fields=["sound", "initials"])


class Migration(migrations.Migration):
    dependencies = [
        ("hall", "0004_inquiries"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicant",
            name="initials",
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="initials of the name"),
        ),
        migrations.AddField(
            model_name="applicant",
            name="sound",
            field=models.CharField(blank=True, editable=False, max_length=1600, verbose_name="name by its sound"),
        ),
        migrations.RunPython(hear_names, migrations.RunPython.noop),
    ]
