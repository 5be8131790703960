"""The demo is loaded by the operations of the product, once, and says where its content is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Revision, WorkflowState

from intranet.demo.checks import demo_accounts_present, no_demo_accounts
from intranet.demo.content import ContentError
from intranet.demo.loading import Demo
from intranet.disclosure.models import AttachedDocument, Category, MatterPage
from intranet.organisation.models import Department, Post, User
from intranet.publication.approval import current_step
from intranet.publication.models import Release

pytestmark = pytest.mark.django_db

Content = Callable[..., Path]


def written(identifier: str, *, type: str = "notice", category: str = "E2", more: str = "", **fields: str) -> str:
    values = {"visibility": "public", "state": "live", **fields}
    return f"""
[[matters]]
id = "{identifier}"
type = "{type}"
department = "licensing"
category = "{category}"
title = "关于{identifier}的通知"
summary = "摘要"
formed_on = 2026-01-05
language = "zh-hans"
body = '''
第一条 甲

第二条 乙
'''
{chr(10).join(f'{name} = "{value}"' for name, value in values.items())}
{more}
"""


def load(folder: Path) -> None:
    list(Demo(folder).load())


def matter(identifier: str) -> MatterPage:
    return MatterPage.objects.get(identifier=identifier).specific


def test_the_bureau_has_its_departments_people_and_posts(content: Content) -> None:
    load(content())
    assert Department.objects.get(code="licensing").name_zh == "行政许可科"
    post = Post.objects.get(person__username="liaison")
    assert (post.kind, post.department.code, post.responsibilities) == ("liaison", "licensing", "起草")
    assert User.objects.get(username="admin").is_superuser
    assert User.objects.get(username="head").check_password("gongkai-demo")
    bureau = apps.get_model("home", "BureauSettings").objects.get()
    assert (bureau.name_zh, bureau.address) == ("某州安全生产监督管理局", "人民街1号")
    assert apps.get_model("home", "HomePage").objects.get().title == "某州安监局"


def test_a_category_has_the_department_that_answers_for_it(content: Content) -> None:
    load(content())
    assert Category.objects.get(code="E4").responsible_department.code == "licensing"


def test_what_visitors_look_for_is_on_the_home_page(content: Content, client: Client) -> None:
    load(content())
    assert [query.text for query in client.get("/").context["popular"]] == ["烟花爆竹"]


def test_the_password_comes_from_the_environment(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "another-one")
    load(content())
    assert User.objects.get(username="head").check_password("another-one")


@pytest.mark.parametrize(
    ("state", "live", "step"),
    [
        ("draft", False, ""),
        ("submitted", False, "secrecy review"),
        ("in_review", False, "head's approval"),
        ("awaiting_office", False, "office's approval"),
        ("returned", False, ""),
        ("live", True, ""),
        ("live_with_draft", True, ""),
        ("live_in_review", True, "head's approval"),
        ("expired", False, ""),
        ("withdrawn", False, ""),
        ("rejected", False, ""),
    ],
)
def test_every_state_is_reached(content: Content, state: str, live: bool, step: str) -> None:
    load(content(a=written("m", category="E3", state=state)))
    loaded = matter("m")
    assert loaded.live is live
    awaiting = current_step(loaded)
    assert (awaiting.task.specific._meta.verbose_name if awaiting else "") == step
    assert loaded.expired is (state == "expired")
    assert bool(loaded.withdrawn_at) is (state == "withdrawn")
    assert loaded.has_unpublished_changes is (state != "live")
    assert loaded.owner.username == "liaison"
    returned = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).exists()
    assert returned is (state == "returned")


def test_live_matters_keep_their_day_of_publication(content: Content) -> None:
    load(content(a=written("m", more="published_on = 2026-01-20")))
    assert matter("m").published_on.isoformat() == "2026-01-20"
    assert matter("m").index_number


def test_some_live_matters_came_through_their_review_and_the_rest_were_released(content: Content) -> None:
    load(content(a="".join(written(f"m{n}") for n in range(26))))
    kinds = list(Release.objects.values_list("kind", flat=True))
    assert (kinds.count("approval"), kinds.count("import")) == (12, 14)


def test_fields_rows_elements_and_files_are_what_is_written(content: Content) -> None:
    regulation = written(
        "new",
        type="regulation",
        more="""
