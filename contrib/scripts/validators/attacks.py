"""Attacks `sgs serve` by hand-made requests, and looks whether it gives way.

attacks.py HOST PORT CONNECTIONS: the service's address, and how many idle connections to open.
"""
import html
import json
import pathlib
import re
import resource
import socket
import sys
import time
import urllib.parse
import urllib.request

host, port, idle = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
base = f"http://{host}:{port}"
failures = 0
# What an answer must never tell: the database, the language, places on the machine.
REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
INSIDE = re.compile(rb"SQLSTATE|syntax error at|libpq|pg_[a-z]+|postgres|\.swift|Fatal error|/home/"
                    rb"|/root/|/tmp/|root:x:|" + re.escape(bytes(REPOSITORY)), re.IGNORECASE)
SQL = ["'", "' OR '1'='1", "'; DROP TABLE sgs.assignment; --", "1) UNION SELECT version()--", "$1",
       "\\", "%00", "1e999", "-0", "NaN", "\u0000", "'||pg_sleep(5)||'", "../../../etc/passwd",
       "{{7*7}}", "<script>alert(1)</script>", "${jndi:ldap://x}", "\r\nX-Injected: yes"]


def check(what, right, found=""):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what} {found if not right else ''}".rstrip())
    failures += not right


def send(data, wait=10.0):
    """What the service answers to bytes sent as they are, until it closes or falls silent."""
    with socket.create_connection((host, port), timeout=wait) as connection:
        answer = b""
        try:
            connection.sendall(data)
            while chunk := connection.recv(65536):
                answer += chunk
        except (TimeoutError, ConnectionError):
            pass
        return answer


def request(target, method="GET", headers="", body=b""):
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}{length}Connection: close\r\n\r\n"
    return send(head.encode() + body)


def status(answer):
    return int(answer[9:12]) if answer[:5] == b"HTTP/" else None


def healthy():
    return urllib.request.urlopen(f"{base}/readyz", timeout=20).status == 200


def every_parameter():
    """SQL, scripts and line ends in each parameter of each operation."""
    document = json.load(urllib.request.urlopen(f"{base}/openapi.json"))
    bad, slow, count = [], [], 0
    for path, operations in document["paths"].items():
        parameters = operations.get("get", {}).get("parameters", [])
        if path.endswith("/events"):
            continue
        for attacked in parameters:
            for attack in SQL:
                text = urllib.parse.quote(attack, safe="")
                target = path
                for other in parameters:
                    if other["in"] == "path":
                        value = text if other is attacked else "1"
                        target = target.replace("{" + other["name"] + "}", value)
                if attacked["in"] == "query":
                    target += f"?{attacked['name']}={text}"
                start = time.monotonic()
                answer = request(target)
                count += 1
                if time.monotonic() - start > 4:
                    slow.append(target)
                head = answer.split(b"\r\n\r\n")[0]
                # A problem names what was found; only as a page would a script in it be one.
                own = html.unescape(answer.decode(errors="replace"))
                for form in (attack, json.dumps(attack)[1:-1]):
                    own = own.replace(form, "")
                if (status(answer) or 500) >= 500 or INSIDE.search(own.encode()) \
                        or b"\nX-Injected" in head \
                        or b"text/html" in head and b"<script>alert" in answer:
                    bad.append((target, answer[:300]))
    check(f"{count} attacks on parameters: no fault, no word of the inside, no script",
          not bad, bad[:2])
    check("none of them makes the database sleep", not slow, slow[:2])


def paths():
    targets = ["/../../../etc/passwd", "/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
               "/v1/tiles/..%2f..%2f..%2fetc%2fpasswd/owner", "//etc/passwd", "/style.css/../../x",
               "/v1/tiles/%ff%fe/owner", "/v1/tiles/%/owner", "/%00", "/" + "a" * 5000,
               "/v1/owner?" + "&".join(["ra=1"] * 2000), "/?" + "x" * 7000]
    bad = []
    for target in targets:
        answer = request(target)
        if not 400 <= (status(answer) or 0) < 500 or INSIDE.search(answer):
            bad.append((target[:60], answer[:200]))
    check(f"{len(targets)} odd paths are refused as the client's fault", not bad, bad[:3])


def headers():
    split = request("/v1/owner?ra=1&dec=1%0d%0aSet-Cookie:%20a=b")
    check("line ends in a parameter do not split the answer's head",
          b"Set-Cookie" not in split.split(b"\r\n\r\n")[0], split[:300])
    for name, text in [("Accept", "text/html\r\n X: y"), ("If-None-Match", "\"" + "a" * 3000 + "\""),
                       ("Accept", "a/b;q=" * 500)]:
        answer = request("/v1/sdcs", headers=f"{name}: {text}\r\n")
        check(f"an odd {name} header is borne", status(answer) is not None and status(answer) < 500,
              answer[:200])
    answer = send(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Long: " + b"a" * 1_000_000 + b"\r\n\r\n")
    check("a header of 1 MB is refused or cut off", status(answer) in (None, 400, 413, 431), answer[:200])
    both = send(b"POST /v1/owner HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    check("a request of two lengths is not taken for two requests", both.count(b"HTTP/1.1 200") == 0,
          both[:300])
    for head in [b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n",
                 b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00" * 1000]:
        answer = send(head + b"\r\n\r\n", wait=3)
        check(f"{head[:16]!r} is refused", (status(answer) or 400) >= 400 and not INSIDE.search(answer),
              answer[:200])


def bodies():
    answer = send(b"POST /v1/owner?survey=x HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                  b"Content-Length: 1073741824\r\n\r\n" + b"ra,dec\n" * 1000)
    check("a body of 1 GB is refused before it is read", (status(answer) or 0) in (400, 404, 413),
          answer[:200])
    for body in [b"", b"[" * 200_000, b'{"positions": [[1e400, 0]]}', b'{"positions": 7}',
                 b"\xff\xfe\x00", b'{"positions": [["1; DROP TABLE x", 0]]}']:
        answer = request("/v1/owner", "POST", "Content-Type: application/json\r\n", body)
        check(f"the body {body[:24]!r} is the client's fault",
              400 <= (status(answer) or 0) < 500 and not INSIDE.search(answer), answer[:300])
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT"]:
        answer = request("/v1/sdcs", method)
        check(f"{method} changes nothing", (status(answer) or 400) in (400, 404, 405, 501), answer[:200])


def idle_connections():
    """Many connections that say nothing, or half of a request, while others ask."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(idle, hard - 100)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    connections = []
    try:
        for number in range(wanted):
            connection = socket.create_connection((host, port), timeout=20)
            if number % 2:
                connection.send(b"GET /v1/sdcs HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            connections.append(connection)
        check(f"{len(connections)} idle connections: others are answered", healthy())
    except OSError as error:
        check(f"{wanted} idle connections", False, f"{len(connections)}: {error}")
    finally:
        for connection in connections:
            connection.close()
    check("after they are gone the service is ready", healthy())


every_parameter()
paths()
headers()
bodies()
idle_connections()
sys.exit(min(failures, 1))
