"""A page of a runner that stays open in Chromium while the runner is killed and started again.

    restart.py ADDRESS TEXT

Opens the page, says `open`, and waits for two minutes until the page shows the text by itself.
"""
import sys
import time

from selenium.webdriver.common.by import By

from browser import browser

address, text = sys.argv[1:]
driver = browser(1400, False)
driver.get(address)
if text in driver.find_element(By.TAG_NAME, "body").text:
    sys.exit(f"restart: the page shows {text} from the start")
print("open", flush=True)
end = time.monotonic() + 120
while text not in driver.execute_script("return document.body.innerText"):
    if time.monotonic() > end:
        sys.exit(f"restart: the page never showed {text}")
    time.sleep(0.1)
print(f"the page that was open shows {text}")
driver.quit()
