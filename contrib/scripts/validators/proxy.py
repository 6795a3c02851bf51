"""Puts a real nginx with contrib/nginx/sgs.conf before `sgs serve`, and looks whether all gets through.

proxy.py BASE FOLDER: the service's address, and a folder for nginx's files.
"""
import http.client
import json
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request

base, folder = sys.argv[1], pathlib.Path(sys.argv[2])
repository = pathlib.Path(__file__).resolve().parents[3]
name = "distribution.example.org"
failures = 0


def check(what, right, found=""):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what} {found if not right else ''}".rstrip())
    failures += not right


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings(port):
    """The shipped configuration on loopback, with a certificate of its own."""
    text = (repository / "contrib/nginx/sgs.conf").read_text()
    for pattern, replacement in [
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"), (r"\n *listen \[::\]:443 ssl;", ""),
        (r"server 127\.0\.0\.1:8080;", f"server {urllib.parse.urlsplit(base).netloc};"),
        (r"/etc/ssl/certs/distribution.pem", f"{folder}/certificate.pem"),
        (r"/etc/ssl/private/distribution.key", f"{folder}/key.pem"),
    ]:
        text, count = re.subn(pattern, replacement, text)
        assert count == 1, f"sgs.conf has no {pattern}"
    (folder / "sgs.conf").write_text(text)
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n"
                    for kind in ["client_body", "proxy", "fastcgi", "scgi", "uwsgi"])
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}include {folder}/sgs.conf;\n}}\n")


def start(port):
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout",
                    folder / "key.pem", "-out", folder / "certificate.pem"],
                   check=True, capture_output=True)
    settings(port)
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    server = subprocess.Popen([program, "-e", folder / "error.log", "-c", folder / "nginx.conf"])
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server
        except OSError:
            if server.poll() is not None:
                sys.exit((folder / "error.log").read_text())
            time.sleep(0.05)


class Connection(http.client.HTTPConnection):
    """TLS to 127.0.0.1 under the service's public name, its certificate verified."""

    def connect(self):
        context = ssl.create_default_context(cafile=folder / "certificate.pem")
        plain = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock = context.wrap_socket(plain, server_hostname=name)


def ask(target, method="GET", body=None, headers={}):
    connection = Connection(name)
    connection.request(method, target, body=body, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


def direct(target):
    with urllib.request.urlopen(base + target) as answer:
        return answer.read()


def answers():
    answer, data = ask("/v1/distributions")
    check("an answer comes through TLS as it is", data == direct("/v1/distributions"), data[:200])
    check("and asks for TLS from now on", "max-age" in (answer.headers["Strict-Transport-Security"] or ""))
    tag = answer.headers["ETag"]
    check("a kept answer is not sent again", ask("/v1/distributions", headers={"If-None-Match": tag})[0]
          .status == 304, tag)
    surveys = {row["survey"] for row in json.loads(data)["rows"]}
    found = []
    for survey in sorted(surveys):
        rows = json.loads(direct(f"/v1/observations?survey={survey}&limit=5"))["rows"]
        found += [(survey, row["id"]) for row in rows]
    slashes = 0
    for survey, item in found:
        target = f"/v1/observations/{urllib.parse.quote(item, safe='')}/owner?survey={survey}"
        answer, data = ask(target)
        slashes += "/" in item
        check(f"{target.split('?')[0]} comes through", answer.status == 200 and data == direct(target),
              data[:200])
    check("slashes in identifiers were among them", slashes > 0)


def events():
    connection = Connection(name)
    begin = time.monotonic()
    connection.request("GET", "/v1/changes/events", headers={"Last-Event-ID": "0"})
    stream = connection.getresponse()
    first = stream.read1(65536)
    check("events come at once, though the stream stays open",
          first.startswith(b": ") and time.monotonic() - begin < 5, first[:100])
    while not first.endswith(b"\n\n"):
        first += stream.read1(65536)
    check("with all that happened", b"event: publication\n" in first, first[:200])
    check("and with signs of life", stream.read1(65536) == b":\n\n")
    connection.close()


def limits():
    status = ask("/v1/owner", "POST", b"ra,dec\n" + b"1,1\n" * 3_000_000,
                 {"Content-Type": "text/csv"})[0].status
    check("a body beyond the limit is refused", status == 413, status)
    status = ask("/v1/owner?survey=euclid", "POST", b"ra,dec\n" + b"1,1\n" * 100_000,
                 {"Content-Type": "text/csv"})[0].status
    check("one of as many positions as are allowed is taken", status == 200, status)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        check("without TLS nothing is answered", plain.recv(100).startswith(b"HTTP/1.1 400"))
    connection = Connection(name)
    statuses = set()
    for _ in range(3000):
        connection.request("GET", "/v1/sdcs?survey=euclid")
        answer = connection.getresponse()
        answer.read()
        statuses.add(answer.status)
        if answer.headers["Connection"] == "close":
            connection.close()
    check("a flood is told to slow down", statuses == {200, 429}, statuses)


port = free_port()
server = start(port)
try:
    answers()
    events()
    limits()
finally:
    server.terminate()
    server.wait()
sys.exit(min(failures, 1))
