"""networkx_peer.py FILE: checks a CASE package as the linter does, as far as networkx helps.

Prints items, prerequisites, levels, implied links, cycles, dangling ends, orphans and repeated
codes, in this order. It looks at no text: characters, look-alikes and statements are left out.
"""

import collections
import json
import sys

import networkx

with open(sys.argv[1], encoding="utf-8") as file:
    package = json.load(file)
items = {item["identifier"]: item for item in package["CFItems"]}
root = package["CFDocument"]["identifier"]
graph = networkx.DiGraph()
graph.add_nodes_from(items)
hierarchy = networkx.DiGraph()
hierarchy.add_nodes_from(items)
dangling = 0
for link in package.get("CFAssociations", []):
    kind = link["associationType"]
    ends = link["originNodeURI"]["identifier"], link["destinationNodeURI"]["identifier"]
    if kind == "isChildOf":
        if ends[0] in items and (ends[1] in items or ends[1] == root):
            hierarchy.add_edge(*ends)
        else:
            dangling += 1
    elif kind == "precedes":
        if ends[0] in items and ends[1] in items:
            graph.add_edge(*ends)
        else:
            dangling += 1
orphans = sum(1 for item in items if hierarchy.out_degree(item) == 0)
cycles = sum(1 for part in networkx.strongly_connected_components(graph) if len(part) > 1)
codes = collections.Counter(
    item["humanCodingScheme"] for item in items.values() if item.get("humanCodingScheme"))
repeated = sum(count for count in codes.values() if count > 1)
levels, implied = 0, 0
if cycles == 0:
    levels = sum(1 for _ in networkx.topological_generations(graph))
    implied = graph.number_of_edges() - networkx.transitive_reduction(graph).number_of_edges()
print(len(items), graph.number_of_edges(), levels, implied, cycles, dangling, orphans, repeated)
