from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0002_frame")]

    operations = [
        migrations.RenameField("homepage", "introduction", "introduction_zh"),
        migrations.AlterField(
            "homepage", "introduction_zh", models.TextField(blank=True, verbose_name="introduction (Chinese)")
        ),
        migrations.AddField(
            "homepage", "introduction_bo", models.TextField(blank=True, verbose_name="introduction (Tibetan)")
        ),
        migrations.AddField(
            "homepage", "introduction_en", models.TextField(blank=True, verbose_name="introduction (English)")
        ),
    ]
