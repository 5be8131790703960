"""Attachments come from below one folder and nowhere else, and each content is kept once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.organisation.models import Department
from tests.exchange.conftest import Run, line

Importing = Callable[..., Run]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    (files / "申请表.txt").write_text("申请人")
    (tmp_path / "secret.txt").write_text("机密")
    return files


def test_files_are_attached_in_order_with_their_names(
    licensing: Department, import_lines: Importing, folder: Path
) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "样表.csv").write_text("1,2")
    import_lines([line(attachments=["b/样表.csv", "申请表.txt"])], "--publish", "--files", str(folder))
    matter = MatterPage.objects.get().specific
    assert [row.shown_title for row in matter.attachments.all()] == ["样表.csv", "申请表.txt"]
    document = matter.attachments.last().document
    assert document.file.read().decode() == "申请人"
    assert (document.collection.name, document.file_size) == ("licensing", 9)


def test_the_same_content_is_kept_once(licensing: Department, import_lines: Importing, folder: Path) -> None:
    (folder / "副本.txt").write_text("申请人")
    lines = [line(attachments=["申请表.txt"]), line(id="notice-2", attachments=["副本.txt"])]
    import_lines(lines, "--publish", "--files", str(folder))
    assert AttachedDocument.objects.count() == 1
    assert MatterPage.objects.get(identifier="notice-2").attachments.get().shown_title == "副本.txt"
    assert import_lines(lines, "--publish", "--files", str(folder)).counts == (0, 0, 2, 0)
    assert AttachedDocument.objects.count() == 1


def test_a_changed_file_is_a_changed_line(licensing: Department, import_lines: Importing, folder: Path) -> None:
    lines = [line(attachments=["申请表.txt"])]
    import_lines(lines, "--publish", "--files", str(folder))
    (folder / "申请表.txt").write_text("新版")
    assert import_lines(lines, "--publish", "--files", str(folder)).counts == (0, 1, 0, 0)
    attached = MatterPage.objects.get().attachments.get()
    assert (attached.document.file.read().decode(), attached.shown_title) == ("新版", "申请表.txt")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "/etc/hosts",
        "b/../../secret.txt",
        "link.txt",
        "folder-link/secret.txt",
        "loop.txt",
        "absent.txt",
        ".",
        "申请表.txt/x",
        "x" * 5000 + ".txt",
        "program.exe",
        "empty.txt",
        "pipe.txt",
        "directory.txt",
    ],
)
def test_a_file_that_may_not_be_attached_is_refused_by_name(
    licensing: Department, import_lines: Importing, folder: Path, name: str
) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "folder-link").symlink_to(folder.parent)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "program.exe").write_text("x")
    (folder / "empty.txt").touch()
    (folder / "directory.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    run = import_lines([line(attachments=[name]), line(id="good")], "--files", str(folder))
    assert (run.counts, run.code) == ((1, 0, 0, 1), 1)
    assert name in run.err
    assert not AttachedDocument.objects.exists()


def test_a_link_inside_of_the_folder_is_followed(licensing: Department, import_lines: Importing, folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "申请表.txt")
    assert import_lines([line(attachments=["link.txt"])], "--files", str(folder)).counts == (1, 0, 0, 0)


def test_a_huge_file_is_refused_without_being_read(
    licensing: Department, import_lines: Importing, folder: Path
) -> None:
    with (folder / "huge.pdf").open("wb") as huge:
        huge.truncate(1024**3)
    os.chmod(folder / "huge.pdf", 0)
    run = import_lines([line(attachments=["huge.pdf"])], "--files", str(folder))
    assert run.counts == (0, 0, 0, 1)
    assert "100 MB" in run.err


def test_attachments_without_a_folder_are_refused(licensing: Department, import_lines: Importing) -> None:
    run = import_lines([line(attachments=["申请表.txt"])])
    assert run.counts == (0, 0, 0, 1)
    assert "--files" in run.err


def test_every_bad_attachment_of_a_line_is_named(licensing: Department, import_lines: Importing, folder: Path) -> None:
    run = import_lines([line(attachments=["x.txt", "申请表.txt", "y.txt"])], "--files", str(folder))
    assert "x.txt" in run.err
    assert "y.txt" in run.err
