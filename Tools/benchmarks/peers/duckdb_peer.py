"""DuckDB doing tasks A, B, C and D. Usage: duckdb_peer.py TASK INPUT OUTPUT; BENCH_THREADS limits threads."""

import os
import sys

import duckdb

CSV = "read_csv('{}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"


def table(folder, name):
    return CSV.format(os.path.join(folder, name + ".csv").replace("'", "''"))


def evidence(db, source, out):
    db.execute(f"""
        COPY (
          SELECT r.studentSourcedId AS learner, r.classSourcedId AS class,
                 r.lineItemSourcedId AS lineItem, o.learningObjectiveId AS target, r.score AS score,
                 CAST(r.score AS DOUBLE) / CAST(i.resultValueMax AS DOUBLE) AS scaled,
                 i.resultValueMax AS max, r.scoreDate AS date, r.scoreStatus AS status
          FROM {table(source, 'results')} r
          JOIN {table(source, 'lineItems')} i ON r.lineItemSourcedId = i.sourcedId
          JOIN {table(source, 'lineItemLearningObjectiveIds')} o
            ON r.lineItemSourcedId = o.lineItemSourcedId
          WHERE r.status <> 'tobedeleted' AND r.score <> ''
            AND i.status <> 'tobedeleted' AND o.status <> 'tobedeleted'
        ) TO '{out}' (HEADER, DELIMITER ',')""")


def gradebooks(db, source, out):
    db.execute("""CREATE MACRO q(s) AS CASE WHEN regexp_matches(s, '[",\\r\\n]')
        THEN '"' || replace(s, '"', '""') || '"' ELSE coalesce(s, '') END""")
    rows = db.execute(f"""
        WITH items AS (
          SELECT sourcedId AS item, classSourcedId AS class, title, resultValueMax AS max,
                 row_number() OVER (PARTITION BY classSourcedId ORDER BY dueDate, sourcedId) AS n
          FROM {table(source, 'lineItems')} WHERE status <> 'tobedeleted'),
        heads AS (
          SELECT class,
                 'Student,ID,SIS User ID,SIS Login ID,Section,'
                 || string_agg(q(title || ' (' || item || ')'), ',' ORDER BY n)
                 || chr(10) || '    Points Possible,,,,,' || string_agg(max, ',' ORDER BY n) AS text
          FROM items GROUP BY class),
        members AS (
          SELECT e.classSourcedId AS class, u.sourcedId AS student,
                 u.familyName || ', ' || u.givenName AS name,
                 q(u.familyName || ', ' || u.givenName) || ',' || u.sourcedId || ','
                 || q(u.identifier) || ',' || q(u.username) || ',' || q(c.title) AS lead
          FROM {table(source, 'enrollments')} e
          JOIN {table(source, 'users')} u ON e.userSourcedId = u.sourcedId
          JOIN {table(source, 'classes')} c ON e.classSourcedId = c.sourcedId
          WHERE e.role = 'student' AND e.status <> 'tobedeleted'),
        cells AS (
          SELECT lineItemSourcedId AS item, studentSourcedId AS student,
                 CASE WHEN scoreStatus = 'exempt' THEN 'EX' ELSE coalesce(score, '') END AS cell
          FROM {table(source, 'results')} WHERE status <> 'tobedeleted'),
        lines AS (
          SELECT m.class, m.name, m.student,
                 any_value(m.lead) || ',' || string_agg(coalesce(k.cell, ''), ',' ORDER BY i.n) AS line
          FROM members m JOIN items i ON m.class = i.class
          LEFT JOIN cells k ON k.item = i.item AND k.student = m.student
          GROUP BY m.class, m.name, m.student)
        SELECT l.class, any_value(h.text) || chr(10)
               || string_agg(l.line, chr(10) ORDER BY l.name, l.student) || chr(10)
        FROM lines l JOIN heads h ON l.class = h.class GROUP BY l.class""")
    os.makedirs(out, exist_ok=True)
    while batch := rows.fetchmany(500):
        for name, text in batch:
            with open(os.path.join(out, name + ".csv"), "w", encoding="utf-8", newline="") as file:
                file.write(text)


def statements(db, source, out):
    activity = "STRUCT(id VARCHAR)[]"
    db.execute(f"""
        COPY (
          SELECT actor.account.name AS learner,
                 context.contextActivities."grouping"[1].id AS class, object.id AS lineItem,
                 o.unnest.id AS target, result.score.raw AS score, result.score.scaled AS scaled,
                 result.score.max AS max, timestamp AS date, result.completion AS status
          FROM read_ndjson('{source}', columns={{
            actor: 'STRUCT(account STRUCT(name VARCHAR))', object: 'STRUCT(id VARCHAR)',
            result: 'STRUCT(score STRUCT(scaled DOUBLE, raw DOUBLE, max DOUBLE), completion BOOLEAN)',
            context: 'STRUCT(contextActivities STRUCT("grouping" {activity}, "other" {activity}))',
            timestamp: 'VARCHAR'}}) s,
          UNNEST(s.context.contextActivities."other") o
          WHERE result.score.raw IS NOT NULL
        ) TO '{out}' (HEADER, DELIMITER ',')""")


def rollup(db, source, out):
    # Results of one day keep the order of the file.
    db.execute("SET preserve_insertion_order = true")
    db.execute(f"""
        COPY (
          SELECT learner, target,
                 round(sum(CASE WHEN k = 1 THEN 1 ELSE 0.65 END * power(0.35, c - k) * score), 2) AS shown,
                 count(*) AS observations
          FROM (
            SELECT r.learner, o.learningObjectiveId AS target, r.score / CAST(i.resultValueMax AS DOUBLE) * 100 AS score,
                   row_number() OVER (PARTITION BY r.learner, o.learningObjectiveId ORDER BY r.date, r.n) AS k,
                   count(*) OVER (PARTITION BY r.learner, o.learningObjectiveId) AS c
            FROM (SELECT studentSourcedId AS learner, lineItemSourcedId AS item, CAST(score AS DOUBLE) AS score,
                         scoreDate AS date, n
                  FROM (SELECT *, row_number() OVER () AS n FROM {table(source, 'results')})
                  WHERE status <> 'tobedeleted' AND score <> '') r
            JOIN {table(source, 'lineItems')} i ON r.item = i.sourcedId
            JOIN {table(source, 'lineItemLearningObjectiveIds')} o ON r.item = o.lineItemSourcedId
            WHERE i.status <> 'tobedeleted' AND o.status <> 'tobedeleted')
          GROUP BY learner, target
        ) TO '{out}' (HEADER, DELIMITER ',')""")


if __name__ == "__main__":
    task, source, out = sys.argv[1:4]
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    db.execute("SET enable_progress_bar = false")
    if threads := os.environ.get("BENCH_THREADS"):
        db.execute(f"SET threads = {int(threads)}")
    {"A": evidence, "B": gradebooks, "C": rollup, "D": statements}[task](db, source, out)
