import json

from django.conf import settings
from django.db import migrations, models


def name_organs(apps, schema_editor):
    """Write down whose audit it was, by what its matter says of it or said in an earlier version."""
    matters = apps.get_model("disclosure", "MatterPage").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for lost in apps.get_model("hall", "LostAudit").objects.all():
        versions = [list(matters.get(pk=lost.matter_id).particulars.raw_data)]
        said = revisions.filter(base_content_type__model="page", object_id=str(lost.matter_id)).order_by("-pk")
        versions += [json.loads(each.content.get("particulars") or "[]") for each in said.iterator()]
        organs = (organ for version in versions for organ in organs_of(version, lost.audit_number))
        lost.audit_organ = next(organs, "")
        lost.save(update_fields=["audit_organ"])


def organs_of(version, number):
    for form in version:
        for row in form["value"].get("rows") or []:
            said = row["value"] if row.get("type") == "item" else row
            if said.get("audit_number") == number and said.get("audit_organ"):
                yield said["audit_organ"]


class Migration(migrations.Migration):

    dependencies = [
        ("disclosure", "0016_fees_of_a_matter"),
        ("hall", "0010_cases_newest_first"),
        ("wagtailcore", "0094_alter_page_locale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lostaudit",
            name="audit_organ",
            field=models.CharField(default="", editable=False, max_length=200, verbose_name="price audit by"),
        ),
        migrations.RemoveConstraint(model_name="lostaudit", name="an_audit_is_lost_once"),
        migrations.AddConstraint(
            model_name="lostaudit",
            constraint=models.UniqueConstraint(
                fields=("matter", "audit_organ", "audit_number"), name="an_audit_is_lost_once"
            ),
        ),
        migrations.RunPython(name_organs, migrations.RunPython.noop),
    ]
