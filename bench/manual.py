"""The hall's manual: 120 guides with all their elements, printed in the process that prints for visitors."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.matters import text
from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import GuideMaterial, GuidePage, GuideStep
from intranet.hall.manual.book import html_of
from intranet.hall.manual.reading import manual_of
from intranet.organisation.models import Department

GUIDES = 120
NAME = f"manual of {GUIDES} guides, s / MB"
LIMITS = {NAME: "< 20 s, 500 MB"}
WATCHED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "intranet.hall.printing.child", sys.argv[1]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Prints, and tells the most memory in kB. A process of its own: to a child's count Linux adds what its parent held at
the fork, and this one has a hundred thousand matters behind it."""


def figures() -> dict[str, str]:
    """Seconds until the book is there, its HTML included, and the most memory of the process that prints."""
    _guides()
    begun = time.perf_counter()
    html = html_of(manual_of(frozenset({PUBLIC}), "zh-hans"))
    with tempfile.TemporaryDirectory() as folder:
        source, book = Path(folder) / "book.html", Path(folder) / "book.pdf"
        source.write_text(html, encoding="utf-8")
        with source.open("rb") as read:
            done = subprocess.run([sys.executable, "-c", WATCHED, str(book)], stdin=read, stdout=subprocess.PIPE)
        if not book.exists():
            raise SystemExit("The manual was not printed.")
    return {NAME: f"{time.perf_counter() - begun:.1f} / {int(done.stdout) / 1024:.0f}"}


def _guides() -> None:
    """Have as many live guides, whatever was measured before."""
    from tests.factories import live_matter

    source = random.Random(7)
    departments = list(Department.objects.filter(code__startswith="bench-").order_by("code"))
    for number in range(GuidePage.objects.live().count(), GUIDES):
        guide = live_matter(
            departments[number % len(departments)], category="E4", type_code="guide", title=f"事项{number}办事指南",
            conditions=text(source, 150), legal_basis=text(source, 50), result_text=text(source, 40),
            legal_limit_days=45, promised_limit_days=20, fee_text="不收费", place=text(source, 15),
            hours="周一至周五", phone="0941-5550100", complaint="0941-5550199",
        )  # fmt: skip
        GuideMaterial.objects.bulk_create(
            GuideMaterial(page=guide, name=text(source, 12), form="原件", copies="1份", sort_order=place)
            for place in range(8)
        )
        GuideStep.objects.bulk_create(
            GuideStep(page=guide, name=text(source, 8), who="窗口", days="3个工作日", sort_order=place)
            for place in range(5)
        )
