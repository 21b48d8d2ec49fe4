#!/usr/bin/env python3
"""Measures exact seating beside OR-Tools and networkx on the same pairs, in one run.

usage: scheduling.py BENCHMARK INPUT...

BENCHMARK is a release build of scheduling-benchmark. An INPUT is a cbl-grouping/1 file of the
fixed form, or fixed:LEARNERS:HOUSES:PERCENT for an invented one. Printed are CPU milliseconds of
the solvers alone, and how many times ours go into a peer's; objectives must agree. networkx runs
where there are at most 20,000 pairs.
"""
import subprocess
import sys
import time

import networkx
from ortools.graph.python import min_cost_flow


def blocks(text):
    """The blocks of pairs as (learners, capacities, pairs)."""
    found = []
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("block"):
            _, learners, _ = line.split()
            capacities = [int(word) for word in next(lines).split()]
            found.append((int(learners), capacities, []))
        else:
            found[-1][2].append(tuple(int(word) for word in line.split()))
    return found


def ortools(learners, capacities, pairs):
    """The objective and the CPU milliseconds of one block."""
    flow = min_cost_flow.SimpleMinCostFlow()
    first, sink = learners, learners + len(capacities)
    for learner, section, value in pairs:
        flow.add_arc_with_capacity_and_unit_cost(learner, first + section, 1, -value)
    for section, capacity in enumerate(capacities):
        flow.add_arc_with_capacity_and_unit_cost(first + section, sink, capacity, 0)
    for learner in range(learners):
        flow.add_arc_with_capacity_and_unit_cost(learner, sink, 1, 0)
        flow.set_node_supply(learner, 1)
    flow.set_node_supply(sink, -learners)
    start = time.process_time()
    status = flow.solve()
    taken = (time.process_time() - start) * 1000
    assert status == flow.OPTIMAL, status
    return -flow.optimal_cost(), taken


def simplex(learners, capacities, pairs):
    """The objective and the CPU milliseconds of one block with networkx."""
    graph = networkx.DiGraph()
    graph.add_node("end", demand=learners)
    for learner in range(learners):
        graph.add_node(learner, demand=-1)
        graph.add_edge(learner, "end", capacity=1, weight=0)
    for section, capacity in enumerate(capacities):
        graph.add_edge(("section", section), "end", capacity=capacity, weight=0)
    for learner, section, value in pairs:
        graph.add_edge(learner, ("section", section), capacity=1, weight=-value)
    start = time.process_time()
    cost, _ = networkx.network_simplex(graph)
    return -cost, (time.process_time() - start) * 1000


def main():
    program, inputs = sys.argv[1], sys.argv[2:]
    for name in inputs:
        ours = subprocess.run([program, "fixed", name], capture_output=True, text=True, check=True)
        pairs = subprocess.run([program, "pairs", name], capture_output=True, text=True, check=True)
        days = blocks(pairs.stdout)
        count = sum(len(rows) for _, _, rows in days)
        line = ours.stdout.splitlines()[0]
        mine, time_taken = int(line.split()[1].rstrip(":")), float(line.split()[2])
        print(f"{name.split('/')[-1]}: {count} pairs, objective {mine}")
        for text in ours.stdout.splitlines():
            print(f"  ours: {text}")
        peers = {"OR-Tools SimpleMinCostFlow, solve() only": ortools}
        if count <= 20_000:
            peers["networkx network_simplex"] = simplex
        for peer, solve in peers.items():
            results = [solve(*block) for block in days]
            objective = sum(value for value, _ in results)
            taken = sum(milliseconds for _, milliseconds in results)
            agreement = "agrees" if mine == objective else f"DISAGREES: {objective}"
            print(f"  {taken / time_taken:.1f}x {peer}: {taken:.1f} ms CPU, {agreement}")


main()
