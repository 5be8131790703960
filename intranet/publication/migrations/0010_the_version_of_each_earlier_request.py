from django.db import migrations
from django.utils import timezone


def say_which_version(apps, schema_editor):
    """The version that was live when it was asked; what is live no more awaits no decision."""
    Release = apps.get_model("publication", "Release")
    requests = apps.get_model("publication", "WithdrawalRequest").objects
    for asked in requests.iterator():
        went_live = Release.objects.filter(matter_id=asked.matter_id, used_at__lte=asked.asked_at)
        asked.version_id = went_live.order_by("-used_at", "-pk").values_list("revision_id", flat=True).first()
        asked.save(update_fields=["version"])
    requests.filter(outcome="", matter__live=False).update(outcome="overtaken", decided_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("publication", "0009_the_version_that_a_withdrawal_is_asked_of"),
    ]

    operations = [
        migrations.RunPython(say_which_version, migrations.RunPython.noop),
    ]
