#!/usr/bin/env python3
"""Joins the answers of both expanders: what the test of the module Calendars reads.

join.py [MOST]      series with both answers on standard input, one JSON object a line

With MOST only so many on which both agree are written. Counts go to standard error.
"""
import json
import sys


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else None
    series = [json.loads(line) for line in sys.stdin]
    agreed = [s for s in series if s["perl"] == s["python"]]
    silent = sum(s["perl"] is None for s in series)
    print(f"{len(series)} random series: both expanders agree on {len(agreed)}, "
          f"differ on {len(series) - len(agreed) - silent}, one gives no answer to {silent}",
          file=sys.stderr)
    chosen = series if most is None else agreed[:most]
    rows = [json.dumps({k: s[k] for k in ("number", "calendar", "through", "python", "perl")
                        if most is None or k != "perl"}, separators=(",", ":")) for s in chosen]
    print("[\n" + ",\n".join(rows) + "\n]")


main()
