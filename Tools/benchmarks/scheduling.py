#!/usr/bin/env python3
"""Measures exact seating beside OR-Tools on the same pairs, in one run.

usage: scheduling.py BENCHMARK INPUT...

BENCHMARK is a release build of scheduling-benchmark. An INPUT is a cbl-grouping/1 file of the
fixed form, or fixed:LEARNERS:HOUSES:PERCENT for an invented one. Printed are CPU milliseconds of
the solvers alone; objectives must agree.
"""
import subprocess
import sys
import time

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


def main():
    program, inputs = sys.argv[1], sys.argv[2:]
    for name in inputs:
        ours = subprocess.run([program, "fixed", name], capture_output=True, text=True, check=True)
        pairs = subprocess.run([program, "pairs", name], capture_output=True, text=True, check=True)
        objective, taken, count = 0, 0.0, 0
        for learners, capacities, rows in blocks(pairs.stdout):
            value, milliseconds = ortools(learners, capacities, rows)
            objective, taken, count = objective + value, taken + milliseconds, count + len(rows)
        line = ours.stdout.splitlines()[0]
        mine = int(line.split()[1].rstrip(":"))
        agreement = "agree" if mine == objective else f"DISAGREE: {mine} and {objective}"
        print(f"{name.split('/')[-1]}: {count} pairs, {agreement}")
        print(f"  ours: {line}")
        for extra in ours.stdout.splitlines()[1:]:
            print(f"  ours: {extra}")
        print(f"  OR-Tools SimpleMinCostFlow, solve() only: {taken:.1f} ms CPU")


main()
