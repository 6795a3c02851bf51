"""Pipeline Script of the self-test: what can be said in this language.

`selftest.json` puts these pipelines together and adds what it has no words for: order without
files, a group, payloads that a payload asks for, the final node. The documents beside this script
are its graphs, so that nobody needs Python to run them: `contrib/scripts/trace-selftest.sh`.
"""

from euclidwf.framework import workflow_dsl as dsl
from selftest_package import (
    selftest_build, selftest_copy, selftest_cut, selftest_estimate, selftest_gone, selftest_join,
    selftest_measure, selftest_part, selftest_scratch, selftest_split, selftest_step)


@dsl.nested(outputs="line")
def inner(from_):
    return selftest_copy(**{"from": from_}, name="copy")


@dsl.nested(outputs="line")
def nested(from_):
    return inner(from_)


@dsl.parallel(iterable="part", outputs="line")
def parallel(part):
    return selftest_part(part=part, name="one")


@dsl.pipeline(outputs=("step", "nested", "parallel", "dynamic", "scratch", "gone"))
def selftest_features():
    step = selftest_step(name="step")
    parts = parallel(part=selftest_split(name="split"))
    estimate = selftest_estimate(name="estimate")
    scratch, place = selftest_scratch(name="scratch")
    return (
        step, nested(step), selftest_join(lines=parts, name="join"),
        selftest_measure(asked=estimate, name="measure"), scratch,
        selftest_gone(place=place, name="gone"))


@dsl.pipeline(outputs="block")
def selftest_quarry():
    return selftest_cut(name="cut")


@dsl.pipeline(outputs="wall")
def selftest_mason(block):
    return selftest_build(block=block, name="build")
