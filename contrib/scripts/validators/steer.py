"""Operators at nine SDCs who steer a day of orders from their runners' pages, in Chromium.

    steer.py WORK URL-OF-THE-SERVICE [--screenshots FOLDER]

WORK has the file `pages` (an SDC and the address of its runner a line), `SDC.token` with the operator's
token, and the folder `broken`: while `broken/SDC` is there a step fails at the SDC and is held.
"""
import argparse
import json
import pathlib
import sys
import time
import urllib.request

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from browser import browser

arguments = argparse.ArgumentParser()
arguments.add_argument("work", type=pathlib.Path)
arguments.add_argument("service")
arguments.add_argument("--screenshots", type=pathlib.Path)
asked = arguments.parse_args()
pages = dict(line.split() for line in (asked.work / "pages").read_text().splitlines())
driver = browser(1400, False)
wait = WebDriverWait(driver, 120)


def data(address):
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def until(what, condition):
    """Looks again until a condition holds, for two minutes."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    sys.exit(f"steer: {what} did not come")


def picture(name):
    if asked.screenshots:
        asked.screenshots.mkdir(parents=True, exist_ok=True)
        height = driver.execute_script("return document.documentElement.scrollHeight")
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1400, "height": min(height, 4000), "deviceScaleFactor": 1, "mobile": False})
        driver.save_screenshot(str(asked.screenshots / f"{name}.png"))


def log_in(sdc):
    token = (asked.work / f"{sdc}.token").read_text().split()[-1]
    driver.get(f"{pages[sdc]}/login")
    field = driver.find_element(By.CSS_SELECTOR, "input[name=token]")
    field.send_keys(token)
    picture(f"{sdc}-login")
    field.submit()
    wait.until(lambda d: "anna" in d.find_element(By.TAG_NAME, "body").text)


def press(action, why=None):
    """The button of an action on the page that is open; what the page says then."""
    form = driver.find_element(
        By.XPATH, f"//form[input[@name='action' and @value='{action}']]")
    if why:
        form.find_element(By.NAME, "reason").send_keys(why)
    body = driver.find_element(By.TAG_NAME, "body")
    form.find_element(By.TAG_NAME, "button").click()
    wait.until(lambda d: d.find_element(By.TAG_NAME, "body") != body)
    return driver.find_element(By.TAG_NAME, "body").text


def jobs(sdc, state):
    return data(f"{pages[sdc]}/v1/jobs?state={state}")["jobs"]


def runs(sdc, *states):
    return [run for run in data(f"{pages[sdc]}/v1/runs")["runs"]
            if not states or run["state"] in states]


def mend(sdc):
    """The disk of an SDC is back: releases every held job, until nothing runs there any more."""
    # A browser sends what it was given to every port of a host: the last one alone counts.
    log_in(sdc)
    (asked.work / "broken" / sdc).unlink()
    released, quiet = 0, 0
    while quiet < 10:
        held = jobs(sdc, "HELD")
        for job in held:
            driver.get(f"{pages[sdc]}/runs/{job['runNumber']}/jobs/{job['path']}")
            if not released:
                picture(f"{sdc}-held-job")
            press("release")
            released += 1
        quiet = 0 if held or runs(sdc, "EXECUTING", "PENDING", "HELD") else quiet + 1
        time.sleep(0.3)
    return released


# SDC-IT: an operator cancels the first run that is under way.
log_in("SDC-IT")
run = until("a run at SDC-IT", lambda: runs("SDC-IT", "EXECUTING"))[0]
driver.get(f"{pages['SDC-IT']}/runs/{run['number']}")
press("cancel", "wrong flat field")
picture("SDC-IT-cancelled")

# SDC-DE: an operator holds a run, looks at it, and releases it.
log_in("SDC-DE")
run = until("a run at SDC-DE", lambda: runs("SDC-DE", "EXECUTING"))[-1]
driver.get(f"{pages['SDC-DE']}/runs/{run['number']}")
text = press("hold", "storage is moved")
assert "HELD" in text and "storage is moved" in text and "anna" in text, text[:2000]
picture("SDC-DE-held")
text = press("release")
state = data(f"{pages['SDC-DE']}/v1/runs?text={run['run']}")["runs"][0]["state"]
assert state != "HELD", state

# SDC-FR: the disk is gone, and every calibration is held.
log_in("SDC-FR")
until("a held job at SDC-FR", lambda: jobs("SDC-FR", "HELD"))
driver.get(pages["SDC-FR"])
picture("SDC-FR-start")
driver.get(f"{pages['SDC-FR']}/jobs?state=HELD")
picture("SDC-FR-held-jobs")
released = sum(mend(sdc) for sdc in ("SDC-IT", "SDC-DE", "SDC-FR"))
assert released > 3, released
driver.get(f"{pages['SDC-FR']}/history")
picture("SDC-FR-history")
assert "anna" in driver.find_element(By.TAG_NAME, "body").text

for sdc in pages:
    driver.get(f"{pages[sdc]}/runs")
    picture(f"{sdc}-runs")
for path, name in (("/orders", "orders"), ("/actual", "actual"), ("/progress", "progress"),
                   ("/sdcs/SDC-FR", "sdc")):
    driver.get(asked.service + path)
    picture(f"service-{name}")
    assert "Problem" not in driver.title, f"{path}: {driver.title}"
driver.quit()
print(f"steer: {released} held jobs released, one run cancelled, one held and released")
