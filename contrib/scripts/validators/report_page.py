"""The report as people open it: axe finds nothing, nothing is wider than the page, nothing is
fetched, and its script answers; light and dark, 1,400 and 420 pixels wide.

    report_page.py FOLDER
"""
import json
import os
import re
import sys
import tempfile
import time

from axe_selenium_python import Axe
from selenium.webdriver.common.by import By

from browser import browser

faults = []


def fault(text):
    faults.append(text)
    print(f"report: {text}", file=sys.stderr)


def wait_for(driver, test, what):
    for _ in range(300):
        if driver.execute_script(test):
            return
        time.sleep(0.1)
    fault(f"{what} does not come")


def check(folder, width, dark):
    name = f"{width} px, {'dark' if dark else 'light'}"
    address = "file://" + os.path.abspath(f"{folder}/report.html")
    driver = browser(width, dark)
    try:
        begin = time.time()
        driver.get(address)
        opened = time.time() - begin
        wait_for(driver, "return !document.getElementById('look-up').hidden", "the look-up")
        if dark != driver.execute_script(
            "return matchMedia('(prefers-color-scheme: dark)').matches"):
            fault(f"{name}: not shown as asked")
        wide = driver.execute_script(
            "return document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            fault(f"{name}: {wide} pixels wider than the page")
        axe = Axe(driver)
        axe.inject()
        # What is right is not told: on a large page that takes the longest.
        results = axe.run(options="{resultTypes: ['violations']}")
        for violation in results["violations"]:
            nodes = [node["target"] for node in violation["nodes"][:3]]
            fault(f"{name}: axe {violation['id']}: {violation['help']}: {nodes}")
        for entry in driver.get_log("browser"):
            if entry["level"] == "SEVERE":
                fault(f"{name}: {entry['message']}")
        for entry in driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if url != address and not url.startswith(("data:", "blob:")):
                    fault(f"{name}: {url} was fetched")
        rules = len(results["passes"])
        print(f"report: {name}: opened in {opened:.1f} s, {rules} rules of axe kept", flush=True)
    finally:
        driver.quit()


def answers(folder):
    """The look-up tells of items what plan.json has; the slider shows the tiles of its bucket."""
    with open(f"{folder}/plan.json") as file:
        plan = json.load(file)["plan"]
    driver = browser(1400, False)
    try:
        driver.get("file://" + os.path.abspath(f"{folder}/report.html"))
        wait_for(driver, "return !document.getElementById('look-up').hidden", "the look-up")
        for kind in ("tile", "observation"):
            items = plan[kind + "s"]
            for item in (items[0], items[len(items) // 2], items[-1]):
                field = driver.find_element(By.ID, "look-up-id")
                field.clear()
                field.send_keys(f"{kind} {item['id']}\n")
                answer = driver.find_element(By.ID, "look-up-answer").text
                expected = f"{kind} {item['id']}: {item['primary']} / {item['secondary']}"
                if kind == "tile" or item["id"] not in {tile["id"] for tile in plan["tiles"]}:
                    if not answer.startswith(expected):
                        fault(f"look-up of {kind} {item['id']}: {answer[:80]}, expected {expected}")
        field = driver.find_element(By.ID, "look-up-id")
        field.clear()
        field.send_keys("no such item\n")
        if "no such item" not in driver.find_element(By.ID, "look-up-answer").text:
            fault("look-up of an item that is not there is not answered")
        driver.execute_script(
            "const week = document.getElementById('week'); week.value = 1;"
            "week.dispatchEvent(new Event('input'))")
        shown = driver.execute_script(
            "return [...document.querySelectorAll('.cap .week path')]"
            ".map((path) => path.getAttribute('d').split('M').length - 1).reduce((a, b) => a + b, 0)")
        told = driver.find_element(By.CSS_SELECTOR, "#weeks output").text
        if f": {shown} tile" not in told:
            fault(f"the slider shows {shown} tiles and says {told}")
    finally:
        driver.quit()


def unscripted(folder):
    """Without script nothing is offered that needs it, and all else is there.

    The driver itself needs script, so that the page is shown without its own.
    """
    with open(f"{folder}/report.html", encoding="utf-8") as file:
        page = re.sub(r"<script.*?</script>", "", file.read(), flags=re.S)
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as copy:
        copy.write(page)
        copy.flush()
        look(copy.name)


def look(path):
    driver = browser(1400, False)
    try:
        driver.get("file://" + path)
        for name in ("look-up", "weeks"):
            if driver.find_element(By.ID, name).is_displayed():
                fault(f"{name} is shown without script")
        for selector in (".verdict", "svg.map", "svg.cap", "svg.region", "svg.load", "table"):
            if not any(part.is_displayed() for part in driver.find_elements(By.CSS_SELECTOR, selector)):
                fault(f"{selector} is not shown without script")
    finally:
        driver.quit()


folder = sys.argv[1]
for width in (1400, 420):
    for dark in (False, True):
        check(folder, width, dark)
answers(folder)
unscripted(folder)
sys.exit(1 if faults else 0)
