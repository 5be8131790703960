"""The hall with 100,000 cases: `python -m bench.hall [--cases 100000 --items 2000]`, on a SQLite database of its own.

Prints the table and keeps it in bench/README.md.
"""

import argparse
import os
import statistics
import tempfile
from datetime import date
from pathlib import Path

README = Path(__file__).parent / "README.md"
BACKEND = "intranet.access.backends.PostBackend"
MEASURED = "median ms / queries"
SCREENS = {
    "reception": ("clerk", "window:receive", "", "< 200 / 20"),
    "list of cases, all": ("clerk", "window:cases", "", "< 200 / 20"),
    "list of cases, an item's": ("handler", "window:cases", "?item={item}", "< 200 / 20"),
    "list of cases, by a name's fragment": ("clerk", "window:cases", "?q=申请人77", "< 200 / 20"),
    "cases due": ("handler", "hall_due:due", "", "< 200 / 20"),
    "register of notices": ("handler", "hall_registers:notices", "", "< 200 / 20"),
    "register of refusals": ("handler", "hall_registers:filings", "", "< 200 / 20"),
    "register of inquiries": ("clerk", "hall_registers:inquiries", "", "< 200 / 20"),
    "figures of a year": ("clerk", "hall_figures:page", "?first={last_year}-01-01&last={last_year}-12-31", "< 1000"),
    "the hall's front page": (None, "hall:home", "", ""),
    "the hall's screen": (None, "hall:screen", "", "< 100"),
    "open figures": (None, "hall:figures", "", ""),
}


def run(cases: int, items: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench.cases import fill

    people = fill(cases, items)
    rows = "\n".join(f"| {name} | {_cost(people, *asked)} | {asked[-1]} |" for name, asked in SCREENS.items())
    text = (
        f"{date.today():%Y-%m-%d}. {cases:,} cases of {items:,} items, SQLite, {os.cpu_count()} cores, one process.\n\n"
        f"| screen | {MEASURED} | limit |\n|---|---|---|\n{rows}"
    )
    print(text)
    if cases >= 100_000:
        from bench.report import keep

        keep(README, "python -m bench.hall", text)


def _cost(people: dict, who: str | None, name: str, asked: str, _limit: str) -> str:
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from bench.timing import interleaved, queries_of
    from intranet.hall.models import ServiceItem

    client = Client()
    if who is not None:
        client.force_login(people[who], backend=BACKEND)
    item = ServiceItem.objects.filter(department__code="bench-0").first()
    address = reverse(name) + asked.format(last_year=timezone.localdate().year - 1, item=item.code)

    def ask(url: str) -> None:
        response = client.get(url, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code} to {who or 'a visitor'}")

    queries = queries_of(lambda: ask(address))
    [times] = interleaved(ask, asked=[address])
    return f"{statistics.median(times):.0f} / {queries}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
            "DEBUG": "0",
            "VAR_DIR": folder,
            "SEARCH_URL": "embedded:///bench",
            "SEARCH_DRAIN_AT_COMMIT": "0",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "PYTHONWARNINGS": "ignore",
        }
        run(options.cases, options.items)


if __name__ == "__main__":
    main()
