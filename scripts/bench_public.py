"""What does a first visit to the idea box cost on a bad line?

Serves the application as `make run` does, on a system of its own in a temporary folder, and opens
the form in Chromium: over the wire as it is, and on a line of a slow third-generation network
(400 kbit/s, 400 ms there and back) with a processor four times slower. Prints bytes, files and the
moments a visitor notices. No time is ever a reason to fail.

    python -m scripts.bench_public
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from scripts.processes import ROOT, Service
from scripts.run import web_answers, web_command
from scripts.services import ADDRESS, free_port

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 360, "height": 740}
FORM = "/idea-box/"
BITS = 400_000
DELAY_MS = 400
SLOWER = 4
START_SECONDS = 60
COMMANDS = (
    ["migrate", "--noinput", "-v", "0"],
    ["loadoffices", "-v", "0"],
    ["collectstatic", "--noinput", "-v", "0"],
)
# When the form is drawn, when it can be typed into, when everything is there.
MOMENTS = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  return {
    "first words drawn": paint ? paint.startTime : 0,
    "form can be used": page.domContentLoadedEventEnd,
    "everything there": page.loadEventEnd,
  };
}"""


class Visit:
    """One opening of the page, as the wire and the visitor see it."""

    def __init__(self, page: Page, address: str, *, slow: bool) -> None:
        wire = page.context.new_cdp_session(page)
        self.finished: list[dict[str, Any]] = []
        wire.on("Network.loadingFinished", lambda event: self.finished.append(event))
        wire.send("Network.enable")
        if slow:
            speed = {"downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
            line = {"offline": False, "latency": DELAY_MS, **speed}
            wire.send("Network.emulateNetworkConditions", line)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="networkidle", timeout=120_000)
        self.moments: dict[str, float] = page.evaluate(MOMENTS)
        wire.detach()

    @property
    def size(self) -> int:
        return round(sum(each["encodedDataLength"] for each in self.finished))

    def show(self, title: str) -> None:
        moments = ", ".join(f"{name} {at / 1000:.1f} s" for name, at in self.moments.items())
        print(f"{title:<28}{self.size / 1024:7.1f} KB in {len(self.finished)} answers; {moments}")


def measure(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for scripts in (True, False):
            for slow in (False, True):
                context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
                page = context.new_page()
                line = "slow line" if slow else "this machine"
                kind = "" if scripts else ", no scripts"
                Visit(page, site + FORM, slow=slow).show(f"first, {line}{kind}")
                Visit(page, site + FORM, slow=slow).show(f"again, {line}{kind}")
                context.close()
        browser.close()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="udbhabon-bench-") as folder:
        env = os.environ | {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/udbhabon.sqlite3",
            "REDIS_URL": "",
            "SECRET_KEY": secrets.token_hex(32),
            "DEBUG": "false",
            "HTTPS": "false",
        }
        for command in COMMANDS:
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        port = free_port()
        log = Path(folder, "web.log")
        with log.open("w") as output:
            server = Service("web server", web_command(ADDRESS, port), env, output=output)
        try:
            end = time.monotonic() + START_SECONDS
            while not web_answers(ADDRESS, port):
                if server.exit_code is not None or time.monotonic() > end:
                    print(log.read_text(), file=sys.stderr)
                    return 1
                time.sleep(0.2)
            measure(f"http://{ADDRESS}:{port}")
        finally:
            server.stop(sign=signal.SIGINT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
