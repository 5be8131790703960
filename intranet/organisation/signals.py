"""Wiring: a department has its groups, a change of post reaches the person's groups at once."""

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.search.index import insert_or_update_object

from intranet.audit.recording import record
from intranet.organisation.groups import ensure_groups
from intranet.organisation.membership import synchronise
from intranet.organisation.models import Department, Post, User


@receiver(post_save, sender=Department)
def give_department_its_groups(instance: Department, **kwargs: Any) -> None:
    ensure_groups(instance)


@receiver([post_save, post_delete], sender=Post)
def synchronise_person(instance: Post, **kwargs: Any) -> None:
    synchronise(instance.person)


@receiver([post_save, post_delete], sender=Post)
def record_post(signal: Any, instance: Post, **kwargs: Any) -> None:
    """Whoever changes a post gives or takes rights, in the admin or in a shell."""
    facts = {
        "holder": instance.person.get_username(),
        "department": instance.department.code,
        "kind": instance.kind,
        "from": instance.starts_on,
        "to": instance.ends_on,
    }
    record("post.deleted" if signal is post_delete else "post.saved", thing=instance, facts=facts)


@receiver(post_save, sender=User)
@receiver(post_save, sender=Department)
def find_posts_by_the_new_name(
    instance: User | Department, created: bool, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """The admin finds a post by its person and its department. A sign-in writes its moment alone and renames nobody."""
    if not created and not update_fields:
        for post in instance.posts.all():
            insert_or_update_object(post)


@receiver(post_migrate)
def complete_groups(app_config: Any, **kwargs: Any) -> None:
    """Permissions of apps migrated later exist only now; Wagtail's core is the last that groups need."""
    if app_config.label != "wagtailcore":
        return
    for department in Department.objects.all():
        ensure_groups(department)