issuing_organ = "某局"
issued_on = 2026-01-06
validity = "in_force"
relations = [{ kind = "repeals", target = "old" }]
elements = { phone = "0941-8210000" }
attachments = [
  { kind = "pdf", title = "正文", paragraphs = ["全文"] },
  { kind = "docx", title = "申请表", rows = [["姓名", ""]] },
  { kind = "xlsx", title = "名单", rows = [["甲", 1]] },
]
""",
    )
    plan = written(
        "plan", type="plan", category="E3", more='period_year = 2026\ngoals = [{ name = "培训", progress = 60 }]'
    )
    load(content(a=regulation, b=written("old", type="regulation") + plan))
    new = matter("new")
    assert [block.block_type for block in new.body] == ["article", "article"]
    assert (new.issuing_organ, new.validity) == ("某局", "in_force")
    assert new.relations.get().target.identifier == "old"
    assert new.elements.get().value == "0941-8210000"
    assert [row.shown_title for row in new.attachments.all()] == ["正文.pdf", "申请表.docx", "名单.xlsx"]
    assert AttachedDocument.objects.first().reader_tokens() == {"public"}
    assert matter("plan").goals.get().progress == 60


def test_a_translation_follows_its_original(content: Content) -> None:
    translation = written("zh-bo", language="bo", more='translation_of = "zh"').replace('language = "zh-hans"\n', "")
    load(content(a=translation, b=written("zh")))
    assert matter("zh-bo").translation_of.identifier == "zh"


def test_named_readers_may_read(content: Content) -> None:
    load(content(a=written("m", category="N2", visibility="department", more='shares = ["office"]')))
    reader = User.objects.get(username="office")
    assert f"user:{reader.pk}" in matter("m").reader_tokens()


def test_loading_it_again_changes_nothing(content: Content) -> None:
    folder = content(a=written("m") + written("d", state="draft") + written("w", state="withdrawn"))
    load(folder)
    User.objects.filter(username="head").update(last_name="改")
    before = (list(MatterPage.objects.values()), list(User.objects.values()), Revision.objects.count())
    load(folder)
    assert (list(MatterPage.objects.values()), list(User.objects.values()), Revision.objects.count()) == before


def test_a_load_that_was_broken_off_goes_on_where_it_stopped(content: Content) -> None:
    folder = content(a=written("m1"), b=written("m2", category="E99"))
    with pytest.raises(ContentError):
        load(folder)
    assert MatterPage.objects.count() == 1
    load(content(a=written("m1"), b=written("m2")))
    assert MatterPage.objects.count() == 2


@pytest.mark.parametrize(
    ("mistake", "why"),
    [
        (written("bad", category="E99"), "E99"),
        (written("bad", type="law"), "law"),
        (written("bad", state="gone"), "gone"),
        (written("bad", more="colour = 1"), "colour"),
        (written("bad", category="N1"), "visibility"),
        (written("bad", more='elements = { colour = "x" }'), "colour"),
        (written("bad", more='attachments = [{ kind = "exe", title = "x" }]'), "exe"),
        (written("bad", more='translation_of = "absent"'), "absent"),
        (written("bad", more='shares = ["nobody"]'), "nobody"),
        (written("bad") * 2, "already"),
    ],
)
def test_a_mistake_in_the_content_names_file_and_id(content: Content, mistake: str, why: str) -> None:
    with pytest.raises(ContentError, match=rf"mistaken\.toml: bad: .*{why}"):
        load(content(mistaken=mistake))
    assert not MatterPage.objects.filter(identifier="bad").exists() or why == "already"


def test_a_file_that_is_not_toml_is_named(content: Content) -> None:
    with pytest.raises(ContentError, match=r"mistaken\.toml"):
        load(content(mistaken="[[matters"))


def test_the_command_refuses_where_the_demo_is_not_allowed(settings: object) -> None:
    settings.DEMO_ALLOWED = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match=r"intranet\.settings\.test"):
        call_command("demo")
    assert not User.objects.exists()


def test_demo_accounts_are_an_error_where_the_demo_is_not_allowed(content: Content, settings: object) -> None:
    settings.DEMO_ALLOWED = False  # type: ignore[attr-defined]
    assert no_demo_accounts() == []
    load(content())
    assert demo_accounts_present() == ["admin", "head", "liaison", "office", "reviewer"]
    (error,) = no_demo_accounts()
    assert "liaison" in error.msg
    settings.DEMO_ALLOWED = True  # type: ignore[attr-defined]
    assert no_demo_accounts() == []
