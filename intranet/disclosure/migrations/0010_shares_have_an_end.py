"""Named readers, kept by guardian until now, become shares without an end; no reason was asked when they were named."""

from django.conf import settings
from django.db import migrations

READ_MATTER = {
    "permission__codename": "read_matter",
    "permission__content_type__app_label": "disclosure",
    "permission__content_type__model": "matterpage",
}


def move_named_readers(apps, schema_editor):
    """Who named them, and when, is in the matter's log, under the name of that day."""
    Share = apps.get_model("access", "Share")
    named = apps.get_model("wagtailcore", "PageLogEntry").objects.filter(action="gongkai.share").order_by("timestamp")
    for holder, model in (("user", "UserObjectPermission"), ("group", "GroupObjectPermission")):
        rows = apps.get_model("guardian", model).objects.filter(**READ_MATTER).select_related(holder)
        for row in rows:
            share = Share(
                content_type_id=row.content_type_id,
                object_id=int(row.object_pk),
                **{f"{holder}_id": getattr(row, f"{holder}_id")},
            )
            name = name_of(getattr(row, holder))
            acts = [act for act in named.filter(page_id=int(row.object_pk)) if (act.data or {}).get("with") == name]
            if acts:
                share.granted_at, share.granted_by_id = acts[-1].timestamp, acts[-1].user_id
            share.save()
        rows.delete()
    apps.get_model("auth", "Permission").objects.filter(
        codename="read_matter", content_type__app_label="disclosure", content_type__model="matterpage"
    ).delete()


def name_of(holder):
    """`str` of a person or group, which a migration's models do not have."""
    if not hasattr(holder, "username"):
        return holder.name
    if any("\u4e00" <= character <= "\u9fff" for character in holder.last_name + holder.first_name):
        return f"{holder.last_name}{holder.first_name}"
    return f"{holder.first_name} {holder.last_name}".strip() or holder.username


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0009_notice_period"),
        ("access", "0001_shares"),
        ("guardian", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Back, nobody is named: what was shared is shared anew by who knows why.
        migrations.RunPython(move_named_readers, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="matterpage",
            options={"verbose_name": "matter", "verbose_name_plural": "matters"},
        ),
    ]
