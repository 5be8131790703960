"""Many matters like one that a review has brought to its head, written straight into the tables.

What is tested begins only afterwards: bringing five hundred there one by one takes minutes.
"""

import uuid
from copy import copy

from django.db import connection
from django.db.models import Model
from wagtail.models import Page, Revision, TaskState, WorkflowState

from intranet.disclosure.models import MatterPage
from intranet.publication.models import MatterTaskState, SecrecyReview


def copies_at_head(matter: MatterPage, number: int) -> list[MatterPage]:
    """So many matters at the same step as this one, of the same authors; their titles are numbered."""
    pages, revisions = _with_versions(matter, number)
    reviews = WorkflowState.objects.bulk_create(
        _changed(matter.current_workflow_state, object_id=str(page.pk), current_task_state=None) for page in pages
    )
    steps = list(MatterTaskState.objects.filter(workflow_state=matter.current_workflow_state).order_by("pk"))
    current = matter.current_workflow_state.current_task_state_id
    for step in steps:
        _steps(step, pages, revisions, reviews, is_current=step.pk == current)
    return list(MatterPage.objects.filter(pk__in=[page.pk for page in pages]).order_by("pk"))


def copies_of(matter: MatterPage, number: int) -> list[MatterPage]:
    """So many matters like this live one, with a version each."""
    pages, revisions = _with_versions(matter, number)
    for page, revision in zip(pages, revisions, strict=True):
        page.live_revision = revision
    Page.objects.bulk_update(pages, ["live_revision"])
    return list(MatterPage.objects.filter(pk__in=[page.pk for page in pages]).order_by("pk"))


def _with_versions(matter: MatterPage, number: int) -> tuple[list[Page], list[Revision]]:
    names = [f"第{place}件" for place in range(1, number + 1)]
    pages = _pages(matter, names)
    revisions = Revision.objects.bulk_create(
        _changed(
            matter.latest_revision,
            object_id=str(page.pk),
            object_str=page.title,
            content={**matter.latest_revision.content, **_own_content(page)},
        )
        for page in pages
    )
    Page.objects.bulk_update(
        [_with(page, latest_revision=revision) for page, revision in zip(pages, revisions, strict=True)],
        ["latest_revision"],
    )
    return pages, revisions


def _pages(matter: MatterPage, names: list[str]) -> list[Page]:
    parent = matter.get_parent()
    path = parent.get_last_child().path
    pages = []
    for name in names:
        path = Page(path=path)._inc_path()
        slug = f"m-{uuid.uuid4().hex[:12]}"
        page = _changed(Page.objects.get(pk=matter.pk), path=path, title=name, draft_title=name, slug=slug)
        page.url_path, page.translation_key = f"{parent.url_path}{slug}/", uuid.uuid4()
        pages.append(page)
    pages = Page.objects.bulk_create(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.get_children_count() + len(names))
    for model in (MatterPage, type(matter)):
        link = model._meta.get_ancestor_link(Page if model is MatterPage else MatterPage)
        own = _own_columns(matter, pages) if model is MatterPage else {}
        _copy_rows(model, link.column, matter.pk, [page.pk for page in pages], own)
    return pages


def _own_columns(matter: MatterPage, pages: list[Page]) -> dict[str, list[str]]:
    slugs = [page.slug for page in pages]
    return {"identifier": slugs} | ({"index_number": slugs} if matter.index_number else {})


def _own_content(page: Page) -> dict[str, object]:
    return {
        "pk": page.pk,
        "page_ptr": page.pk,
        "matterpage_ptr": page.pk,
        "title": page.title,
        "draft_title": page.title,
        "slug": page.slug,
        "identifier": page.slug,
        "path": page.path,
        "url_path": page.url_path,
        "translation_key": str(page.translation_key),
    }


def _steps(step, pages, revisions, reviews, *, is_current: bool) -> None:
    base = TaskState.objects.get(pk=step.pk)
    states = TaskState.objects.bulk_create(
        _changed(base, workflow_state=review, revision=revision)
        for review, revision in zip(reviews, revisions, strict=True)
    )
    _copy_rows(MatterTaskState, "taskstate_ptr_id", step.pk, [state.pk for state in states], {})
    if is_current:
        WorkflowState.objects.bulk_update(
            [_with(review, current_task_state=state) for review, state in zip(reviews, states, strict=True)],
            ["current_task_state"],
        )
    conclusion = SecrecyReview.objects.filter(step=step).first()
    if conclusion is not None:
        SecrecyReview.objects.bulk_create(
            _changed(conclusion, matter_id=page.pk, title=page.title, reviewed=revision, cleared=revision, step_id=key)
            for page, revision, key in zip(pages, revisions, [state.pk for state in states], strict=True)
        )


def _copy_rows(model: type[Model], key: str, original: int, keys: list[int], own: dict[str, list[str]]) -> None:
    """Copy the model's own row of the original for each of the keys, with columns of its own."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [field.column for field in model._meta.local_concrete_fields]
    chosen = ", ".join("%s" if column == key or column in own else quote(column) for column in columns)
    names = ", ".join(map(quote, columns))
    statement = f"INSERT INTO {quote(table)} ({names}) SELECT {chosen} FROM {quote(table)} WHERE {quote(key)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        for place, new in enumerate(keys):
            changed = [column for column in columns if column == key or column in own]
            values = [new if column == key else own[column][place] for column in changed]
            cursor.execute(statement, [*values, original])


def _changed(thing: Model, **changes: object) -> Model:
    other = copy(thing)
    other.pk = None
    other._state = copy(thing._state)
    other._state.adding = True
    other._state.fields_cache = {}
    return _with(other, **changes)


def _with(thing: Model, **changes: object) -> Model:
    for name, value in changes.items():
        setattr(thing, name, value)
    return thing
