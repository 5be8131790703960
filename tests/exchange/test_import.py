"""Matters come in: the good lines go in, a bad line stops nothing, running it again changes nothing."""

import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ReferenceIndex, Revision

from intranet.disclosure.models import AttachedDocument, MatterPage, NoticePage, RegulationPage
from intranet.exchange.importing import ImportOptions, import_matters
from intranet.organisation.models import Department
from intranet.publication.models import Release, SecrecyReview
from intranet.publication.withdrawal import withdraw
from tests.exchange.conftest import Run, line
from tests.factories import DepartmentFactory, person_in, submit

Importing = Callable[..., Run]


def only() -> MatterPage:
    return MatterPage.objects.get().specific


def test_a_line_becomes_a_draft_of_its_department_and_category(licensing: Department, import_lines: Importing) -> None:
    run = import_lines([line(published_on="2007-03-20")])
    assert (run.counts, run.code) == ((1, 0, 0, 0), 0)
    matter = only()
    assert isinstance(matter, NoticePage)
    assert (matter.identifier, matter.department, matter.category.code) == ("notice-1", licensing, "E2")
    assert (matter.live, matter.published_on, matter.index_number) == (False, None, "")
    assert matter.get_latest_revision_as_object().title == "关于开展安全生产检查的通知"


def test_internal_lines_go_to_the_internal_categories(licensing: Department, import_lines: Importing) -> None:
    import_lines([line(audience="internal", visibility="department", matter=3)])
    assert only().category.code == "N3"


def test_a_published_line_is_live_with_a_recorded_release(licensing: Department, import_lines: Importing) -> None:
    run = import_lines([line(published_on="2007-03-20")], "--publish")
    assert run.counts == (1, 0, 0, 0)
    matter = only()
    assert matter.live
    assert matter.published_on.isoformat() == "2007-03-20"
    assert matter.index_number
    release = Release.objects.get(matter=matter)
    assert (release.kind, release.reason) == ("import", "import lines.jsonl")
    assert release.used_at is not None


def test_a_published_line_without_a_day_is_published_today(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()], "--publish")
    assert only().published_on is not None


def test_articles_of_a_regulation_are_articles(licensing: Department, import_lines: Importing) -> None:
    import_lines([line(type="regulation", body="第一章 总则\n\n第一条 为了安全。\n\n第二条 本办法……")], "--publish")
    assert isinstance(only(), RegulationPage)
    assert [block.block_type for block in only().body] == ["heading", "article", "article"]


@pytest.mark.parametrize("publish", [(), ("--publish",)])
def test_running_it_twice_changes_nothing(licensing: Department, import_lines: Importing, publish: tuple) -> None:
    lines = [line(), line(id="notice-2", type="regulation", body="第一条 甲\n\n  乙\n丙 \n\n| a | b |")]
    import_lines(lines, *publish)
    before = (Revision.objects.count(), list(MatterPage.objects.values()))
    run = import_lines(lines, *publish)
    assert (run.counts, run.code) == ((0, 0, 2, 0), 0)
    assert (Revision.objects.count(), list(MatterPage.objects.values())) == before


def test_a_changed_line_updates_the_draft_alone(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()], "--publish")
    run = import_lines([line(title="改后的标题")])
    assert run.counts == (0, 1, 0, 0)
    assert only().title != "改后的标题"
    assert only().get_latest_revision_as_object().title == "改后的标题"


def test_a_changed_line_updates_the_live_version_when_publishing(
    licensing: Department, import_lines: Importing
) -> None:
    import_lines([line(published_on="2007-03-20")], "--publish")
    number = only().index_number
    run = import_lines([line(title="改后的标题", published_on="2007-03-21")], "--publish")
    assert run.counts == (0, 1, 0, 0)
    assert (only().title, only().index_number, only().published_on.isoformat()) == (
        "改后的标题",
        number,
        "2007-03-21",
    )


def test_an_unchanged_draft_goes_live_when_publishing(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()])
    run = import_lines([line()], "--publish")
    assert run.counts == (0, 1, 0, 0)
    assert only().live


def test_what_the_format_does_not_carry_is_kept(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()])
    draft = only().get_latest_revision_as_object()
    draft.keywords = "检查"
    draft.save_revision()
    import_lines([line(title="改后的标题")])
    assert only().get_latest_revision_as_object().keywords == "检查"


def test_unreviewed_work_of_a_person_is_not_published_by_an_import(
    licensing: Department, import_lines: Importing
) -> None:
    import_lines([line()], "--publish")
    draft = only().get_latest_revision_as_object()
    draft.summary = "未经审核"
    draft.save_revision(user=person_in(licensing, "liaison"))
    run = import_lines([line()], "--publish")
    assert (run.counts, run.code) == ((0, 0, 0, 1), 1)
    assert only().summary == "全州范围。"


