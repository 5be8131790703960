"""Nobody's days begin at another hour: the zones that people chose for themselves go."""

from typing import Any

from django.db import migrations


def forget_chosen_zones(apps: Any, schema_editor: Any) -> None:
    profiles = apps.get_model("wagtailusers", "UserProfile").objects
    profiles.exclude(current_time_zone="").update(current_time_zone="")


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0006_user_password_was_given"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]
    operations = [migrations.RunPython(forget_chosen_zones, migrations.RunPython.noop)]
