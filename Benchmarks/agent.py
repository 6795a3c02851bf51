#!/usr/bin/env python3
"""Milliseconds that an agent needs for a payload of /bin/true, with its result file.

usage: Benchmarks/agent.py FOLDER/sdc-payload [PAYLOADS [OPTION-OF-THE-AGENT...]]

The driver keeps 64 orders at the agent, as a runner does, and acknowledges each result.
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time

QUEUE = 64


def order(root, number):
    return {
        "say": "start", "id": f"run/true#{number}", "token": number, "program": "/bin/true",
        "arguments": [], "environment": {"SGS_ITEM": str(number)},
        "folder": f"{root}/attempts/{number}", "workFolder": f"{root}/work/{number}",
        "outputs": {}, "limits": {"walltime": 60, "grace": 10, "log": 16},
        "need": {"cores": 1, "memory": 1, "gpus": 0},
    }


def line(message):
    return json.dumps(message).encode() + b"\n"


def drive(root, connection, count):
    """Runs the payloads; the seconds from the first order to the last result, and those of
    processor time: the agent's own as user and system, its payloads'."""
    lines = connection.makefile("rb")
    connection.sendall(line({"say": "hello", "version": "sgs-payload/1"}))
    agent = json.loads(lines.readline())["pid"]
    orders = [line(order(root, number)) for number in range(count)]
    start = time.monotonic()
    connection.sendall(b"".join(orders[:QUEUE]))
    sent, ended = min(QUEUE, count), 0
    while ended < count:
        message = lines.readline()
        if not message.startswith(b'{"say":"ended"'):
            continue
        result = json.loads(message)
        assert result["code"] == 0, result
        ended += 1
        answer = line({"say": "acknowledge", "id": result["id"]})
        if sent < count:
            answer += orders[sent]
            sent += 1
        connection.sendall(answer)
    seconds = time.monotonic() - start
    with open(f"/proc/{agent}/stat") as stat:
        ticks = [int(word) for word in stat.read().rsplit(")", 1)[1].split()[11:15]]
    connection.sendall(line({"say": "end"}))
    return seconds, [tick / os.sysconf("SC_CLK_TCK") for tick in ticks]


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as root:
        home = f"{root}/home"
        start = time.monotonic()
        subprocess.run(
            [program, "agent", home, "--cores", "2", "--memory", "2000", "--detach"] + sys.argv[3:],
            check=True)
        begun = time.monotonic() - start
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{home}/agent.sock")
        seconds, processor = drive(root, connection, count)
        written = sum(os.path.exists(f"{root}/attempts/{n}/result.json") for n in range(count))
        assert written == count, f"{written} result files"
    print(f"{count} payloads, {written} results: {1000 * seconds / count:.3f} ms a payload; "
          f"processor time of the agent {1000 * processor[0] / count:.3f} user and "
          f"{1000 * processor[1] / count:.3f} system, of the payloads "
          f"{1000 * sum(processor[2:]) / count:.3f}; the agent began in {1000 * begun:.1f} ms")


main()
