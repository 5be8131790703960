"""What goes out comes in again, and is the same."""

import json
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.models import Page

from intranet.disclosure.models import AttachedDocument, AudienceSection, DepartmentSection, MatterPage, PublicCopy
from intranet.organisation.models import Department
from intranet.publication.withdrawal import withdraw
from tests.exchange.conftest import Run, line
from tests.factories import person_in

ARTIST = 0x013B
Importing = Callable[..., Run]

LINES = [
    line(id="a", published_on="2007-03-20"),
    line(id="B-2", type="regulation", body="第一章 总则\n\n第一条 甲\n\n乙\n\n¶ 丙", published_on="2008-01-01"),
    line(id="c_3", audience="internal", visibility="leaders", matter=10, published_on="2008-01-02"),
    line(id="d", language="bo", title="བདེ་འཇགས།", summary="", document_number="", published_on="2008-01-03"),
    line(id="e", body="| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n> 注\n\n\\## 不是标题", published_on="2008-01-03"),
]


def exported(*arguments: str) -> list[dict[str, object]]:
    run = Run("export_matters", *arguments)
    assert (run.code, run.err) == (0, "")
    return [json.loads(row) for row in run.out.splitlines()]


def test_what_was_imported_is_exported_as_it_was(licensing: Department, import_lines: Importing) -> None:
    import_lines(LINES, "--publish")
    assert exported() == sorted(LINES, key=lambda entry: entry["id"])


def test_an_export_imported_elsewhere_exports_the_same(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "表.txt").write_text("甲")
    (tmp_path / "in" / "x").mkdir()
    (tmp_path / "in" / "x" / "表.txt").write_text("乙")
    lines = [*LINES, line(id="f", attachments=["x/表.txt", "表.txt"]), line(id="g", attachments=["表.txt"])]
    import_lines(lines, "--publish", "--files", str(tmp_path / "in"))
    first = exported("--files", str(tmp_path / "out"))
    for matter in MatterPage.objects.all():
        Page.objects.get(pk=matter.pk).delete()
    AttachedDocument.objects.all().delete()
    assert import_lines(first, "--publish", "--files", str(tmp_path / "out")).counts == (7, 0, 0, 0)
    assert exported("--files", str(tmp_path / "again")) == first
    files = {path.relative_to(tmp_path / "out"): path.read_text() for path in (tmp_path / "out").rglob("*.txt")}
    assert set(files.values()) == {"乙", "甲"}


def test_an_export_imported_in_place_changes_nothing(licensing: Department, import_lines: Importing) -> None:
    import_lines(LINES, "--publish")
    assert import_lines(exported(), "--publish").counts == (0, 0, 5, 0)


@pytest.mark.parametrize(("audience", "ids"), [("external", ["B-2", "a", "d", "e"]), ("internal", ["c_3"])])
def test_one_side_alone(licensing: Department, import_lines: Importing, audience: str, ids: list[str]) -> None:
    import_lines(LINES, "--publish")
    assert [entry["id"] for entry in exported("--audience", audience)] == ids


def test_drafts_stay_in_unless_asked_for(licensing: Department, import_lines: Importing) -> None:
    draft = line(id="draft", visibility="", formed_on=None)
    import_lines([draft])
    assert exported() == []
    assert exported("--drafts") == [draft]


def test_a_live_matter_goes_out_as_it_is_live(licensing: Department, import_lines: Importing) -> None:
    import_lines([LINES[0]], "--publish")
    import_lines([{**LINES[0], "title": "未审核的标题"}])
    assert exported("--drafts") == [LINES[0]]


def test_withdrawn_matters_stay_in(licensing: Department, import_lines: Importing) -> None:
    import_lines([LINES[0]], "--publish")
    withdraw(MatterPage.objects.get().specific, by=person_in(licensing, "head"), reason="有误")
    assert exported("--drafts") == []


def test_the_frame_is_no_matter(licensing: Department, import_lines: Importing) -> None:
    import_lines([LINES[0]], "--publish")
    assert AudienceSection.objects.exists()
    assert DepartmentSection.objects.exists()
    assert len(exported("--drafts")) == 1


def test_a_lost_file_is_reported_and_stops_nothing(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "表.txt").write_text("甲")
    import_lines([line(attachments=["表.txt"]), line(id="z")], "--publish", "--files", str(tmp_path / "in"))
    Path(AttachedDocument.objects.get().file.path).unlink()
    run = Run("export_matters", "--files", str(tmp_path / "out"))
    assert run.code == 1
    assert len(run.out.splitlines()) == 2
    assert "notice-1" in run.err


def test_more_than_one_batch_goes_out_in_order(
    licensing: Department, import_lines: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intranet.exchange.exporting.BATCH", 2)
    import_lines(LINES, "--publish")
    assert [entry["id"] for entry in exported()] == ["B-2", "a", "c_3", "d", "e"]


def with_file(import_lines: Importing, folder: Path, name: str, content: bytes) -> bytes:
    """A live matter with this file attached, as it was uploaded."""
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(content)
    import_lines([line(attachments=[name])], "--publish", "--files", str(folder / "in"))
    return content


def picture_that_names_its_author() -> bytes:
    picture, target = Image.new("RGB", (8, 8)), BytesIO()
    exif = picture.getexif()
    exif[ARTIST] = "Author Name"
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_files_go_out_as_readers_get_them(licensing: Department, import_lines: Importing, tmp_path: Path) -> None:
    original = with_file(import_lines, tmp_path, "图.jpg", picture_that_names_its_author())
    exported("--files", str(tmp_path / "out"))
    assert (b"Author Name" in original, b"Author Name" in (tmp_path / "out" / "图.jpg").read_bytes()) == (True, False)


def test_originals_go_out_where_they_are_asked_for(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    original = with_file(import_lines, tmp_path, "图.jpg", picture_that_names_its_author())
    exported("--files", str(tmp_path / "out"), "--originals")
    assert (tmp_path / "out" / "图.jpg").read_bytes() == original


def test_what_is_withheld_from_readers_stays_in_and_is_named(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    with_file(import_lines, tmp_path, "表.pdf", b"%PDF-1.7\nbroken")
    run = Run("export_matters", "--files", str(tmp_path / "out"))
    assert (run.code, "withheld" in run.err, (tmp_path / "out" / "表.pdf").exists()) == (1, True, False)


def test_a_file_lost_before_anything_was_made_of_it_is_reported_and_stops_nothing(
    licensing: Department, import_lines: Importing, tmp_path: Path
) -> None:
    with_file(import_lines, tmp_path, "图.jpg", picture_that_names_its_author())
    PublicCopy.objects.all().delete()
    Path(AttachedDocument.objects.get().file.path).unlink()
    run = Run("export_matters", "--files", str(tmp_path / "out"))
    assert (run.code, len(run.out.splitlines()), "notice-1" in run.err) == (1, 1, True)


def test_originals_without_a_folder_are_refused(licensing: Department) -> None:
    with pytest.raises(CommandError, match="--files"):
        call_command("export_matters", "--originals")


def test_a_disc_that_is_full_is_told_and_the_export_has_not_succeeded(
    licensing: Department, import_lines: Importing
) -> None:
    import_lines(LINES, "--publish")
    with (
        open("/dev/full", "wb", buffering=0) as disc,
        TextIOWrapper(disc, write_through=True) as full,
        pytest.raises(CommandError, match="No space left"),
    ):
        call_command("export_matters", stdout=full)
