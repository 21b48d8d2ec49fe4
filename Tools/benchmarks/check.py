#!/usr/bin/env python3
"""Checks one program's output against the district it was made from.

    check.py TASK DISTRICT OUTPUT

Prints one line and exits 0 when the output is right. Evidence (tasks A and D) must have as many rows as
facts.json says, the same sum of scaled scores, and the same set of rows: an order-free sum of hashes over
learner, line item, target and score is compared with one made from the district's own files. Gradebooks
(task B) must hold, for each student and class, the cells of the district's own canvas folder.
"""

import collections
import csv
import hashlib
import json
import os
import re
import sys

csv.field_size_limit(1 << 30)
MASK = (1 << 64) - 1


def digest(learner, item, target, score):
    text = "\x1f".join((learner, item, target, "%.6g" % float(score))).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def rows(path, columns):
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        at = [head.index(name) for name in columns]
        for row in reader:
            yield [row[i] for i in at]


def truth_of_results(folder):
    targets = collections.defaultdict(list)
    for item, target in rows(os.path.join(folder, "lineItemLearningObjectiveIds.csv"),
                             ["lineItemSourcedId", "learningObjectiveId"]):
        targets[item].append(target)
    total = 0
    for learner, item, score, status in rows(
            os.path.join(folder, "results.csv"), ["studentSourcedId", "lineItemSourcedId", "score", "status"]):
        if score and status != "tobedeleted":
            for target in targets.get(item, ()):
                total += digest(learner, item, target, score)
    return total & MASK


def truth_of_statements(path):
    total = 0
    with open(path, "rb") as file:
        for line in file:
            s = json.loads(line)
            for target in s["context"]["contextActivities"].get("other", ()):
                total += digest(s["actor"]["account"]["name"], s["object"]["id"], target["id"],
                                s["result"]["score"]["raw"])
    return total & MASK


def remembered(district, name, make):
    """The value of `make()`, kept in the district's folder because it takes long."""
    path = os.path.join(district, ".rows-%s.truth" % name)
    if os.path.exists(path):
        with open(path, encoding="ascii") as file:
            return int(file.read())
    value = make()
    with open(path, "w", encoding="ascii") as file:
        file.write("%d\n" % value)
    return value


def column(head, *names):
    folded = [re.sub("[^a-z]", "", name.lower()) for name in head]
    return next((folded.index(name) for name in names if name in folded), None)


def evidence(task, district, out):
    with open(os.path.join(district, "facts.json"), encoding="utf-8") as file:
        facts = json.load(file)["facts"]
    count, total, hashed = 0, 0.0, 0
    with open(out, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        learner, item, target, score, scaled = (
            column(head, "learner"), column(head, "lineitem"), column(head, "target"), column(head, "score"),
            column(head, "scaled", "scaledscore"))
        if None in (learner, item, target, score, scaled):
            return "heading not understood: " + ",".join(head)
        for row in reader:
            count += 1
            total += float(row[scaled])
            hashed += digest(row[learner], row[item], row[target], row[score])
    if count != facts["evidence"]:
        return "%d rows, expected %d" % (count, facts["evidence"])
    if abs(total - facts["sumScaled"]) > 1e-6 * facts["sumScaled"]:
        return "scaled scores sum to %.6f, expected %.6f" % (total, facts["sumScaled"])
    if task == "A":
        expected = remembered(district, "A", lambda: truth_of_results(os.path.join(district, "oneroster")))
    else:
        expected = remembered(
            district, "D", lambda: truth_of_statements(os.path.join(district, "xapi", "statements.ndjson")))
    return None if hashed & MASK == expected else "count and sum agree but the rows differ"


def cells(folder):
    """How often each (student, sorted cells of a class) occurs in a folder of gradebooks."""
    found = collections.Counter()
    files = 0
    for name in os.listdir(folder):
        if not name.endswith(".csv"):
            continue
        files += 1
        with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            head = next(reader)
            student = head.index("SIS User ID")
            items = [i for i, title in enumerate(head) if title.endswith(")")]
            for row in reader:
                if not row or row[0].strip() in ("Points Possible", "Manual Posting") or row[0] == "Student, Test":
                    continue
                values = [row[i] for i in items if i < len(row) and row[i] != ""]
                found[row[student], tuple(sorted(v if v == "EX" else "%.6g" % float(v) for v in values))] += 1
    return files, found


def gradebooks(district, out):
    files, expected = cells(os.path.join(district, "canvas"))
    made, found = cells(out)
    if made != files:
        return "%d files, expected %d" % (made, files)
    if found != expected:
        odd = (found - expected) + (expected - found)
        return "%d of %d student rows differ, for example %r" % (
            sum(odd.values()), sum(expected.values()), next(iter(odd)))
    return None


def rollup_truth(folder, part):
    """The number of results, the sum of the averages in hundredths, or a hash of who has how many scores."""
    most = {i: float(m) for i, m, s in rows(
        os.path.join(folder, "lineItems.csv"), ["sourcedId", "resultValueMax", "status"]) if s != "tobedeleted"}
    targets = {}
    for item, target, status in rows(
            os.path.join(folder, "lineItemLearningObjectiveIds.csv"),
            ["lineItemSourcedId", "learningObjectiveId", "status"]):
        if status != "tobedeleted":
            targets.setdefault(item, []).append(target)
    found = {}
    for learner, item, score, status, date in rows(
            os.path.join(folder, "results.csv"),
            ["studentSourcedId", "lineItemSourcedId", "score", "status", "scoreDate"]):
        if score and status != "tobedeleted":
            for target in targets.get(item, ()):
                found.setdefault((learner, target), []).append((date, float(score) / most[item] * 100))
    if part == "count":
        return len(found)
    if part == "keys":
        return sum(digest(learner, "", target, str(len(scores))) for (learner, target), scores in found.items()) & MASK
    total = 0.0
    for scores in found.values():
        scores.sort(key=lambda pair: pair[0])
        number = scores[0][1]
        for _, score in scores[1:]:
            number = 0.35 * number + 0.65 * score
        total += number
    return round(total * 100)


def rollup(district, out):
    folder = os.path.join(district, "oneroster")
    count, keys, total = (
        remembered(district, "C-" + part, lambda: rollup_truth(folder, part)) for part in ("count", "keys", "sum"))
    seen, hashed, found = 0, 0, 0.0
    with open(out, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            seen += 1
            hashed += digest(row["learner"], "", row["target"], row["observations"])
            found += float(row["shown"])
    if seen != count:
        return "%d rows, expected %d" % (seen, count)
    # Averages are rounded, and exact halves fall to one side or to the even one.
    if abs(found * 100 - total) > 0.1 * count:
        return "averages sum to %.2f, expected %.2f" % (found, total / 100)
    return None if hashed & MASK == keys else "count and sum agree but the rows differ"


def main():
    task, district, out = sys.argv[1:4]
    try:
        problem = (gradebooks(district, out) if task == "B" else rollup(district, out) if task == "C"
                   else evidence(task, district, out))
    except (OSError, ValueError, IndexError, StopIteration) as error:
        problem = "%s: %s" % (type(error).__name__, error)
    print(problem or "right")
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
