"""pyarrow doing tasks A and D. Usage: pyarrow_peer.py TASK INPUT OUTPUT; BENCH_THREADS=1 keeps it to one thread."""

import os
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.json

THREADS = os.environ.get("BENCH_THREADS") != "1"


def table(folder, name, columns):
    return pa.csv.read_csv(
        os.path.join(folder, name + ".csv"),
        read_options=pa.csv.ReadOptions(use_threads=THREADS),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            include_columns=columns, column_types={name: pa.string() for name in columns}))


def live(rows):
    return rows.filter(pc.not_equal(rows["status"], "tobedeleted"))


def evidence(source, out):
    items = live(table(source, "lineItems", ["sourcedId", "status", "resultValueMax"])).drop(["status"])
    targets = live(table(source, "lineItemLearningObjectiveIds",
                         ["lineItemSourcedId", "status", "learningObjectiveId"])).drop(["status"])
    results = live(table(source, "results", ["status", "lineItemSourcedId", "studentSourcedId", "scoreStatus",
                                             "score", "scoreDate", "classSourcedId"]))
    results = results.filter(pc.not_equal(results["score"], "")).drop(["status"])
    joined = (results.join(items, "lineItemSourcedId", "sourcedId", join_type="inner", use_threads=THREADS)
              .join(targets, "lineItemSourcedId", join_type="inner", use_threads=THREADS))
    scaled = pc.divide(pc.cast(joined["score"], pa.float64()), pc.cast(joined["resultValueMax"], pa.float64()))
    pa.csv.write_csv(pa.table({
        "learner": joined["studentSourcedId"], "class": joined["classSourcedId"],
        "lineItem": joined["lineItemSourcedId"], "target": joined["learningObjectiveId"], "score": joined["score"],
        "scaled": scaled, "max": joined["resultValueMax"], "date": joined["scoreDate"],
        "status": joined["scoreStatus"]}), out)


def field(rows, *path):
    return pc.struct_field(rows[path[0]], list(path[1:])) if len(path) > 1 else rows[path[0]]


def statements(source, out):
    activity = pa.list_(pa.struct({"id": pa.string()}))
    schema = pa.schema({
        "actor": pa.struct({"account": pa.struct({"name": pa.string()})}),
        "object": pa.struct({"id": pa.string()}),
        "result": pa.struct({"score": pa.struct({"scaled": pa.float64(), "raw": pa.float64(), "max": pa.float64()}),
                             "completion": pa.bool_()}),
        "context": pa.struct({"contextActivities": pa.struct({"grouping": activity, "other": activity})}),
        "timestamp": pa.string()})
    reader = pa.json.open_json(
        source, read_options=pa.json.ReadOptions(use_threads=THREADS, block_size=1 << 23),
        parse_options=pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"))
    writer = None
    for batch in reader:
        near = pc.struct_field(batch["context"], ["contextActivities"])
        others = pc.struct_field(near, ["other"])
        parent, target = pc.list_parent_indices(others), pc.struct_field(pc.list_flatten(others), ["id"])
        group = pc.struct_field(pc.list_element(pc.struct_field(near, ["grouping"]), 0), ["id"])
        flat = pa.record_batch({
            "learner": field(batch, "actor", "account", "name").take(parent), "class": group.take(parent),
            "lineItem": field(batch, "object", "id").take(parent), "target": target,
            "score": field(batch, "result", "score", "raw").take(parent),
            "scaled": field(batch, "result", "score", "scaled").take(parent),
            "max": field(batch, "result", "score", "max").take(parent), "date": batch["timestamp"].take(parent),
            "status": field(batch, "result", "completion").take(parent)})
        writer = writer or pa.csv.CSVWriter(out, flat.schema)
        writer.write_batch(flat.filter(pc.is_valid(flat["score"])))
    writer.close()


if __name__ == "__main__":
    task, source, out = sys.argv[1:4]
    if not THREADS:
        pa.set_cpu_count(1)
        pa.set_io_thread_count(1)
    {"A": evidence, "D": statements}[task](source, out)
