"""GraphML of campaigns against networkx.

    graphml.py write FOLDER     graphs without cycles of all shapes into FOLDER/in
    graphml.py compare FOLDER   FOLDER/in with FOLDER/out; FOLDER/ours, and again to FOLDER/back
"""
import pathlib
import random
import sys

import networkx


def chain(length):
    return [(place, place + 1) for place in range(length - 1)]


def graphs():
    """Names and edges between numbers, with how many numbers there are."""
    yield "single", 1, []
    yield "chain", 12, chain(12)
    yield "bag", 9, []
    yield "bag-of-chains", 12, [edge for edge in chain(12) if edge[1] % 4]
    yield "diamond", 4, [(0, 1), (0, 2), (1, 3), (2, 3)]
    yield "twice", 3, [(0, 1), (0, 1), (1, 2)]
    for seed in range(30):
        chance = random.Random(seed)
        count = chance.randint(2, 80)
        pairs = [(a, b) for b in range(count) for a in range(b)]
        yield f"random-{seed}", count, chance.sample(pairs, min(len(pairs), 2 * count))


def write(folder):
    for name, count, edges in graphs():
        for labelled in (False, True):
            graph = networkx.MultiDiGraph()
            for node in range(count):
                values = {"label": f"task {node}", "priority": node} if labelled else {}
                graph.add_node(f"n{node}", **values)
            for place, (source, target) in enumerate(edges):
                values = {"label": f"data {place}", "weight": 1.5} if labelled else {}
                graph.add_edge(f"n{source}", f"n{target}", **values)
            if not labelled and len(set(edges)) == len(edges):
                graph = networkx.DiGraph(graph)
            file = f"{name}{'-labelled' if labelled else ''}.graphml"
            networkx.write_graphml(graph, folder / "in" / file)


def read(path):
    return networkx.MultiDiGraph(networkx.read_graphml(path, force_multigraph=True))


def tasks(graph):
    """The graph without the entry and the exit."""
    inner = graph.copy()
    inner.remove_nodes_from(
        [node for node, values in graph.nodes(data=True) if values["kind"] != "task"])
    return inner


def compare(folder):
    wrong = []
    inputs = sorted((folder / "in").glob("*.graphml"))
    for path in inputs:
        before, after = read(path), tasks(read(folder / "out" / path.name))
        titles = networkx.algorithms.isomorphism.categorical_node_match("label", None)
        match = titles if "labelled" in path.name else None
        if "labelled" in path.name:
            names = sorted(values["label"].replace(" ", "-")
                           for _, _, values in before.edges(data=True))
            found = sorted(values["data"] for _, _, values in after.edges(data=True))
            if names != found:
                wrong.append(f"{path.name}: other names of data sets")
        # The order of networkx' search matters; what can tell two graphs apart quickly comes first.
        if not networkx.faster_could_be_isomorphic(before, after) or not networkx.is_isomorphic(
                before, after, node_match=match):
            wrong.append(f"{path.name}: not isomorphic")
    ours = sorted((folder / "ours").glob("*.graphml"))
    for path in ours:
        graph = read(path)
        if not networkx.is_directed_acyclic_graph(graph):
            wrong.append(f"{path.name}: a cycle")
        if graph.in_degree("entry") or graph.out_degree("exit"):
            wrong.append(f"{path.name}: an edge into the entry or out of the exit")
        networkx.write_graphml(graph, folder / "back" / path.name)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"graphml: {len(inputs)} graphs of networkx and {len(ours)} of ours, {len(wrong)} wrong")
    return 1 if wrong or not inputs or not ours else 0


folder = pathlib.Path(sys.argv[2])
sys.exit(write(folder) if sys.argv[1] == "write" else compare(folder))
