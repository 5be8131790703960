"""The synonyms that a portal begins with."""

import uuid

from django.db import migrations

from search.curation.first_set import EQUAL, LEFT_ALONE, ONE_WAY


def write(apps, schema_editor):
    Synonyms, Stamp = apps.get_model("curation", "Synonyms"), apps.get_model("curation", "Stamp")
    rows = [
        *(("equal", words, "", why) for words, why in EQUAL),
        *(("one_way", words, others, why) for words, others, why in ONE_WAY),
        *(("left_alone", words, "", why) for words, why in LEFT_ALONE),
    ]
    Synonyms.objects.bulk_create(
        Synonyms(kind=kind, words="\n".join(words.split()), others="\n".join(others.split()), reason=f"{why}（首批）")
        for kind, words, others, why in rows
    )
    Stamp.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


def remove(apps, schema_editor):
    apps.get_model("curation", "Synonyms").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("curation", "0001_synonyms_pins_and_exclusions")]
    operations = [migrations.RunPython(write, remove)]
