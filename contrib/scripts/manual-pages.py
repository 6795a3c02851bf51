#!/usr/bin/env python3
"""Manual pages of a program, made of what it says of itself.

    manual-pages.py PROGRAM FOLDER

Asks PROGRAM for all its commands (--experimental-dump-help of swift-argument-parser), and writes
FOLDER/man1/PROGRAM.1 and a page for each command, sgs-plan.1, in the man macros of man(7).
"""
import json
import os
import subprocess
import sys


def escaped(text):
    """A text as roff takes it: a backslash, and a dot or quote at a line's begin, are no requests."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def names(argument):
    shown = []
    for name in argument.get("names") or []:
        dashes = "-" if name["kind"] == "short" else "--"
        shown.append(dashes + name["name"])
    return shown


def value(argument):
    return argument.get("valueName") or "value"


def heading(argument):
    if argument["kind"] == "positional":
        return "\\fI" + escaped(value(argument)) + "\\fR"
    shown = ", ".join("\\fB" + escaped(name) + "\\fR" for name in names(argument))
    if argument["kind"] == "option":
        shown += " \\fI" + escaped(value(argument)) + "\\fR"
    return shown


def synopsis(argument):
    text = heading(argument) if argument["kind"] == "positional" else \
        "\\fB" + escaped((names(argument) or [value(argument)])[-1]) + "\\fR" + (
            " \\fI" + escaped(value(argument)) + "\\fR" if argument["kind"] == "option" else "")
    if argument.get("isRepeating"):
        text += " ..."
    return "[" + text + "]" if argument.get("isOptional") else text


def discussion(text):
    """Paragraphs; what is set in by two spaces is an example, as it stands."""
    lines = []
    inside = False
    for line in text.split("\n"):
        example = line.startswith("  ") and line.strip() != ""
        if example != inside:
            lines.append(".nf" if example else ".fi")
            inside = example
        lines.append(escaped(line) if line.strip() else ".PP")
    if inside:
        lines.append(".fi")
    return lines


def page(command, path, version):
    title = "-".join(path)
    arguments = [a for a in command.get("arguments") or [] if a.get("shouldDisplay", True)]
    subcommands = [c for c in command.get("subcommands") or [] if c["commandName"] != "help"]
    lines = [
        '.TH "%s" 1 "" "%s %s" ""' % (title.upper(), path[0], version),
        ".SH NAME", escaped(title) + " \\- " + escaped(command.get("abstract") or title),
        ".SH SYNOPSIS", "\\fB" + escaped(" ".join(path)) + "\\fR"]
    lines += [synopsis(a) for a in arguments]
    if subcommands:
        lines.append("\\fIcommand\\fR")
    if command.get("discussion"):
        lines += [".SH DESCRIPTION"] + discussion(command["discussion"])
    if arguments:
        lines.append(".SH OPTIONS")
        for argument in arguments:
            lines += [".TP", heading(argument), escaped(argument.get("abstract") or "")]
            if argument.get("discussion"):
                lines += [".br", escaped(argument["discussion"])]
            if argument.get("defaultValue"):
                lines += [".br", "Default: " + escaped(argument["defaultValue"])]
    if subcommands:
        lines.append(".SH COMMANDS")
        for other in subcommands:
            lines += [".TP", "\\fB" + escaped(title + "-" + other["commandName"]) + "\\fR(1)",
                      escaped(other.get("abstract") or "")]
    if len(path) > 1:
        lines += [".SH SEE ALSO", "\\fB" + escaped("-".join(path[:-1])) + "\\fR(1)"]
    return title, "\n".join(lines) + "\n"


def pages(command, path, version):
    found = [page(command, path, version)]
    for other in command.get("subcommands") or []:
        if other["commandName"] != "help":
            found += pages(other, path + [other["commandName"]], version)
    return found


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1:]

    def said(option):
        return subprocess.run(
            [program, option], check=True, capture_output=True, text=True).stdout

    tree = json.loads(said("--experimental-dump-help"))["command"]
    section = os.path.join(folder, "man1")
    os.makedirs(section, exist_ok=True)
    for title, text in pages(tree, [tree["commandName"]], said("--version").strip()):
        with open(os.path.join(section, title + ".1"), "w", encoding="utf-8") as file:
            file.write(text)


main()
