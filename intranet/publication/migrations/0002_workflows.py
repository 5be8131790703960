"""The two workflows that the catalogue's routes ask for."""

from django.db import migrations

STEPS = {
    "secrecyreviewtask": "保密审查",
    "headapprovaltask": "科室负责人审签",
    "officeapprovaltask": "公开办审核",
}
WORKFLOWS = {
    "保密审查、科室负责人审签": ["secrecyreviewtask", "headapprovaltask"],
    "保密审查、科室负责人审签、公开办审核": ["secrecyreviewtask", "headapprovaltask", "officeapprovaltask"],
}


def create_workflows(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    tasks = {}
    for model_name, name in STEPS.items():
        model = apps.get_model("publication", model_name)
        content_type, _created = ContentType.objects.get_or_create(app_label="publication", model=model_name)
        tasks[model_name] = model.objects.create(name=name, content_type=content_type, active=True)
    for name, steps in WORKFLOWS.items():
        workflow = Workflow.objects.create(name=name, active=True)
        for order, model_name in enumerate(steps):
            WorkflowTask.objects.create(
                workflow=workflow, task_id=tasks[model_name].task_ptr_id, sort_order=order
            )
    # Wagtail's own example workflow has no place here: nothing uses it and it would approve nothing.
    Workflow.objects.exclude(name__in=WORKFLOWS).delete()


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(create_workflows, migrations.RunPython.noop)]
