"""Prints the graph of a Euclid Pipeline Script as a document of the format sgs-graph/2.

    python3 -I trace_pipeline.py SCRIPT [--packages FOLDER]... [--pipeline NAME] [--seconds N]
    python3 -I trace_pipeline.py FOLDER     the tasks and pipelines that the folder's modules have

A script is run once with a stand-in for the package `euclidwf`: its tasks are not run, their
calls are noted. The document goes to standard output; what is at fault goes there too, as
{"faults": [{"file": ..., "line": ..., "found": ..., "expected": ...}]} with exit status 65.

The language: Package Definitions and Pipeline Scripts of Euclid's pipeline runner (IAL).
"""

import argparse
import contextlib
import inspect
import json
import math
import os
import re
import resource
import shlex
import signal
import sys
import traceback
import types

MOST_CALLS = 20_000
OWN = os.path.abspath(__file__)
FAULT = 65


# Faults


class Fault(Exception):
    """What a script must not do, or does wrongly."""

    def __init__(self, found, expected):
        super().__init__(found)
        self.found, self.expected = found, expected


def users_line(frame):
    """The file and line of the user's code that a frame was called from."""
    while frame is not None:
        if is_users(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


def is_users(path):
    return any(os.path.abspath(path).startswith(folder + os.sep) for folder in FOLDERS)


# The script, or the folder, that is asked about.
ASKED = []
FOLDERS = []
FAULTS = []


def note(found, expected, place=None):
    file, line = place or users_line(sys._getframe(1)) or (ASKED[0], 0)
    fault = {"file": file, "line": line, "found": found, "expected": expected}
    if fault not in FAULTS:
        FAULTS.append(fault)


# Package Definitions

TYPE_FILE, TYPE_LISTFILE = "file", "listfile"
MIMES = ("xml", "txt", "json", "fits", "dat")


class Input:
    def __init__(self, name, content_type=TYPE_FILE):
        check_name(name, "a port")
        check_content(content_type)
        self.name, self.content = name, content_type


class Output:
    def __init__(self, name, mime_type="xml", content_type=TYPE_FILE, lineage=None):
        check_name(name, "a port")
        check_content(content_type)
        if not (isinstance(mime_type, str) and re.fullmatch("[A-Za-z0-9]{1,16}", mime_type)):
            note(f"mime_type {mime_type!r} of {name}", "at most 16 letters and digits, such as xml")
            mime_type = "dat"
        self.name, self.mime, self.content = name, mime_type, content_type
        self.lineage = None if lineage is None else list(lineage)


class ComputingResources:
    """cores; ram, vms and tmpdir in GB (of 1024 MiB); walltime in hours; gpus.

    dynamic names the input port whose JSON file, which an earlier task has written, says the
    resources that are asked for in the end.
    """

    def __init__(self, cores=1, ram=1.0, walltime=1.0, vms=None, tmpdir=None, gpus=0, dynamic=None):
        def number(name, value, least):
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not (
                    value >= least and math.isfinite(value)):
                note(f"{name}={value!r}", f"a number from {least} on")
                return least
            return value
        # A task that only starts others asks for none; it gets one.
        self.cores = max(1, math.ceil(number("cores", cores, 0)))
        self.ram = number("ram", ram, 0)
        self.walltime = number("walltime", walltime, 0)
        self.vms = None if vms is None else number("vms", vms, 0)
        self.tmpdir = None if tmpdir is None else number("tmpdir", tmpdir, 0)
        self.gpus = int(number("gpus", gpus, 0))
        self.dynamic = dynamic

    def document(self):
        def mebibytes(gigabytes):
            return max(1, math.ceil(gigabytes * 1024))
        document = {"cores": self.cores, "ram_MiB": mebibytes(self.ram),
                    "walltime_s": max(1, round(self.walltime * 3600))}
        if self.vms is not None:
            document["vms_MiB"] = mebibytes(self.vms)
        if self.tmpdir is not None:
            document["tmp_MiB"] = mebibytes(self.tmpdir)
        if self.gpus:
            document["gpus"] = self.gpus
        return document


class Executable:
    """A task of a package; its variable's name is its own, for two may have one command."""

    def __init__(self, command, inputs=(), outputs=(), resources=None):
        if not isinstance(command, str) or not command.strip():
            note(f"command {command!r}", "a program's name")
            command = "none"
        try:
            # A command is a line of a shell: quoted words are one.
            self.words = shlex.split(command)
        except ValueError as error:
            note(f"command {command!r}: {error}", "words, quoted as for a shell")
            self.words = ["none"]
        self.command, self.inputs, self.outputs = command.strip(), list(inputs), list(outputs)
        self.resources = resources or ComputingResources()
        self.place = users_line(sys._getframe(1))
        self.module = sys._getframe(1).f_globals.get("__name__", "")
        self.variable = None
        names = [port.name for port in self.inputs + self.outputs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            note(f"two ports named {name} of {command}", "names that differ")
        known = {port.name for port in self.inputs}
        for output in self.outputs:
            for name in output.lineage or ():
                if name not in known:
                    note(f"lineage {name!r} of {output.name}",
                         "one of the inputs " + ", ".join(sorted(known)))

    @property
    def program(self):
        """The command's last word but its options, such as VIS_Bias of `E-Run VIS 1.2 VIS_Bias`."""
        words = [word for word in self.words if not word.startswith("-")]
        return plain((words or ["none"])[-1].rsplit("/", 1)[-1].split(".")[0])

    def __call__(self, *values, **ports):
        place = users_line(sys._getframe(1))
        name = ports.pop("name", None)
        if values:
            raise Fault(f"{len(values)} arguments of {self.program} without the name of a port",
                        "port=value for each")
        scope = Scope.open_one(self.program)
        node = scope.add(plain(name) if name else self.program, "exec", place)
        node.executable = self
        known = [port.name for port in self.inputs]
        for port, value in ports.items():
            if port not in known:
                note(f"port {port} of {self.variable or self.program}, which it does not declare",
                     "one of " + ", ".join(known) if known else "no port", place)
                continue
            source = as_source(value, port)
            if source is not None:
                node.sources[port] = source
        for port in known:
            if port not in ports:
                note(f"no value for port {port} of {self.variable or self.program}",
                     "one for each port", place)
        made = tuple(Source(scope, node=node, port=output.name) for output in self.outputs)
        return made[0] if len(made) == 1 else made


# Pipeline Scripts


class Source:
    """Where a value comes from: an input of a scope, or a port of one of its nodes."""

    def __init__(self, scope, name=None, node=None, port=None):
        self.scope, self.name, self.node, self.port = scope, name, node, port

    def __iter__(self):
        """One output may be written as a tuple of one."""
        return iter((self,))

    def document(self):
        if self.node is None:
            return {"input": self.name}
        return {"node": self.node.id, "port": self.port}


class ParallelResult(tuple):
    """The outputs of a @parallel function: each alone, or together as one list of tuples."""


class Node:
    def __init__(self, id, kind, place):
        self.id, self.kind, self.place = id, kind, place
        self.sources, self.executable, self.body, self.over = {}, None, None, None


class Scope:
    """The calls within one function that has a graph of its own."""

    stack = []
    calls = 0

    def __init__(self, name, inputs):
        self.name, self.inputs, self.nodes, self.outputs = name, inputs, [], []
        self.ids, self.counts = set(), {}

    @staticmethod
    def open_one(caller):
        if not Scope.stack:
            raise Fault(f"a call of {caller} outside of a pipeline",
                        "calls in functions that a @pipeline function calls")
        return Scope.stack[-1]

    def add(self, base, kind, place):
        Scope.calls += 1
        if Scope.calls > MOST_CALLS:
            raise Fault(f"more than {MOST_CALLS} calls",
                        "fewer, such as by @parallel over a list")
        count = self.counts.get(base, 0) + 1
        id = base if count == 1 else f"{base}_{count}"
        while id in self.ids:
            count += 1
            id = f"{base}_{count}"
        self.counts[base] = count
        self.ids.add(id)
        node = Node(id, kind, place)
        self.nodes.append(node)
        return node


def as_source(value, port):
    if value is None:
        return None
    if isinstance(value, ParallelResult):
        return value[0] if len(value) == 1 else tuples_of(value)
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if not isinstance(value, Source):
        raise Fault(f"{describe(value)} for port {port}", "an output of a task, or an input")
    if value.scope is not Scope.stack[-1]:
        raise Fault(f"a value of {value.scope.name} for port {port} within {Scope.stack[-1].name}",
                    "it as an argument of that function")
    return value


def tuples_of(result):
    return Source(result[0].scope, node=result[0].node, port="tuplelist")


def describe(value):
    if isinstance(value, tuple):
        return f"a tuple of {len(value)}"
    return f"{type(value).__name__} {value!r}"[:80]


def trace(function, name, given, place):
    """Runs a function with sources as its arguments.

    given: the arguments that have a value; the others with a default keep it.
    """
    parameters = inspect.signature(function).parameters
    for parameter in parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise Fault(f"parameter *{parameter.name} of {name}", "parameters with names")
        check_name(parameter.name, "an input")
    inputs = [p.name for p in parameters.values() if p.name in given]
    scope = Scope(name, inputs)
    Scope.stack.append(scope)
    try:
        values = {port: Source(scope, name=port) for port in inputs}
        for p in parameters.values():
            if p.name not in values:
                values[p.name] = None if p.default is p.empty else p.default
        returned = function(**values)
        if isinstance(returned, ParallelResult) and len(returned) > 1:
            returned = (returned,)
        if not isinstance(returned, (tuple, list)):
            returned = () if returned is None else (returned,)
        scope.outputs = [as_source(value, f"output {count + 1} of {name}")
                         for count, value in enumerate(returned)]
        for count, value in enumerate(scope.outputs):
            if value is None or value.node is None:
                note(f"output {count + 1} of {name} is made by no task", "a task's output", place)
        scope.outputs = [value for value in scope.outputs if value is not None]
    finally:
        Scope.stack.pop()
    if not scope.nodes:
        note(f"no task in {name}", "at least one call", place)
    return scope


def bound(function, values, ports):
    try:
        arguments = inspect.signature(function).bind(*values, **ports).arguments
    except TypeError as error:
        raise Fault(f"{function.__name__}: {error}", "an argument for each parameter") from None
    return dict(arguments)


def enter(function, kind, values, ports, names=None, over=None):
    """A call of a function that has a graph of its own."""
    place = users_line(sys._getframe(2))
    outer = Scope.open_one(function.__name__)
    arguments = bound(function, values, ports)
    node = outer.add(plain(function.__name__), kind, place)
    for port, value in arguments.items():
        source = as_source(value, port)
        if source is not None:
            node.sources[port] = source
    if over is not None and over not in node.sources:
        raise Fault(f"no value for {over}, over which {function.__name__} is parallel", "a list")
    if sum(1 for scope in Scope.stack if scope.name == function.__name__) > 0:
        raise Fault(f"{function.__name__} calls itself", "calls without a cycle")
    node.body = trace(function, function.__name__, set(node.sources), place)
    node.over = over
    node.names = output_names(node.body, names)
    return tuple(Source(outer, node=node, port=name) for name in node.names)


def output_names(scope, names=None):
    """The names of a body's outputs: as told, else the ports', made to differ."""
    if names is not None and len(names) == len(scope.outputs):
        return list(names)
    used, chosen = set(), []
    for source in scope.outputs:
        base = source.port or source.name
        name, count = base, 1
        while name in used:
            count += 1
            name = f"{base}_{count}"
        used.add(name)
        chosen.append(name)
    return chosen


def named(outputs):
    if outputs is None:
        return None
    return (outputs,) if isinstance(outputs, str) else tuple(outputs)


def parallel(iterable, outputs=("tuplelist",), properties=None):
    def decorate(function):
        place = (function.__code__.co_filename, function.__code__.co_firstlineno)
        if iterable not in inspect.signature(function).parameters:
            note(f"iterable={iterable!r} of {function.__name__}",
                 "one of its parameters "
                 + ", ".join(inspect.signature(function).parameters), place)

        def call(*values, **ports):
            return ParallelResult(enter(function, "parallel", values, ports, over=iterable))
        call.__name__, call.__signature__ = function.__name__, inspect.signature(function)
        return call
    return decorate


def nested(outputs=None, properties=None):
    def decorate(function):
        def call(*values, **ports):
            made = enter(function, "nested", values, ports, named(outputs))
            return made[0] if len(made) == 1 else made
        call.__name__, call.__signature__ = function.__name__, inspect.signature(function)
        return call
    return decorate


PIPELINES = {}


def pipeline(outputs, properties=None):
    names = named(outputs)

    def decorate(function):
        place = (function.__code__.co_filename, function.__code__.co_firstlineno)
        check_name(function.__name__, "a pipeline")
        for name in names:
            check_name(name, "an output")
        PIPELINES[function.__name__] = (function, names, place)

        def call(*values, **ports):
            made = enter(function, "nested", values, ports, names)
            return made[0] if len(made) == 1 else made
        call.__name__, call.__signature__ = function.__name__, inspect.signature(function)
        return call
    return decorate


# Names


def plain(text):
    """A node's name: what is not a letter, a digit, - or _ becomes _."""
    name = re.sub("[^A-Za-z0-9_-]", "_", text)[:60]
    return ("n" + name) if not name or name.startswith("-") else name


def check_name(name, what):
    if not (isinstance(name, str) and re.fullmatch("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}", name)):
        note(f"{name!r} as the name of {what}", "at most 64 letters, digits, '-' and '_'")


def check_content(content):
    if content not in (TYPE_FILE, TYPE_LISTFILE):
        note(f"content_type {content!r}", "file or listfile")


# The document


class Contents:
    """What each port holds, one file or a list.

    The runners of the time took whatever came: an output that is iterated over, or that a list
    is expected of, is a list, and a program's port is what it is given.
    """

    def __init__(self, scope):
        self.lists = set()
        changed = True
        while changed:
            before = len(self.lists)
            self.look(scope)
            changed = len(self.lists) > before
        self.inputs = {name: (scope, name) in self.lists for name in scope.inputs}

    def key(self, source):
        return (source.scope, source.name) if source.node is None else (source.node, source.port)

    def is_list(self, source):
        return self.key(source) in self.lists

    def look(self, scope):
        for node in scope.nodes:
            if node.kind == "exec":
                for output in node.executable.outputs:
                    if output.content == TYPE_LISTFILE:
                        self.lists.add((node, output.name))
                for port in node.executable.inputs:
                    if port.content == TYPE_LISTFILE and port.name in node.sources:
                        self.want(node.sources[port.name])
                continue
            for port, source in node.sources.items():
                if port == node.over:
                    self.want(source)
                    continue
                if self.is_list(source):
                    self.lists.add((node.body, port))
                if (node.body, port) in self.lists:
                    self.want(source)
            self.look(node.body)
            for name, source in zip(node.names, node.body.outputs):
                if node.kind == "parallel" or self.is_list(source):
                    self.lists.add((node, name))
            if node.kind == "parallel":
                self.lists.add((node, "tuplelist"))

    def want(self, source):
        self.lists.add(self.key(source))
        # A nested function's output is a list where the one of its task is.
        if source.node is not None and source.node.kind == "nested":
            place = source.node.names.index(source.port)
            self.want(source.node.body.outputs[place])


class Document:
    def __init__(self, scope, names):
        self.contents, self.executables, self.variants = Contents(scope), {}, {}
        self.document = {
            "format": "sgs-graph/2", "name": scope.name,
            "inputs": [{"name": name,
                        "content_type": TYPE_LISTFILE if isList else TYPE_FILE}
                       for name, isList in self.contents.inputs.items()],
            **self.body(scope, names)}
        self.document["executables"] = [
            self.executables[name] for name in sorted(self.executables)]

    def body(self, scope, names):
        return {"nodes": [self.node(node) for node in scope.nodes],
                "outputs": [{"name": name, **source.document()}
                            for name, source in zip(names, scope.outputs)]}

    def node(self, node):
        document = {"id": node.id, "kind": node.kind}
        sources = {port: source.document() for port, source in sorted(node.sources.items())}
        if sources:
            document["in"] = sources
        if node.kind == "exec":
            document["executable"] = self.executable(node)
            dynamic = node.executable.resources.dynamic
            if dynamic is not None:
                if dynamic in sources:
                    document["resources_from"] = sources[dynamic]
                else:
                    note(f"dynamic={dynamic!r}", "the name of an input port", node.place)
            return document
        if node.over:
            document["over"] = node.over
        document["body"] = self.body(node.body, node.names)
        return document

    def executable(self, node):
        """The name of the node's program, with its ports as this node uses them."""
        task = node.executable
        name = plain(task.variable or task.program)
        document = {
            "command": task.words[0],
            "inputs": [self.port(port, self.contents.is_list(node.sources[port.name]))
                       for port in task.inputs if port.name in node.sources],
            "outputs": [
                {**self.port(port, (node, port.name) in self.contents.lists),
                 "mime_type": port.mime,
                 **({} if port.lineage is None else {
                     "lineage": [n for n in port.lineage if n in node.sources]})}
                for port in task.outputs],
            "resources": task.resources.document()}
        if task.words[1:]:
            document["arguments"] = task.words[1:]
        variants = self.variants.setdefault(name, [])
        if document not in variants:
            variants.append(document)
        count = variants.index(document) + 1
        name = name if count == 1 else f"{name}_{count}"
        self.executables.setdefault(name, {"name": name, **document})
        return name

    @staticmethod
    def port(port, is_list):
        return {"name": port.name, "content_type": TYPE_LISTFILE if is_list else TYPE_FILE}


# Running a script


def install():
    """Puts the stand-in in the place of euclidwf."""
    def module(name, **content):
        made = types.ModuleType(name)
        made.__dict__.update(content)
        sys.modules[name] = made
        return made
    content = {f"MIME_{mime.upper()}": mime for mime in MIMES}
    framework = module("euclidwf.framework")
    framework.taskdefs = module(
        "euclidwf.framework.taskdefs", Executable=Executable, Input=Input, Output=Output,
        ComputingResources=ComputingResources, TYPE_FILE=TYPE_FILE, TYPE_LISTFILE=TYPE_LISTFILE,
        **content)
    framework.workflow_dsl = module(
        "euclidwf.framework.workflow_dsl", pipeline=pipeline, parallel=parallel, nested=nested)
    module("euclidwf", framework=framework).__path__ = []
    framework.__path__ = []


FORBIDDEN = {
    "socket.": "opens a connection", "subprocess.Popen": "starts a program",
    "os.system": "starts a program", "os.exec": "starts a program",
    "os.posix_spawn": "starts a program", "os.fork": "starts a process",
    "os.forkpty": "starts a process", "os.remove": "removes a file", "os.rename": "renames a file",
    "os.mkdir": "makes a folder", "os.rmdir": "removes a folder", "os.link": "makes a link",
    "os.symlink": "makes a link", "os.truncate": "writes a file", "os.chmod": "changes a file",
    "os.chown": "changes a file", "os.kill": "sends a signal", "ctypes.": "calls foreign code",
    "shutil.": "changes files", "urllib.Request": "opens a connection",
}


def watch(event, arguments):
    """Python's audit hook: refuses what describing a pipeline needs not."""
    if not WATCHING:
        return
    reason = next((r for start, r in FORBIDDEN.items() if event.startswith(start)), None)
    if event == "open" and len(arguments) > 2:
        mode, flags = arguments[1], arguments[2] or 0
        if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & (
                os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            reason = f"opens {arguments[0]} for writing"
    if reason:
        raise Fault(f"the script {reason}", "a description of a pipeline, nothing else")


WATCHING = []


class Refused:
    """Standard output while a script runs."""

    def write(self, text):
        if text.strip():
            raise Fault("the script prints to standard output", "nothing printed")
        return len(text)

    def flush(self):
        pass


def expire(signal, frame):
    raise Fault("the script has not ended in time", "one that only describes a pipeline")


def load(path):
    """Runs a script as a module."""
    with open(path, "rb") as file:
        text = file.read()
    module = types.ModuleType(os.path.splitext(os.path.basename(path))[0])
    module.__file__ = path
    sys.modules[module.__name__] = module
    exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)
    return module


def name_executables():
    """Gives each task its variable's name, of the module that defines it."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not file or not is_users(file):
            continue
        for name, value in vars(module).items():
            if isinstance(value, Executable) and value.module == module.__name__:
                value.variable = value.variable or name


def choose(name, path):
    if name is not None:
        if name not in PIPELINES:
            raise Fault(f"pipeline {name}", "one of " + ", ".join(sorted(PIPELINES)))
        return name
    if not PIPELINES:
        raise Fault("no function with @pipeline", "one")
    own = os.path.splitext(os.path.basename(path))[0]
    if len(PIPELINES) == 1 or own in PIPELINES:
        return own if own in PIPELINES else next(iter(PIPELINES))
    raise Fault("pipelines " + ", ".join(sorted(PIPELINES)),
                f"one, or one named {own}, or a choice of one")


def convert(options):
    load(options.script)
    name_executables()
    function, names, place = PIPELINES[choose(options.pipeline, options.script)]
    # An argument that has a default stays what that is.
    given = {p.name for p in inspect.signature(function).parameters.values()
             if p.default is not None}
    scope = trace(function, function.__name__, given, place)
    if len(scope.outputs) != len(names):
        note(f"{len(scope.outputs)} returned by {function.__name__}",
             f"{len(names)}, as its outputs {', '.join(names)} say", place)
    return Document(scope, names).document


def catalogue(options):
    """What the modules of the folders define: tasks and pipelines."""
    for folder in FOLDERS:
        for name in sorted(os.listdir(folder)):
            stem, suffix = os.path.splitext(name)
            if suffix == ".py" and stem not in sys.modules:
                load(os.path.join(folder, name))
    name_executables()
    tasks = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and is_users(file):
            tasks += [(module.__name__, value) for value in vars(module).values()
                      if isinstance(value, Executable) and value.module == module.__name__]
    return {
        "tasks": [
            {"name": task.variable, "module": module, "command": task.command,
             "inputs": [{"name": p.name, "content_type": p.content} for p in task.inputs],
             "outputs": [{"name": p.name, "content_type": p.content, "mime_type": p.mime,
                          "lineage": [i.name for i in task.inputs] if p.lineage is None
                          else p.lineage} for p in task.outputs],
             "resources": task.resources.document()}
            for module, task in sorted(tasks, key=lambda pair: (pair[0], pair[1].variable))],
        "pipelines": [
            {"name": name, "file": place[0], "outputs": list(names),
             "inputs": list(inspect.signature(function).parameters)}
            for name, (function, names, place) in sorted(PIPELINES.items())]}


def place_of(error):
    """The line of the user's code that an error came from."""
    if isinstance(error, SyntaxError) and error.filename and is_users(error.filename):
        return error.filename, error.lineno or 0
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        if is_users(frame.f_code.co_filename):
            return frame.f_code.co_filename, line
    return ASKED[0], 0


def words(error):
    if isinstance(error, Fault):
        return error.found, error.expected
    if isinstance(error, SyntaxError):
        hint = "Python 3" if "print" in (error.msg or "") or "Missing parentheses" in (
            error.msg or "") else "a script of Python 3"
        return f"{error.msg}", hint
    if isinstance(error, ImportError):
        return f"{error}", "modules beside the script, or in a folder of packages that is named"
    if isinstance(error, RecursionError):
        return "functions that call themselves without an end", "calls without a cycle"
    if isinstance(error, MemoryError):
        return "more memory than a description needs", "a script that only describes a pipeline"
    return f"{type(error).__name__}: {error}", "a script without errors"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("script", help="a script, or a folder whose tasks and pipelines are listed")
    parser.add_argument("--packages", action="append", default=[])
    parser.add_argument("--pipeline")
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    options.script = os.path.abspath(options.script)
    ASKED.append(options.script)
    is_folder = os.path.isdir(options.script)
    FOLDERS.extend(os.path.abspath(folder) for folder in [
        options.script if is_folder else os.path.dirname(options.script), *options.packages])
    sys.path[:0] = FOLDERS
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, expire)
    install()
    sys.addaudithook(watch)
    out = sys.stdout
    answer = None
    try:
        signal.alarm(options.seconds)
        WATCHING.append(True)
        with contextlib.redirect_stdout(Refused()):
            answer = catalogue(options) if is_folder else convert(options)
    except BaseException as error:
        note(*words(error), place_of(error))
    finally:
        signal.alarm(0)
        WATCHING.clear()
    if FAULTS:
        json.dump({"faults": FAULTS}, out)
        out.write("\n")
        return FAULT
    json.dump(answer, out, indent=1)
    out.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
