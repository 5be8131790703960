"""The page tree's frame: the home page and the two sides of the catalogue, in place of Wagtail's welcome page."""

from django.db import migrations


def build_frame(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    AudienceSection = apps.get_model("disclosure", "AudienceSection")

    if HomePage.objects.exists():
        return
    Page.objects.filter(depth=2).delete()
    locale, _created = Locale.objects.get_or_create(language_code="zh-hans")

    def page(model, path, **attributes):
        content_type, _created = ContentType.objects.get_or_create(
            app_label=model._meta.app_label, model=model._meta.model_name
        )
        return model.objects.create(
            path=path,
            depth=len(path) // 4,
            content_type=content_type,
            locale=locale,
            live=True,
            draft_title=attributes["title"],
            **attributes,
        )

    home = page(HomePage, "00010001", title="政务公开", slug="home", url_path="/home/", numchild=2)
    page(AudienceSection, "000100010001", title="对外公开", slug="external", url_path="/home/external/", side="external")
    page(AudienceSection, "000100010002", title="对内公开", slug="internal", url_path="/home/internal/", side="internal")
    Page.objects.filter(path="0001").update(numchild=1)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="政务公开")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("disclosure", "0003_seed_catalogue"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(build_frame, migrations.RunPython.noop)]
