"""Asks for many long answers and does not read them: the service's memory stays bounded.

unread.py HOST PORT PID SURVEY [CLIENTS [POSITIONS [LIMIT]]]: the service's address and process, and
how many clients (60) post how many positions (100,000) each; LIMIT (200) is the most megabytes that
the process may have resident meanwhile.  Then the clients go: the memory has to come back, and one
client that reads has to get its answer.
"""
import http.client
import socket
import sys
import threading
import time
import urllib.parse

host, port, pid, survey = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
clients, positions, limit = [int(a) for a in sys.argv[5:8]] + [60, 100_000, 200][len(sys.argv) - 5:]
target = "/v1/owner?survey=" + urllib.parse.quote(survey)
failures = 0


def check(what, right):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what}")
    failures += not right


def resident():
    """Resident memory of the service in megabytes."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def body(count):
    lines = [f"{index * 0.0036 % 360:.6f},{-80 + index * 7 % 16000 / 100:.6f}" for index in range(count)]
    return ("ra,dec\n" + "\n".join(lines) + "\n").encode()


def post(connections, request):
    """Sends a request and leaves the answer unread, with as small a buffer as the system gives."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((host, port))
    connections.append(connection)
    try:
        connection.sendall(request)
    except OSError:
        pass


def read(data):
    """The status, rows and seconds of an answer that is read."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection(host, port, timeout=120)
    connection.request("POST", target + "&format=csv", data, {"Content-Type": "text/csv"})
    answer = connection.getresponse()
    rows = answer.read().count(b"\n") - 1
    connection.close()
    return answer.status, rows, time.monotonic() - begin


data = body(positions)
status, rows, seconds = read(data)
check(f"{positions} positions are answered to one that reads, in {seconds:.2f} s",
      (status, rows) == (200, positions))
before = resident()
head = (f"POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/csv\r\n"
        f"Content-Length: {len(data)}\r\n\r\n").encode()
connections = []
threads = [threading.Thread(target=post, args=(connections, head + data)) for _ in range(clients)]
for thread in threads:
    thread.start()
peak, end = before, time.monotonic() + 20
while time.monotonic() < end:
    peak = max(peak, resident())
    time.sleep(0.02)
answered = 0
for connection in list(connections):
    connection.setblocking(False)
    try:
        answered += connection.recv(12, socket.MSG_PEEK).startswith(b"HTTP/1.1 200")
    except OSError:
        pass
print(f"     {len(data)} bytes each; {answered} of {clients} answers have begun")
check(f"{clients} that do not read: {before} MB resident before, at most {peak} MB meanwhile",
      peak < limit)
for connection in connections:
    connection.close()
for thread in threads:
    thread.join()
end = time.monotonic() + 60
while time.monotonic() < end and resident() > before * 1.25 + 10:
    time.sleep(0.2)
check(f"after they are gone {resident()} MB", resident() <= before * 1.25 + 10)
status, rows, seconds = read(data)
check(f"and one that reads is answered in {seconds:.2f} s", (status, rows) == (200, positions))
sys.exit(min(failures, 1))
