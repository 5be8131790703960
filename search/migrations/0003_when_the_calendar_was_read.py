from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_desk_key")]

    operations = [
        migrations.CreateModel(
            name="LastTime",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="what")),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={"verbose_name": "last time", "verbose_name_plural": "last times"},
        ),
    ]
