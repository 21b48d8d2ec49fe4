"""pandas doing tasks A and B. Usage: pandas_peer.py TASK INPUT OUTPUT."""

import os
import sys

import pandas as pd


def table(folder, name, columns):
    rows = pd.read_csv(os.path.join(folder, name + ".csv"), dtype=str, keep_default_na=False, usecols=columns)
    return rows[rows.pop("status") != "tobedeleted"] if "status" in columns else rows


def evidence(source, out):
    items = table(source, "lineItems", ["sourcedId", "status", "resultValueMax"])
    targets = table(source, "lineItemLearningObjectiveIds", ["lineItemSourcedId", "status", "learningObjectiveId"])
    results = table(source, "results", ["status", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score",
                                        "scoreDate", "classSourcedId"])
    joined = (results[results.score != ""]
              .merge(items, left_on="lineItemSourcedId", right_on="sourcedId").merge(targets, on="lineItemSourcedId"))
    joined["scaled"] = joined.score.astype(float) / joined.resultValueMax.astype(float)
    joined.rename(columns={
        "studentSourcedId": "learner", "classSourcedId": "class", "lineItemSourcedId": "lineItem",
        "learningObjectiveId": "target", "resultValueMax": "max", "scoreDate": "date", "scoreStatus": "status",
    })[["learner", "class", "lineItem", "target", "score", "scaled", "max", "date", "status"]].to_csv(out, index=False)


def gradebooks(source, out):
    items = table(source, "lineItems", ["sourcedId", "status", "title", "dueDate", "classSourcedId", "resultValueMax"])
    items = items.sort_values(["dueDate", "sourcedId"])
    items["head"] = items.title + " (" + items.sourcedId + ")"
    items = {group: part for group, part in items.groupby("classSourcedId")}
    users = table(source, "users", ["sourcedId", "familyName", "givenName", "identifier", "username"])
    users["Student"] = users.familyName + ", " + users.givenName
    enrolled = table(source, "enrollments", ["classSourcedId", "userSourcedId", "role", "status"])
    members = enrolled[enrolled.role == "student"].merge(users, left_on="userSourcedId", right_on="sourcedId")
    members = {group: part for group, part in members.groupby("classSourcedId")}
    results = table(source, "results", ["classSourcedId", "lineItemSourcedId", "studentSourcedId", "status",
                                        "scoreStatus", "score"])
    results["cell"] = results.score.where(results.scoreStatus != "exempt", "EX")
    results = {group: part for group, part in results.groupby("classSourcedId")}
    classes = table(source, "classes", ["sourcedId", "title"])
    os.makedirs(out, exist_ok=True)
    for group, title in zip(classes.sourcedId, classes.title):
        columns = items[group]
        wide = results[group].pivot(index="studentSourcedId", columns="lineItemSourcedId", values="cell")
        who = members[group].sort_values(["Student", "userSourcedId"])
        lead = pd.DataFrame({"Student": who.Student, "ID": who.userSourcedId, "SIS User ID": who.identifier,
                             "SIS Login ID": who.username, "Section": title}).reset_index(drop=True)
        body = wide.reindex(index=who.userSourcedId, columns=columns.sourcedId).fillna("").reset_index(drop=True)
        body.columns = columns["head"]
        points = pd.DataFrame([["    Points Possible", "", "", "", ""] + list(columns.resultValueMax)],
                              columns=list(lead.columns) + list(body.columns))
        pd.concat([points, pd.concat([lead, body], axis=1)]).to_csv(os.path.join(out, group + ".csv"), index=False)


if __name__ == "__main__":
    task, source, out = sys.argv[1:4]
    {"A": evidence, "B": gradebooks}[task](source, out)
