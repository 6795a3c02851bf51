"""Runs the examples of the service's help page as they stand: Python's by this Python, TOPCAT's by
STILTS, Aladin's in its script mode.

    help.py URL

A program that is not there is named, and is a failure.
"""
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

base = sys.argv[1]
page = urllib.request.urlopen(f"{base}/help").read().decode()
failures = 0


def examples(program):
    found = re.findall(rf'<code class="{program}">([^<]*)</code>', page)
    return [html.unescape(text) for text in found]


def check(what, right, found=""):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what} {found if not right else ''}".rstrip())
    failures += not right


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **more)


for text in examples("curl"):
    done = run(["bash", "-e", "-o", "pipefail", "-c", text])
    check(text.splitlines()[0], done.returncode == 0 and done.stdout, done.stderr)
for text in examples("pyvo"):
    done = run([sys.executable, "-W", "ignore", "-c", text])
    check(text.splitlines()[-1], done.returncode == 0 and done.stdout, done.stderr)
for text in examples("topcat"):
    done = run(["bash", "-e", "-c", text])
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    check(text.splitlines()[0], done.returncode == 0 and len(rows) > 1, done.stdout + done.stderr)

# Aladin asks its own servers for what it offers before it runs a script, and needs a display.
for text in examples("aladin"):
    if not shutil.which("aladin") or not shutil.which("xvfb-run"):
        check("Aladin", False, "it is missing; apt-get install aladin xvfb xauth")
        continue
    with tempfile.TemporaryDirectory() as folder:
        planes = [pathlib.Path(folder, name) for name in ("1.xml", "2.fits")]
        script = "; ".join(text.splitlines()) + "".join(
            f"; export {place} {plane}" for place, plane in enumerate(planes, 1)) + "; quit"
        try:
            done = run(["xvfb-run", "-a", "aladin", "-nogui", f"-script={script}"],
                       env={**os.environ, "HOME": folder})
            said = done.stdout + done.stderr
        except subprocess.TimeoutExpired as late:
            said = ((late.stdout or b"") + (late.stderr or b"")).decode()
        made = [plane.read_bytes() for plane in planes if plane.exists()]
        if not made and "UnknownHostException" in said:
            print("skip Aladin: it cannot reach its servers from here, without which it does not start")
            continue
        check("Aladin, a MOC and a cone search",
              any(b"MOC" in plane[:8640] for plane in made) and
              any(b"<TR>" in plane for plane in made), said)
if not examples("curl") or not examples("pyvo") or not examples("topcat"):
    check("the page has examples", False, page[:500])
sys.exit(failures != 0)
