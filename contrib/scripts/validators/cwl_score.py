#!/usr/bin/env python3
"""The score by tag of a run of cwltest, and every test that did not pass.

    cwl_score.py RESULTS.xml LEAST

RESULTS is what `cwltest --junit-xml` has written. Exit status 1 where fewer than LEAST tests passed;
with `all` where one failed that was not refused as unsupported.
"""
import collections
import sys
import xml.etree.ElementTree


def main():
    results, least = sys.argv[1:3]
    score = collections.defaultdict(collections.Counter)
    others = []
    for case in xml.etree.ElementTree.parse(results).iter("testcase"):
        if case.find("skipped") is not None:
            outcome = "refused"
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome = "failed"
        else:
            outcome = "passed"
        tags = [tag.strip() for tag in case.get("class", "").split(",") if tag.strip()]
        for tag in tags + ["all"]:
            score[tag][outcome] += 1
        if outcome != "passed":
            others.append((outcome, case.get("file"), ", ".join(tags)))
    print(f"{'tag':24} {'passed':>6} {'refused':>7} {'failed':>6} {'tests':>6}")
    for tag in sorted(score, key=lambda tag: (tag == "all", tag)):
        count = score[tag]
        print(f"{tag:24} {count['passed']:6} {count['refused']:7} {count['failed']:6} "
              f"{sum(count.values()):6}")
    for outcome, name, tags in sorted(others):
        print(f"{outcome}: {name} ({tags})")
    count = score["all"]
    if least == "all":
        return 1 if count["failed"] or not count["passed"] else 0
    if count["passed"] < int(least):
        print(f"test-cwl: {count['passed']} tests passed, expected at least {least}",
              file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