def test_nobody_publishes_their_own_draft_by_an_import(licensing: Department, import_lines: Importing) -> None:
    head, reviewer = person_in(licensing, "head"), person_in(licensing, "secrecy_reviewer")
    import_lines([line()])
    draft = only().get_latest_revision_as_object()
    draft.contact = "by the head"
    draft.save_revision(user=head)
    run = import_lines([line()], "--publish", "--by", head.username, "--reviewed-by", reviewer.username)
    assert (run.counts, only().live) == ((0, 0, 0, 1), False)


def test_a_matter_under_review_is_not_changed(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()])
    submit(only(), by=person_in(licensing, "liaison"))
    assert import_lines([line(title="改后的标题")]).counts == (0, 0, 0, 1)
    assert import_lines([line()]).counts == (0, 0, 1, 0)


def test_a_withdrawn_matter_is_not_brought_back(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()], "--publish")
    withdraw(only(), by=person_in(licensing, "head"), reason="有误")
    assert import_lines([line()], "--publish").counts == (0, 0, 0, 1)
    assert not only().live


@pytest.mark.parametrize(
    "changed",
    [{"type": "report"}, {"matter": 3}, {"department": "other"}, {"audience": "internal", "visibility": "staff"}],
)
def test_an_id_stays_with_its_type_and_place(
    licensing: Department, import_lines: Importing, changed: dict[str, object]
) -> None:
    DepartmentFactory(code="other")
    import_lines([line()])
    run = import_lines([line(**changed)])
    assert run.counts == (0, 0, 0, 1)
    assert "notice-1" in run.err


def test_a_bad_line_among_good_ones_stops_nothing(licensing: Department, import_lines: Importing) -> None:
    lines = [line(id="a"), b"{broken", line(id="b", formed_on="2007-02-30"), line(id="c"), b"", line(id="d", matter=11)]
    run = import_lines(lines, "--publish")
    assert (run.counts, run.code) == ((2, 0, 0, 3), 1)
    assert [row.split(":")[0] for row in run.err.splitlines()] == ["Line 2", "Line 3", "Line 6"]
    assert set(MatterPage.objects.values_list("identifier", flat=True)) == {"a", "c"}


def test_a_line_that_the_database_refuses_takes_only_itself(licensing: Department, import_lines: Importing) -> None:
    """Same slug in the section, taken by a matter of another id: found only when it is written."""
    import_lines([line(id="taken")])
    MatterPage.objects.update(identifier="renamed")
    run = import_lines([line(id="a"), line(id="taken"), line(id="b")])
    assert run.counts == (2, 0, 0, 1)
    assert MatterPage.objects.count() == 3


