"""Polars, DuckDB and numpy rolling up columns in memory.

Usage: rollup_peer.py polars|duckdb|numpy FOLDER METHOD RUNS

FOLDER holds learner.u32, target.u32 and half.i32, group by group and in order. Prints one line of JSON:
the least CPU seconds of RUNS runs of the query alone, the peak memory, the results and their sum.
"""

import json
import os
import resource
import sys

import numpy as np

WEIGHT = 0.65


def column(folder, name, kind):
    return np.fromfile(os.path.join(folder, name), dtype=kind)


def polars_query(folder, method):
    import polars as pl
    frame = pl.DataFrame({
        "learner": column(folder, "learner.u32", np.uint32), "target": column(folder, "target.u32", np.uint32),
        "score": column(folder, "half.i32", np.int32)}).with_columns(pl.col("score") / 2)
    s = pl.col("score")
    rule = {
        "decaying average": s.ewm_mean(alpha=WEIGHT, adjust=False).last(), "mean": s.mean(),
        "most recent": s.last(), "highest": s.max(), "median": s.median(), "sum": s.sum(),
        "mean of last 3": s.tail(3).mean(),
        "newest against older": WEIGHT * s.last() + (1 - WEIGHT) * s.head(pl.len() - 1).mean(),
    }[method]

    def run():
        done = frame.group_by("learner", "target").agg(number=rule).with_columns(mastered=pl.col("number") >= 3)
        return len(done), done["number"].sum()
    return run


def duckdb_query(folder, method):
    import duckdb
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.execute("SET enable_progress_bar = false")
    learner, target = column(folder, "learner.u32", np.uint32), column(folder, "target.u32", np.uint32)
    score = column(folder, "half.i32", np.int32) / 2
    n = np.arange(len(score), dtype=np.int32)
    columns = {"learner": learner, "target": target, "score": score, "n": n}
    db.register("columns", columns)
    db.execute("CREATE TABLE evidence AS SELECT * FROM columns")
    db.unregister("columns")
    simple = {"mean": "avg(score)", "highest": "max(score)", "most recent": "arg_max(score, n)",
              "median": "median(score)", "sum": "sum(score)"}
    if method in simple:
        text = f"SELECT learner, target, {simple[method]} AS number FROM evidence GROUP BY learner, target"
    elif method == "decaying average":
        # a = sum of w (1 - w)^(newer scores) s, the oldest without its w.
        text = f"""
            SELECT learner, target,
                   sum(CASE WHEN k = 1 THEN 1 ELSE {WEIGHT} END * power({1 - WEIGHT}, c - k) * score) AS number
            FROM (SELECT learner, target, score,
                         row_number() OVER (PARTITION BY learner, target ORDER BY n) AS k,
                         count(*) OVER (PARTITION BY learner, target) AS c FROM evidence)
            GROUP BY learner, target"""
    else:
        return None

    def run():
        db.execute(f"CREATE OR REPLACE TEMP TABLE done AS SELECT *, number >= 3 AS mastered FROM ({text})")
        return db.execute("SELECT count(*), sum(number) FROM done").fetchone()
    return run


def numpy_query(folder, method):
    key = column(folder, "learner.u32", np.uint32).astype(np.uint64) << 32 | column(folder, "target.u32", np.uint32)
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    score = column(folder, "half.i32", np.int32) / 2
    sizes = np.diff(np.append(starts, len(score)))
    rule = {
        "mean": lambda: np.add.reduceat(score, starts) / sizes, "sum": lambda: np.add.reduceat(score, starts),
        "highest": lambda: np.maximum.reduceat(score, starts), "most recent": lambda: score[starts + sizes - 1],
    }.get(method)
    if rule is None:
        return None

    def run():
        number = rule()
        return len(number), float(number.sum()), int((number >= 3).sum())
    return run


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    name, folder, method, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    query = {"polars": polars_query, "duckdb": duckdb_query, "numpy": numpy_query}[name](folder, method)
    if query is None:
        print(json.dumps({"method": method, "cpu": None}))
        return
    least = None
    for _ in range(runs):
        begun = cpu()
        answer = query()
        spent = cpu() - begun
        least = spent if least is None else min(least, spent)
    print(json.dumps({
        "method": method, "cpu": least, "results": int(answer[0]), "sum": float(answer[1]),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
