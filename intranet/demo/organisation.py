"""The demo's bureau: its departments, its people and their posts."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Site

from intranet.demo.content import ORGANISATION, ContentError
from intranet.demo.models import DemoAccount
from intranet.disclosure.models import Category
from intranet.organisation.models import Department, Post, User
from search.demand.models import Asking

T = TypeVar("T", bound=models.Model)

DEFAULT_PASSWORD = "gongkai-demo"  # noqa: S105 - printed for everybody; production refuses its accounts


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account as it is listed: who signs in, and as what."""

    username: str
    person: str
    role: str


@transaction.atomic
def load_organisation(content: dict[str, Any]) -> None:
    """Make what is not there yet; what somebody changed since stays as it is."""
    for fields in content.get("departments", []):
        _department(fields)
    password = make_password(os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD)
    for fields in content.get("people", []):
        _person(fields, password=password)
    _responsible(content.get("responsible", {}))
    _bureau(content.get("bureau", {}), content.get("home", {}))
    _asked_for(content.get("asked_for", {}))


def accounts() -> list[Account]:
    """The demo's accounts with the posts of today, in the order they were made."""
    listed = []
    for account in DemoAccount.objects.select_related("person").order_by("pk"):
        posts = Post.objects.in_office().of_person(account.person).select_related("department")
        roles = [f"{post.get_kind_display()} · {post.department}" for post in posts]
        if account.person.is_superuser:
            roles.append("superuser")
        listed.append(Account(account.person.username, str(account.person), ", ".join(roles)))
    return listed


def _department(fields: dict[str, Any]) -> Department:
    values = dict(fields)
    code = values.pop("code", "")
    if found := Department.objects.filter(code=code).first():
        return found
    if parent := values.pop("parent", ""):
        values["parent"] = _found(Department, code, code=parent)
    return _saved(Department, {"code": code, **values}, where=code)


def _responsible(departments: dict[str, str]) -> None:
    """Name the department that answers for each category, where nobody has named one."""
    for code, department in departments.items():
        category = _found(Category, "responsible", code=code)
        if category.responsible_department is None:
            category.responsible_department = _found(Department, code, code=department)
            category.save()


def _person(fields: dict[str, Any], *, password: str) -> User:
    values = dict(fields)
    username = values.get("username", "")
    if found := User.objects.filter(username=username).first():
        return found
    posts = values.pop("posts", [])
    superuser = values.pop("superuser", False)
    person = _saved(
        User,
        {
            "email": f"{username}@demo.invalid",
            "password": password,
            **values,
            "is_superuser": superuser,
            "is_staff": superuser,
        },
        where=username,
    )
    DemoAccount.objects.create(person=person)
    for post in posts:
        department = _found(Department, username, code=post.get("department", ""))
        _saved(Post, {**post, "person": person, "department": department}, where=username)
    return person


def _bureau(bureau: dict[str, Any], home: dict[str, Any]) -> None:
    settings = apps.get_model("home", "BureauSettings").load()
    if settings.address or settings.phone:
        return
    _assign(settings, bureau, where="bureau")
    settings.save()
    page = Site.objects.get(is_default_site=True).root_page.specific
    _assign(page, home, where="home")
    page.draft_title = page.title
    page.save()


def _asked_for(times: dict[str, int]) -> None:
    """What visitors have looked for, and how often; counted where nobody has looked for anything yet."""
    if Asking.objects.exists():
        return
    Asking.objects.bulk_create(
        Asking(
            text=text, side=Asking.Side.PUBLIC, language="zh-hans", engine="demo", results_from=1, session=f"{text} {n}"
        )
        for text, count in times.items()
        for n in range(count)
    )


def _assign(thing: models.Model, values: dict[str, Any], *, where: str) -> None:
    names = {field.name for field in thing._meta.get_fields() if field.concrete}
    if unknown := values.keys() - names:
        raise ContentError(ORGANISATION, where, f"unknown: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(thing, name, value)


def _saved(model: type[T], values: dict[str, Any], *, where: str) -> T:
    thing = model()
    _assign(thing, values, where=where)
    try:
        thing.full_clean()
    except ValidationError as error:
        raise ContentError(ORGANISATION, where, _in_words(error)) from error
    thing.save()
    return thing


def _found(model: type[T], where: str, **key: str) -> T:
    found = model._default_manager.filter(**key).first()
    if found is None:
        raise ContentError(ORGANISATION, where, f"there is no {model._meta.model_name} {', '.join(key.values())}")
    return found


def _in_words(error: ValidationError) -> str:
    return "; ".join(_each(error.message_dict)) if hasattr(error, "error_dict") else "; ".join(error.messages)


def _each(messages: dict[str, list[str]]) -> Iterable[str]:
    return (f"{name}: {' '.join(said)}" for name, said in messages.items())