def test_a_dry_run_checks_everything_and_writes_nothing(
    licensing: Department, import_lines: Importing, tmp_path: Path, settings: object
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("甲")
    lines = [line(id="a", attachments=["a.txt"]), line(id="b", department="new"), line(id="c", title="")]
    arguments = ("--publish", "--create-departments", "--files", str(tmp_path / "in"), "--dry-run")
    run = import_lines(lines, *arguments)
    assert (run.counts, run.code) == ((2, 0, 0, 1), 1)
    assert not MatterPage.objects.exists()
    assert not AttachedDocument.objects.exists()
    assert not Department.objects.filter(code="new").exists()
    assert not (tmp_path / "media").exists()


def test_unknown_departments_are_created_only_when_asked(licensing: Department, import_lines: Importing) -> None:
    refused = import_lines([line(department="mines")])
    assert refused.counts == (0, 0, 0, 1)
    assert "mines" in refused.err
    assert import_lines([line(department="mines")], "--create-departments").counts == (1, 0, 0, 0)
    department = Department.objects.get(code="mines")
    assert (department.kind, department.name_zh) == ("department", "mines")


def test_an_audience_wider_than_the_category_allows_is_refused(licensing: Department, import_lines: Importing) -> None:
    run = import_lines([line(audience="internal", visibility="public")], "--publish")
    assert run.counts == (0, 0, 0, 1)
    assert "visibility" in run.err
    assert not MatterPage.objects.exists()


def test_a_narrower_audience_is_kept(licensing: Department, import_lines: Importing) -> None:
    import_lines([line(visibility="department")], "--publish")
    assert only().reader_tokens() == {"department:licensing"}


def test_a_day_of_publication_that_has_not_come_is_refused(licensing: Department, import_lines: Importing) -> None:
    assert import_lines([line(published_on="2999-01-01")], "--publish").counts == (0, 0, 0, 1)


def test_the_same_id_twice_in_a_file_is_refused_the_second_time(licensing: Department, import_lines: Importing) -> None:
    run = import_lines([line(), line(title="另一个")])
    assert run.counts == (1, 0, 0, 1)
    assert "Line 1" in run.err


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_byte_order_marks_and_windows_line_ends_do_no_harm(
    licensing: Department, import_lines: Importing, tmp_path: Path, start: bytes
) -> None:
    import_lines([line(), line(id="notice-2", body="甲\r\n\r\n乙")])
    path = tmp_path / "lines.jsonl"
    path.write_bytes(start + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert Run("import_matters", str(path)).counts == (0, 0, 2, 0)
    second = MatterPage.objects.get(identifier="notice-2").specific
    assert len(second.get_latest_revision_as_object().body) == 2


def test_the_import_runs_in_a_persons_name_when_told(licensing: Department, import_lines: Importing) -> None:
    person = person_in(licensing, "liaison")
    import_lines([line()], "--by", person.username)
    assert only().owner == person


def test_what_is_published_names_who_approved_and_who_reviewed_it(
    licensing: Department, import_lines: Importing
) -> None:
    head, reviewer = person_in(licensing, "head"), person_in(licensing, "secrecy_reviewer")
    import_lines([line()], "--publish", "--by", head.username, "--reviewed-by", reviewer.username)
    assert (Release.objects.get().released_by, SecrecyReview.objects.get().reviewer) == (head, reviewer)


def test_who_approves_an_import_is_not_its_author(licensing: Department, import_lines: Importing) -> None:
    import_lines([line()], "--publish", "--by", person_in(licensing, "head").username)
    assert (only().owner, only().latest_revision.user) == (None, None)


@pytest.mark.parametrize(
    ("option", "kind", "words"),
    [
        ("--by", "liaison", "approves nothing of department “licensing”"),
        ("--by", "secrecy_reviewer", "approves nothing of department “licensing”"),
        ("--reviewed-by", "head", "reviews nothing of department “licensing”"),
    ],
)
def test_a_line_whose_department_the_named_person_does_not_decide_for_is_refused(
    licensing: Department, import_lines: Importing, option: str, kind: str, words: str
) -> None:
    for needed in ("head", "secrecy_reviewer"):
        person_in(licensing, needed)
    run = import_lines([line()], "--publish", option, person_in(licensing, kind).username)
    assert (run.counts, words in run.err) == ((0, 0, 0, 1), True)


def test_reviewer_and_approver_are_two_people(licensing: Department, import_lines: Importing) -> None:
    name = person_in(licensing, "head").username
    with pytest.raises(CommandError, match="two people"):
        import_lines([line()], "--publish", "--by", name, "--reviewed-by", name)


@pytest.mark.parametrize("named", [(), ("--by",), ("--reviewed-by",)])
def test_a_portal_in_use_publishes_no_import_without_both_names(
    licensing: Department, import_lines: Importing, settings: Any, named: tuple
) -> None:
    settings.IMPORT_NEEDS_NAMES = True
    names = [word for option in named for word in (option, person_in(licensing, "head").username)]
    with pytest.raises(CommandError, match="--reviewed-by"):
        import_lines([line()], "--publish", *names)


def test_a_portal_in_use_imports_drafts_without_names(
    licensing: Department, import_lines: Importing, settings: Any
) -> None:
    settings.IMPORT_NEEDS_NAMES = True
    assert import_lines([line()]).counts == (1, 0, 0, 0)


@pytest.mark.parametrize("arguments", [("--by", "nobody"), ("--files", "/nowhere")])
def test_wrong_arguments_are_named(licensing: Department, import_lines: Importing, arguments: tuple) -> None:
    with pytest.raises(CommandError, match=arguments[1]):
        import_lines([line()], *arguments)


def test_an_absent_file_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="absent.jsonl"):
        call_command("import_matters", "absent.jsonl")


def test_files_of_an_imported_matter_are_known_to_be_used_by_it(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("甲")
    import_lines([line(attachments=["a.txt"])], "--publish", "--files", str(tmp_path))
    document = AttachedDocument.objects.get()
    assert ReferenceIndex.objects.filter(to_object_id=str(document.pk), object_id=str(only().pk)).exists()
    assert document.reader_tokens() == {"public"}


def test_memory_does_not_grow_with_the_file(licensing: Department) -> None:
    """A stream of 12,000 lines, made as it is read, is judged within a few batches' memory."""
    import json

    class Endless(BytesIO):
        made = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            if self.made == 12_000:
                return b""
            self.made += 1
            return json.dumps(line(id=f"n{self.made}", body="安全生产" * 500)).encode() + b"\n"

    tracemalloc.start()
    try:
        read = sum(1 for _outcome in import_matters(Endless(), options=ImportOptions(dry_run=True)))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == 12_000
    assert peak < 60 * 1024 * 1024
