#!/usr/bin/env python3
"""Rolls up a table in Spark with the tool as a partition's worker.

    Tools/engines/spark.py POLICY EVIDENCE MASTERY [PARTITIONS]

EVIDENCE is a folder of Parquet files, or a file with tabs, with columns learner, target, date, score
and maximum as texts; MASTERY is a folder of Parquet files that is made. Spark shuffles by learner,
sorts and tries again; the rule is the tool's. The control records have to account for every row, since
Spark does not notice a worker that stops half way with exit code 0. CBL_TOOL names the tool.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession

COLUMNS = "learner, target, date, score, maximum"
RESULTS = "learner string, target string, outcome string, level string, shown string, number string, observations string"


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit("usage: spark.py POLICY EVIDENCE MASTERY [PARTITIONS]")
    policy, source, target = sys.argv[1:4]
    partitions = int(sys.argv[4]) if len(sys.argv) > 4 else 8
    spark = (SparkSession.builder.appName("roll-up")
             .config("spark.sql.shuffle.partitions", partitions)
             # Partitions without lines would have no trailer of their own.
             .config("spark.sql.adaptive.enabled", "false")
             .getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    if os.path.isdir(source):
        evidence = spark.read.parquet(source)
    else:
        names = [name + " string" for name in COLUMNS.split(", ")]
        evidence = spark.read.csv(source, sep="\t", schema=", ".join(names), quote="")
    evidence.selectExpr(*COLUMNS.split(", ")).createOrReplaceTempView("evidence")
    tool = os.environ.get("CBL_TOOL", "cbl-tool")
    command = "%s roll-up --policy %s --stdin --stdout --trailer --quiet" % (
        shlex.quote(tool), shlex.quote(os.path.abspath(policy) if os.path.exists(policy) else policy))
    if '"' in command or "'" in command:
        sys.exit("paths of the tool and the policy must not hold quotes or blanks")
    mastery = spark.sql(f"""
        SELECT TRANSFORM({COLUMNS})
          ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
          USING '{command}' AS ({RESULTS})
          ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        FROM (SELECT {COLUMNS} FROM evidence DISTRIBUTE BY learner SORT BY learner, date)""")
    # The rule runs once; rows and control records come out of the same run.
    mastery.cache()
    trailers = mastery.where("learner = '#trailer'").selectExpr(
        "count(*)", "coalesce(sum(cast(target as bigint)), 0)", "coalesce(sum(cast(level as bigint)), 0)").first()
    rows = mastery.where("learner <> '#trailer'")
    lines, told, found = evidence.count(), trailers[2], rows.count()
    if trailers[1] != lines or told != found:
        sys.exit("%d partitions account for %d of %d lines and %d of %d rows; run it again" % (
            trailers[0], trailers[1], lines, found, told))
    rows.write.mode("error").parquet(target)
    print("%d partitions, %d lines, %d rows" % (trailers[0], lines, found), file=sys.stderr)


if __name__ == "__main__":
    main()
