"""A site of its own for a measurement: folders, a runner of the release build, its store."""
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

SDC = "SDC-FR"
DAY = 86400.0
# Whether what a measure leaves is somebody else's to remove.
KEEPS_FOLDERS = "SGS_KEEPS_FOLDERS" in os.environ


def load():
    return os.getloadavg()[0]


def list_of(width):
    """A pipeline that makes a list of numbers and runs /bin/true for each of them."""
    script = ("for a do case $a in --out=*) out=${a#--out=};; esac; done; "
              f"seq 1 {width} | sed 's/.*/\"\\/&\"/' | paste -sd, | sed 's/^/[/; s/$/]/' > $out")
    small = {"cores": 1, "ram_MiB": 16, "walltime_s": 600}
    return {
        "format": "sgs-graph/2", "name": f"wide{width}",
        "nodes": [
            {"id": "list", "kind": "exec", "executable": {
                "name": "list", "command": "/bin/sh", "arguments": ["-c", script, "list"],
                "outputs": [
                    {"name": "out", "mime_type": "json", "content_type": "listfile"}], "resources": small}},
            {"id": "all", "kind": "parallel", "over": "items",
             "in": {"items": {"node": "list", "port": "out"}},
             "body": {"nodes": [{"id": "true", "kind": "exec", "executable": {
                 "name": "true", "command": "/bin/true", "resources": small}}]}},
        ],
    }


class Site:
    """Folders below one that is removed at the end, and a runner that serves them."""

    def __init__(self, programs, pipelines, slots=2):
        self.programs = programs
        # As a batch system allows where `slots` is None.
        self.room = [] if slots is None else ["--slots", str(slots), "--memory", "100000"]
        self.root = tempfile.mkdtemp(dir=os.environ.get("TMPDIR", "/tmp"), prefix="engine-")
        for name in ["pipelines", "orders/orders", "orders/taken", "orders/reports",
                     "orders/replicas", "storage", "state"]:
            os.makedirs(f"{self.root}/{name}")
        for pipeline in pipelines:
            with open(f"{self.root}/pipelines/{pipeline['name']}.json", "w") as file:
                json.dump(pipeline, file)
        self.process = None
        # Options of the runner beside those that all measures need.
        self.more = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        if not KEEPS_FOLDERS:
            shutil.rmtree(self.root, ignore_errors=True)

    @property
    def home(self):
        return f"{self.root}/state/{SDC}"

    @property
    def common(self):
        return ["--sdc", SDC, "--storage", f"{self.root}/storage", "--state",
                f"{self.root}/state"]

    def start(self):
        """Starts the runner and waits until it takes orders and commands; the seconds."""
        path = f"{self.root}/notify"
        if os.path.exists(path):
            os.unlink(path)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(path)
            begin = time.monotonic()
            with open(f"{self.root}/log", "a") as log:
                self.process = subprocess.Popen(
                    [f"{self.programs}/sdc-runner", "serve", *self.common, "--pipelines",
                     f"{self.root}/pipelines", "--orders", f"{self.root}/orders", *self.room,
                     *self.more],
                    stdout=log, stderr=log, env={**os.environ, "NOTIFY_SOCKET": path})
            notify.settimeout(0.5)
            while True:
                try:
                    notify.recv(100)
                    return time.monotonic() - begin
                except TimeoutError:
                    if self.process.poll() is not None or time.monotonic() - begin > 120:
                        with open(f"{self.root}/log") as log:
                            raise SystemExit("the runner did not start\n" + log.read()[-3000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def abandon(self):
        """Ends the runner and its agent though there is more to do."""
        self.kill()
        os.kill(self.agent(), signal.SIGKILL)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def place(self, name, pipeline):
        order = {
            "id": name, "survey": "bench", "item": {"kind": "observation", "id": name},
            "pipeline": pipeline, "softwareRelease": "1", "sdc": SDC, "replicaAt": SDC,
            "inputs": [], "release": 50, "priority": 0}
        path = f"{self.root}/orders/orders/{name}.json"
        with open(path + ".part", "w") as file:
            json.dump(order, file)
        os.rename(path + ".part", path)

    def finish(self, name, seconds=1800):
        """Waits for an order's report."""
        path, end = f"{self.root}/orders/reports/{name}.json", time.monotonic() + seconds
        while not os.path.exists(path):
            if time.monotonic() > end or self.process.poll() is not None:
                with open(f"{self.root}/log") as log:
                    raise SystemExit(f"{name} did not end\n" + log.read()[-3000:])
            time.sleep(0.002)
        with open(path) as file:
            text = file.read()
        if '"complete"' not in text:
            raise SystemExit(f"{name}: {text[:1000]}")

    def rows(self, query, *values):
        store = sqlite3.connect(f"file:{self.home}/runner.sqlite?mode=ro", uri=True, timeout=30)
        try:
            return store.execute(query, values).fetchall()
        finally:
            store.close()

    def processor(self, pid=None):
        """Seconds of processor time of the runner, or of another process."""
        with open(f"/proc/{pid or self.process.pid}/stat") as stat:
            words = stat.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def agent(self):
        with open(f"{self.home}/agent/agent.lock") as lock:
            return int(lock.read())

    def peak(self):
        """The most memory that the runner has had, MB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024

    def ask(self, requests):
        """Gives commands over the runner's socket, one after the other; their answers."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{self.home}/runner.sock")
        lines = connection.makefile("rb")
        answers = []
        for number, command in enumerate(requests):
            connection.sendall(json.dumps(
                {"id": number, "request": f"bench-{time.time_ns()}-{number}", "by": "bench",
                 "command": command}).encode() + b"\n")
            answers.append(json.loads(lines.readline())["answer"])
        connection.close()
        return answers
