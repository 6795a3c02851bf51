#!/usr/bin/env python3
"""Asks for pages of a runner as open browsers do: at once, then whenever the runner tells of a
change, with the pauses of its own script. Ends when its standard input does, and says then how many
pages it got and how long they took.

usage: viewers.py http://HOST:PORT PATH...
"""
import json
import sys
import threading
import time
import urllib.request

PAUSE, SHARE = 0.9, 60


def view(base, path, spans):
    def ask():
        begin = time.monotonic()
        with urllib.request.urlopen(base + path) as answer:
            answer.read()
        spans.append(time.monotonic() - begin)
        return time.monotonic() + max(PAUSE, SHARE * spans[-1])

    following = ask()
    for line in urllib.request.urlopen(base + "/v1/events"):
        # What was told during a pause is one change.
        if line.startswith(b"id:") and time.monotonic() >= following:
            following = ask()


def main():
    base, paths = sys.argv[1], sys.argv[2:]
    spans = []
    for path in paths:
        threading.Thread(target=view, args=(base, path, spans), daemon=True).start()
    sys.stdin.read()
    spans = sorted(spans)
    print(json.dumps({"pages": len(spans), "median_ms": 1000 * spans[len(spans) // 2],
                      "most_ms": 1000 * spans[-1]}))


main()
