"""Figures on a report against what jq finds in plan.json.

    report_figures.py FOLDER
"""
import html
import re
import subprocess
import sys

folder = sys.argv[1]
with open(f"{folder}/report.html", encoding="utf-8") as file:
    page = file.read()
page = page[:page.index("<script")]
wrong = 0
compared = 0


def jq(query):
    return subprocess.run(
        ["jq", "-r", f".plan | {query}", f"{folder}/plan.json"], check=True, text=True,
        capture_output=True).stdout.strip()


def text(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).replace("\u2011", "-").split())


def expect(name, found, expected):
    global wrong, compared
    compared += 1
    if found != expected:
        wrong += 1
        print(f"{folder}: {name}: {found} on the page, {expected} in plan.json", file=sys.stderr)


def grouped(value, digits=0):
    return f"{float(value):,.{digits}f}"


def percent(value, digits=1):
    return f"{grouped(100 * float(value), digits)} %"


def headline(name):
    """What a headline says now."""
    match = re.search(
        rf'<dt>{re.escape(name)}</dt>\s*<dd class="value">([^<]*)</dd>', page)
    return text(match.group(1)).split(" → ")[-1] if match else None


def rows(caption):
    """The rows of the first table whose caption begins so, as texts."""
    at = page.index(f"<caption>{caption}")
    body = page[page.index("<tbody>", at):page.index("</tbody>", at)]
    return [[text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)]


expect("cost", headline("Cost"), grouped(jq(".measures.cost"), 2) + " TB")
expect("outside", headline("Outside a tolerance"), jq(".measures.outside | length"))
gap = jq(".gap")
expect("gap", headline("Above the bound"), "no bound" if gap == "null" else percent(gap, 2))
expect("copies", headline("Copies"), jq("[.measures.copies[].copies] | add // 0"))
expect("failover", headline("Failover copies"),
       grouped(jq(".measures.failoverCopies / (.observations | length)"), 2))
expect("utilisation", headline("Utilisation"), percent(jq(".measures.utilisation")))
longest = headline("Longest gap")
expect("longest gap", float(longest.split()[0]), round(float(jq(".measures.longestGap")), 2))

moved = {row[0]: row[-1] for row in rows("Data moved between SDCs")}
expect("cost by kind", moved["Cost"], grouped(jq(".measures.cost"), 2))
expect("copies, TB", moved["Copies for MER"], grouped(jq(".measures.copyVolume"), 2))
expect("moves, TB", moved["Moves of data that have arrived"],
       grouped(jq(".measures.movedVolume"), 2))

sdcs = jq(".sdcs[].id").split("\n")
table = {row[0]: row for row in rows("What each SDC gets over the period")}
for place, sdc in enumerate(sdcs):
    load = f".measures.loads[{place}]"
    expect(f"work of {sdc}", table[sdc][3], grouped(jq(f"{load}.work | add")))
    expect(f"observations of {sdc}", table[sdc][5], grouped(jq(f"{load}.observations | add")))
    expect(f"tiles of {sdc}", table[sdc][6], grouped(jq(f"{load}.tiles | add")))
    expect(f"new data of {sdc}", table[sdc][7], grouped(jq(f"{load}.newVolume"), 1))
    expect(f"gap of {sdc}", table[sdc][11], grouped(jq(f"{load}.longestGap"), 2))
    # By bucket or by month: the parts of the period add up to the whole.
    parts = rows(f"{sdc} by ")
    for column, key, digits in ((1, "work", 0), (2, "target", 0), (4, "capacity", 0),
                                (7, "observations", 0), (8, "tiles", 0)):
        found = sum(float(row[column].replace(",", "")) for row in parts)
        whole = float(jq(f"{load}.{key} | add"))
        if abs(found - whole) > 0.51 * len(parts):
            expect(f"{key} of {sdc} over time", found, whole)
        compared += 1
    expect(f"tiles of {sdc} on the map", [row[1] for row in rows("Tiles by owner") if row[0] == sdc],
           [grouped(jq(f'[.tiles[] | select(.primary == "{sdc}")] | length'))])
    expect(f"copies in of {sdc}", sum(int(row[12].replace(",", "")) for row in parts),
           int(jq(f'[.measures.copies[] | select(.to == "{sdc}") | .copies] | add // 0')))
    expect(f"copies out of {sdc}", sum(int(row[13].replace(",", "")) for row in parts),
           int(jq(f'[.measures.copies[] | select(.from == "{sdc}") | .copies] | add // 0')))
failover = sum(
    int(row[14].replace(",", "")) for sdc in sdcs for row in rows(f"{sdc} by "))
external = sum(
    float(row[11].replace(",", "")) for sdc in sdcs for row in rows(f"{sdc} by "))
if "Copies of earlier periods" not in page:
    expect("failover copies over time", failover, int(jq(".measures.failoverCopies")))
limit = 0.0051 * len(sdcs) * len(rows(f"{sdcs[0]} by "))
whole = float(jq(".measures.externalVolume"))
if abs(external - whole) > limit:
    expect("external data over time", external, whole)
print(f"report: {compared} figures compared with plan.json, {wrong} differ")
sys.exit(1 if wrong or compared < 20 else 0)
