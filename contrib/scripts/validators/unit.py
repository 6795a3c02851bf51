"""Runs the command of a systemd unit in a root folder, as its user, where no systemd is.

unit.py ROOT UNIT [INSTANCE] [WATCHDOG SECONDS]: prints what the service tells its service manager,
a line each, then `ended STATUS`. TERM and INT go on to the service. Directories, files of settings,
user, mask, limits and the signs of life that are asked for are those of the unit; its mounts and
filters of system calls are not set up.
"""
import os
import re
import resource
import shlex
import signal
import socket
import sys

root, unit = sys.argv[1:3]
instance = sys.argv[3] if len(sys.argv) > 3 else ""
watchdog = float(sys.argv[4]) if len(sys.argv) > 4 else None


def settings(path):
    """The settings of [Service]: a list of the values of each."""
    found, section = {}, ""
    with open(path, encoding="utf-8") as file:
        for line in map(str.strip, file):
            if line.startswith("["):
                section = line
            elif section == "[Service]" and line and line[0] not in "#;":
                name, text = line.split("=", 1)
                found.setdefault(name, []).append(text.replace("%i", instance))
    return found


def environment(files):
    """What the files say, later ones for earlier ones."""
    known = {}
    for name in files:
        path = root + name.removeprefix("-")
        if name.startswith("-") and not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            for line in map(str.strip, file):
                if line and line[0] not in "#;":
                    key, text = line.split("=", 1)
                    known[key] = text.strip("\"'")
    return known


def command(text, known):
    """The words of ExecStart: $NAME by itself becomes the words of its value, maybe none."""
    words = []
    for word in shlex.split(text):
        whole = re.fullmatch(r"\$(\w+)", word)
        words += known.get(whole[1], "").split() if whole else [word]
    return words


def seconds(text):
    amount = re.fullmatch(r"(\d+)(min|s|)", text)
    return int(amount[1]) * (60 if amount[2] == "min" else 1)


service = settings(os.path.join(root, "lib/systemd/system", unit))
one = {name: values[-1] for name, values in service.items()}
user = next(line.split(":") for line in open(root + "/etc/passwd") if line.startswith(one["User"] + ":"))
uid, gid = int(user[2]), int(user[3])
for name, folder in (("StateDirectory", "/var/lib/"), ("LogsDirectory", "/var/log/")):
    for part in one.get(name, "").split():
        path = root + folder + part
        os.makedirs(path, exist_ok=True)
        os.chown(path, uid, gid)
        os.chmod(path, int(one.get(name + "Mode", "0755"), 8))

notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
place = f"/run/notify-{os.getpid()}"
notices.bind(root + place)
os.chmod(root + place, 0o777)
known = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8",
    "HOME": user[5], "USER": user[0], "LOGNAME": user[0], "NOTIFY_SOCKET": place,
    **environment(service.get("EnvironmentFile", []))}
if "WatchdogSec" in one:
    known["WATCHDOG_USEC"] = str(int(1e6 * (watchdog or seconds(one["WatchdogSec"]))))
words = command(one["ExecStart"], known)

child = os.fork()
if child == 0:
    os.chroot(root)
    os.chdir(one["WorkingDirectory"])
    # No more than this process may have.
    most = min(int(one["LimitNOFILE"]), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.umask(int(one["UMask"], 8))
    os.setgroups([gid])
    os.setgid(gid)
    os.setuid(uid)
    os.execve(words[0], words, known)

print("process", child, flush=True)
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda number, _: os.kill(child, number))
notices.settimeout(0.1)
status = None
while status is None:
    try:
        print(notices.recv(4096).decode(), flush=True)
    except TimeoutError:
        ended, found = os.waitpid(child, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(found)
print("ended", status, flush=True)
os.unlink(root + place)
sys.exit(status != 0)
