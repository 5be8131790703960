"""Finds the headless browser that the tests drive, or installs one, or says what to install."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def executable() -> str | None:
    """The browser's path: `BROWSER_EXECUTABLE`, one on the machine, or Playwright's own."""
    if named := os.environ.get("BROWSER_EXECUTABLE"):
        return named
    for name in CANDIDATES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def ensure() -> str:
    """The browser's path, installed now if it must be. Raises `SystemExit` with what to install."""
    if found := executable():
        return found
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.insert(0, ["apt-get", "install", "--yes", "--quiet", "chromium", "fonts-noto-cjk", "fonts-noto-core"])
        attempts.insert(0, ["apt-get", "update", "--quiet"])
    for command in attempts:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)
        if found := executable():
            return found
    raise SystemExit("The tests need a browser: install Chromium, or name one in BROWSER_EXECUTABLE.")


if __name__ == "__main__":
    print(f"Browser: {ensure()}")
