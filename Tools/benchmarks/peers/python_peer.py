"""Python's own csv and json doing tasks A, B, C and D. Usage: python_peer.py TASK INPUT OUTPUT."""

import csv
import json
import os
import sys

HEAD = ["learner", "class", "lineItem", "target", "score", "scaled", "max", "date", "status"]


def rows(folder, name, columns):
    """Yields the named columns of each row of one OneRoster table."""
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        at = [head.index(column) for column in columns]
        for row in reader:
            yield [row[i] for i in at]


def evidence(source, out):
    most = {i: (m, float(m)) for i, s, m in rows(source, "lineItems", ["sourcedId", "status", "resultValueMax"])
            if s != "tobedeleted"}
    targets = {}
    for item, status, target in rows(source, "lineItemLearningObjectiveIds",
                                     ["lineItemSourcedId", "status", "learningObjectiveId"]):
        if status != "tobedeleted":
            targets.setdefault(item, []).append(target)
    none = ()
    with open(os.path.join(source, "results.csv"), encoding="utf-8", newline="") as file, \
            open(out, "w", encoding="utf-8", newline="") as to:
        reader, write = csv.reader(file), csv.writer(to).writerow
        write(HEAD)
        at = next(reader).index
        st, it, le, ss, sc, da, cl = (at(n) for n in (
            "status", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate", "classSourcedId"))
        for row in reader:
            score = row[sc]
            if score and row[st] != "tobedeleted":
                item = row[it]
                for target in targets.get(item, none):
                    text, limit = most[item]
                    write((row[le], row[cl], item, target, score, float(score) / limit, text, row[da], row[ss]))


def rollup(source, out):
    most = {i: float(m) for i, s, m in rows(source, "lineItems", ["sourcedId", "status", "resultValueMax"])
            if s != "tobedeleted"}
    targets = {}
    for item, status, target in rows(source, "lineItemLearningObjectiveIds",
                                     ["lineItemSourcedId", "status", "learningObjectiveId"]):
        if status != "tobedeleted":
            targets.setdefault(item, []).append(target)
    found = {}
    for learner, item, status, score, date in rows(
            source, "results", ["studentSourcedId", "lineItemSourcedId", "status", "score", "scoreDate"]):
        if score and status != "tobedeleted":
            for target in targets.get(item, ()):
                found.setdefault((learner, target), []).append((date, float(score) / most[item] * 100))
    with open(out, "w", encoding="utf-8", newline="") as to:
        write = csv.writer(to).writerow
        write(["learner", "target", "shown", "observations"])
        for (learner, target), scores in found.items():
            scores.sort(key=lambda pair: pair[0])
            number = scores[0][1]
            for _, score in scores[1:]:
                number = 0.35 * number + 0.65 * score
            write([learner, target, round(number, 2), len(scores)])


def gradebooks(source, out):
    items, members, cells = {}, {}, {}
    for item, status, title, due, group, most in rows(
            source, "lineItems", ["sourcedId", "status", "title", "dueDate", "classSourcedId", "resultValueMax"]):
        if status != "tobedeleted":
            items.setdefault(group, []).append((due, item, title, most))
    users = {u: (f + ", " + g, u, i, n) for u, f, g, i, n in rows(
        source, "users", ["sourcedId", "familyName", "givenName", "identifier", "username"])}
    for group, user, role, status in rows(source, "enrollments", ["classSourcedId", "userSourcedId", "role", "status"]):
        if role == "student" and status != "tobedeleted":
            members.setdefault(group, []).append(users[user])
    for item, student, status, graded, score in rows(
            source, "results", ["lineItemSourcedId", "studentSourcedId", "status", "scoreStatus", "score"]):
        if status != "tobedeleted":
            cells[item, student] = "EX" if graded == "exempt" else score
    os.makedirs(out, exist_ok=True)
    for group, title in rows(source, "classes", ["sourcedId", "title"]):
        columns = sorted(items.get(group, ()))
        with open(os.path.join(out, group + ".csv"), "w", encoding="utf-8", newline="") as file:
            write = csv.writer(file).writerow
            write(["Student", "ID", "SIS User ID", "SIS Login ID", "Section"] + ["%s (%s)" % (c[2], c[1]) for c in columns])
            write(["    Points Possible", "", "", "", ""] + [c[3] for c in columns])
            for name, user, identifier, login in sorted(members.get(group, ())):
                write([name, user, identifier, login, title] + [cells.get((c[1], user), "") for c in columns])


def statements(source, out):
    with open(source, "rb") as file, open(out, "w", encoding="utf-8", newline="") as to:
        write, loads = csv.writer(to).writerow, json.loads
        write(HEAD)
        for line in file:
            s = loads(line)
            score, near = s["result"]["score"], s["context"]["contextActivities"]
            if "raw" not in score:
                continue
            for target in near.get("other", ()):
                write((s["actor"]["account"]["name"], near["grouping"][0]["id"], s["object"]["id"], target["id"],
                       score["raw"], score["scaled"], score["max"], s["timestamp"], s["result"]["completion"]))


if __name__ == "__main__":
    task, source, out = sys.argv[1:4]
    {"A": evidence, "B": gradebooks, "C": rollup, "D": statements}[task](source, out)
