"""Package Definition of the self-test: programs of /bin/sh whose lines are the same everywhere.

Each gets its ports as variables of their names, and the folders as workdir and logdir.
"""

from shlex import quote

from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)

PORTS = ('for a do case $a in --*=*) n=${a%%=*}; eval "${n#--}=\\${a#*=}";; esac; done; ')


def shell(name, script):
    return f"/bin/sh -c {quote('set -eu; ' + PORTS + script)} {name}"


def small(**more):
    """A core, 64 MiB, a minute."""
    return ComputingResources(cores=1, ram=0.0625, walltime=1 / 60, **more)


def line(**more):
    return Output("line", mime_type="txt", **more)


selftest_step = Executable(
    shell("selftest_step", 'printf "step\\n" > "$line"'), outputs=[line()], resources=small())

selftest_copy = Executable(
    shell("selftest_copy", 'cat "$from" > "$line"; printf "%s\\n" copied >> "$line"'),
    inputs=[Input("from")], outputs=[line()], resources=small())

selftest_split = Executable(
    shell("selftest_split",
          'for i in 1 2 3; do printf "part %s\\n" $i > "$workdir/part_$i.txt"; done; '
          'printf \'["%s/part_1.txt", "%s/part_2.txt", "%s/part_3.txt"]\\n\' '
          '"$workdir" "$workdir" "$workdir" > "$parts"'),
    outputs=[Output("parts", mime_type="json", content_type=TYPE_LISTFILE)], resources=small())

selftest_part = Executable(
    shell("selftest_part", 'cat "$part" > "$line"'),
    inputs=[Input("part")], outputs=[line()], resources=small())

selftest_join = Executable(
    shell("selftest_join",
          'tr -d "[]\\"\\n" < "$lines" | tr "," "\\n" | '
          'sed "s/^ *//; s/ *$//; s,\\\\\\\\/,/,g" > "$workdir/files"; echo >> "$workdir/files"; '
          ': > "$line"; while IFS= read -r f; do [ -z "$f" ] || cat "$f" >> "$line"; done '
          '< "$workdir/files"'),
    inputs=[Input("lines", content_type=TYPE_LISTFILE)], outputs=[line()], resources=small())

selftest_estimate = Executable(
    shell("selftest_estimate", 'printf \'{"ram_MiB": 96}\\n\' > "$resources"'),
    outputs=[Output("resources", mime_type="json")], resources=small())

selftest_measure = Executable(
    shell("selftest_measure",
          'printf "%s cores, %s MiB\\n" "$SGS_CORES" "$SGS_MEMORY_MIB" > "$line"'),
    inputs=[Input("asked")], outputs=[line()], resources=small(dynamic="asked"))

selftest_scratch = Executable(
    shell("selftest_scratch",
          '[ -d "$TMPDIR" ]; [ -z "$(ls -A "$TMPDIR")" ]; '
          'dd if=/dev/zero of="$TMPDIR/full" bs=1024 count=1024 2>/dev/null; '
          'printf "%s\\n" "$TMPDIR" > "$place"; '
          'printf "%s bytes\\n" "$(($(wc -c < "$TMPDIR/full")))" > "$line"'),
    outputs=[line(), Output("place", mime_type="txt")], resources=small(tmpdir=0.015625))

selftest_gone = Executable(
    shell("selftest_gone", '[ ! -e "$(cat "$place")" ]; printf "TMPDIR is gone\\n" > "$line"'),
    inputs=[Input("place")], outputs=[line()], resources=small())

selftest_cut = Executable(
    shell("selftest_cut", 'printf "stone\\n" > "$stone"'),
    outputs=[Output("stone", mime_type="txt")], resources=small())

selftest_build = Executable(
    shell("selftest_build", '{ printf "wall of "; cat "$block"; } > "$wall"'),
    inputs=[Input("block")], outputs=[Output("wall", mime_type="txt")], resources=small())
