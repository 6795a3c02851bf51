"""A stand-in for bps' generic workflow, with as much of it as is read."""

import types


def node_type(name):
    return types.SimpleNamespace(name=name)


def job(name, label=None, **attributes):
    """A job with the attributes that bps gives it by default."""
    standard = dict(
        quanta_counts={},
        executable=types.SimpleNamespace(name="run", src_uri="/bin/run"),
        arguments="",
        cmdvals={},
        memory_multiplier=None,
        request_memory=None,
        request_memory_max=None,
        request_cpus=None,
        request_disk=None,
        request_walltime=None,
        accounting_group=None,
        accounting_user=None,
        number_of_retries=None,
        retry_unless_exit=None,
        abort_on_value=None,
        abort_return_value=None,
        priority=None,
        category=None,
        concurrency_limit=None,
        pre_cmdline=None,
        post_cmdline=None,
        environment={},
    )
    return types.SimpleNamespace(
        name=name, label=label or name, node_type=node_type("PAYLOAD"), **(standard | attributes)
    )


def noop(name):
    return types.SimpleNamespace(name=name, label=name, node_type=node_type("NOOP"))


class Workflow:
    def __init__(self, name, jobs, edges=(), final=None, files=()):
        self.name = name
        self.nodes = {job.name: job for job in jobs}
        self.edges = list(edges)
        self.final = final
        self.files = list(files)

    def get_job(self, name):
        return self.nodes[name]

    def get_final(self):
        return self.final

    def predecessors(self, name):
        return [before for before, after in self.edges if after == name]

    def successors(self, name):
        return [after for before, after in self.edges if before == name]

    def get_job_inputs(self, name, data=True):
        return self.files

    def get_job_outputs(self, name, data=True):
        return []


class Group(Workflow):
    node_type = node_type("GROUP")

    def __init__(self, name, jobs, edges=(), blocking=False):
        super().__init__(name, jobs, edges)
        self.label = name
        self.blocking = blocking
