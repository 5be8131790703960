"""The stylesheet: one file in production, and colours that can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.test import override_settings

from home.stylesheet import ENTRY, with_imports

CSS = Path(settings.BASE_DIR) / "home" / "static" / "home" / "css"
TEXT = [
    ("ink", ["paper", "surface", "pine-wash", "seal-wash", "amber-wash", "moss-wash", "mark"], 7),
    ("ink-soft", ["paper", "surface"], 7),
    ("ink-soft", ["pine-wash"], 4.5),
    ("pine", ["paper", "surface", "pine-wash"], 7),
    ("pine", ["mark"], 4.5),
    ("seal", ["paper", "surface", "seal-wash"], 6.5),
    ("amber", ["amber-wash"], 4.5),
    ("moss", ["paper", "surface", "moss-wash"], 4.5),
    ("on-pine", ["pine"], 7),
    ("on-band", ["band"], 7),
    ("on-band-soft", ["band"], 7),
    ("on-gilt", ["gilt"], 7),
]
SHAPES = [("line-strong", ["paper", "surface"]), ("focus", ["paper", "surface"]), ("gilt", ["band"])]


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)", (CSS / "tokens.css").read_text(), maxsplit=1)
    colours = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    found = dict(colours.findall(light))
    return found if scheme == "light" else found | dict(colours.findall(dark))


def luminance(colour: str) -> float:
    parts = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "backs", "least"), TEXT)
def test_text_stands_out_from_its_ground(scheme, front, backs, least):
    found = tokens(scheme)
    assert {back: round(contrast(found[front], found[back]), 1) for back in backs if
            contrast(found[front], found[back]) < least} == {}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "backs"), SHAPES)
def test_borders_and_focus_stand_out_from_their_ground(scheme, front, backs):
    found = tokens(scheme)
    assert {back: round(contrast(found[front], found[back]), 1) for back in backs if
            contrast(found[front], found[back]) < 3} == {}  # fmt: skip


def test_every_component_file_is_imported():
    imported = set(re.findall(r'@import url\("([^"]+)"\)', (CSS / "site.css").read_text()))
    assert {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - imported == {"site.css"}


def test_no_component_names_a_colour_of_its_own():
    own = {
        path.name: found
        for path in (CSS / "components").glob("*.css")
        if (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text()))
    }
    assert own == {}


def test_production_serves_one_stylesheet(tmp_path):
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "home.stylesheet.OneStylesheetStorage"}}
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES=storages,
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.AppDirectoriesFinder"],
        INSTALLED_APPS=["home", "django.contrib.staticfiles"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    (collected,) = tmp_path.glob("home/css/site.*.css")
    text = collected.read_text()
    assert "@import" not in text
    assert "@media print" in text
    assert ".matter-row" in text


def test_an_address_in_a_component_is_refused():
    storage = InMemoryStorage()
    storage.save("home/css/a.css", ContentFile(b"a { background: url(x.png) }"))
    storage.save(ENTRY, ContentFile(b'@import url("a.css");'))
    files = {name: (storage, name) for name in (ENTRY, "home/css/a.css")}
    with pytest.raises(ValueError, match=r"a\.css holds url"):
        with_imports(files, ENTRY)
