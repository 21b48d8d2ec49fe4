"""Polars doing tasks A, B, C and D. Usage: polars_peer.py TASK INPUT OUTPUT; POLARS_MAX_THREADS limits threads."""

import os
import sys

import polars as pl

c = pl.col


def table(folder, name):
    return pl.scan_csv(os.path.join(folder, name + ".csv"), infer_schema=False)


def live():
    return c("status") != "tobedeleted"


def evidence(source, out):
    items = (table(source, "lineItems").filter(live())
             .select(lineItem="sourcedId", max="resultValueMax"))
    objectives = (table(source, "lineItemLearningObjectiveIds").filter(live())
                  .select(lineItem="lineItemSourcedId", target="learningObjectiveId"))
    (table(source, "results")
     .filter(live() & c("score").is_not_null() & (c("score") != ""))
     .select(learner="studentSourcedId", **{"class": "classSourcedId"}, lineItem="lineItemSourcedId",
             score="score", date="scoreDate", status="scoreStatus")
     .join(items, on="lineItem").join(objectives, on="lineItem")
     .select("learner", "class", "lineItem", "target", "score",
             (c("score").cast(pl.Float64) / c("max").cast(pl.Float64)).alias("scaled"),
             "max", "date", "status")
     .sink_csv(out))


def quoted(text):
    return (pl.when(text.str.contains('[",\r\n]'))
            .then('"' + text.str.replace_all('"', '""', literal=True) + '"')
            .otherwise(text.fill_null("")))


def gradebooks(source, out):
    items = (table(source, "lineItems").filter(live()).sort("classSourcedId", "dueDate", "sourcedId")
             .select(item="sourcedId", **{"class": "classSourcedId"}, max="resultValueMax",
                     head=quoted(c("title") + " (" + c("sourcedId") + ")")))
    heads = (items.group_by("class", maintain_order=True).agg(c("head").str.join(","), c("max").str.join(","))
             .select("class", top=pl.lit("Student,ID,SIS User ID,SIS Login ID,Section,") + c("head")
                     + "\n    Points Possible,,,,," + c("max") + "\n"))
    users = table(source, "users").select(
        student="sourcedId", name=c("familyName") + ", " + c("givenName"), identifier="identifier",
        username="username")
    classes = table(source, "classes").select("title", **{"class": "sourcedId"})
    members = (table(source, "enrollments").filter(live() & (c("role") == "student"))
               .select(student="userSourcedId", **{"class": "classSourcedId"})
               .join(users, on="student").join(classes, on="class")
               .sort("class", "name", "student")
               .select("class", "student", lead=quoted(c("name")) + "," + c("student") + ","
                       + quoted(c("identifier")) + "," + quoted(c("username")) + "," + quoted(c("title"))))
    cells = (table(source, "results").filter(live())
             .select(item="lineItemSourcedId", student="studentSourcedId",
                     cell=pl.when(c("scoreStatus") == "exempt").then(pl.lit("EX")).otherwise(c("score"))))
    files = (members.join(items, on="class", maintain_order="left_right")
             .join(cells, on=["item", "student"], how="left", maintain_order="left")
             .group_by("class", "student", maintain_order=True)
             .agg(c("lead").first(), c("cell").fill_null("").str.join(","))
             .group_by("class", maintain_order=True)
             .agg((c("lead") + "," + c("cell")).str.join("\n"))
             .join(heads, on="class").select("class", text=c("top") + c("lead") + "\n")
             .collect(engine="streaming"))
    os.makedirs(out, exist_ok=True)
    for name, text in files.iter_rows():
        with open(os.path.join(out, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(text)


def statements(source, out):
    activities = pl.List(pl.Struct({"id": pl.String}))
    score = pl.Struct({"scaled": pl.Float64, "raw": pl.Float64, "max": pl.Float64})
    schema = {
        "actor": pl.Struct({"account": pl.Struct({"name": pl.String})}),
        "object": pl.Struct({"id": pl.String}),
        "result": pl.Struct({"score": score, "completion": pl.Boolean}),
        "context": pl.Struct({"contextActivities": pl.Struct({"grouping": activities, "other": activities})}),
        "timestamp": pl.String,
    }
    near = c("context").struct.field("contextActivities").struct
    result = c("result").struct.field("score").struct
    (pl.scan_ndjson(source, schema=schema)
     .select(c("actor").struct.field("account").struct.field("name").alias("learner"),
             near.field("grouping").list.first().struct.field("id").alias("class"),
             c("object").struct.field("id").alias("lineItem"),
             near.field("other").alias("target"), result.field("raw").alias("score"),
             result.field("scaled").alias("scaled"), result.field("max").alias("max"),
             c("timestamp").alias("date"), c("result").struct.field("completion").alias("status"))
     .filter(c("score").is_not_null() & (c("target").list.len() > 0))
     .explode("target")
     .select("learner", "class", "lineItem", c("target").struct.field("id").alias("target"),
             "score", "scaled", "max", "date", "status")
     .sink_csv(out))


def rollup(source, out):
    items = (table(source, "lineItems").filter(live())
             .select(lineItem="sourcedId", max=c("resultValueMax").cast(pl.Float64)))
    objectives = (table(source, "lineItemLearningObjectiveIds").filter(live())
                  .select(lineItem="lineItemSourcedId", target="learningObjectiveId"))
    (table(source, "results").with_row_index("n")
     .filter(live() & c("score").is_not_null() & (c("score") != ""))
     .select("n", learner="studentSourcedId", lineItem="lineItemSourcedId", score=c("score").cast(pl.Float64),
             date="scoreDate")
     .join(items, on="lineItem").join(objectives, on="lineItem")
     .select("learner", "target", "date", "n", score=c("score") / c("max") * 100)
     .sort("date", "n")
     .group_by("learner", "target")
     .agg(shown=c("score").ewm_mean(alpha=0.65, adjust=False).last().round(2), observations=pl.len())
     .sink_csv(out))


if __name__ == "__main__":
    task, source, out = sys.argv[1:4]
    {"A": evidence, "B": gradebooks, "C": rollup, "D": statements}[task](source, out)
