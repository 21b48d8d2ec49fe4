"""Inputs of each format, large enough that their outputs are written in several pieces."""

import base64
import random

import district
from district import CRLF, result_row, user_row

OBJECTIVES = "sourcedId,status,dateLastModified,"


def oneroster(name, results, people, noise=False):
    """A package with targets: every result of every learner belongs to one of seven.

    With noise its comments are such that a zip of them is hardly smaller.
    """
    chance = random.Random(results)
    data = district.rows()
    data["orgs"] = [row.replace("Hill", name) for row in data["orgs"]]
    data["users"] = [user_row(f"u{n}", f"{name}{n}", "Alvarez") for n in range(people)]
    data["roles"] = [f"ro{n},,,u{n},primary,student,,,o1," for n in range(people)]
    data["enrollments"] = [f"e{n},,,c1,o1,u{n},student,,," for n in range(people)]
    data["lineItems"] = [
        f"li{n},,,Item {n},,2026-02-01,2026-03-01,c1,ca1,t1,0,10,o1" for n in range(20)]
    data["results"] = [
        result_row(f"r{n}", f"li{n % 20}", f"u{n // 20 % people}", str(n % 10),
                   comment=remark(chance) if noise else "well done " * 4)
        for n in range(results)]
    aligned = [f"a{n},,,li{n},case,target-{n % 7}" for n in range(20)]
    judged = [f"t{n},,,r{n},case,target-{n % 7},{n % 4}," for n in range(results)]
    members = district.oneroster(data)
    members["lineItemLearningObjectiveIds.csv"] = lines(
        [OBJECTIVES + "lineItemSourcedId,source,learningObjectiveId", *aligned])
    members["resultLearningObjectiveIds.csv"] = lines(
        [OBJECTIVES + "resultSourcedId,source,learningObjectiveId,score,textScore", *judged])
    for file in (b"lineItemLearningObjectiveIds", b"resultLearningObjectiveIds"):
        members["manifest.csv"] = members["manifest.csv"].replace(
            file + b",absent", file + b",bulk")
    return members


def remark(chance):
    return base64.b64encode(chance.randbytes(90)).decode()


def lines(rows):
    return "".join(row + CRLF for row in rows).encode()


def gradebook(name, people):
    return district.canvas(
        [(f"{name}, {n}", f"{2000 + n}", "9.00", "18.00") for n in range(people)]).encode()


def mastery(name, people):
    pairs = ",".join(f"{name} {n} result,{name} {n} mastery points" for n in range(20))
    return lines(
        [f"Student name,Student ID,Student SIS ID,{pairs}"]
        + [f"\"Alvarez, {n}\",{n},S{n}," + ",".join(f"{(n + k) % 4},3" for k in range(20))
           for n in range(people)])


def outcomes(name, count):
    head = ("vendor_guid,object_type,title,description,display_name,calculation_method,"
            "calculation_int,workflow_state,parent_guids,ratings,,,,,,,")
    return lines(
        [head, f"g,group,{name},all of them,G-1,,,active,,,,,,,,,"]
        + [f"o{n},outcome,Item {n},{'what is learned ' * 4},LS-{n},decaying_average,40,active,g,"
           "3,Excellent,2,Better,1,Good,," for n in range(count)])


def moodle_outcomes(name, count):
    head = ("outcome_name;outcome_shortname;outcome_description;scale_name;scale_items;"
            "scale_description")
    rows = [f"\"{name} {n}\";\"o{n}\";\"{'what is learned ' * 6}\";\"Progress\";"
            "\"Not yet,Nearly,Yes\";\"Three steps\"" for n in range(count)]
    return ("\n".join([head, *rows]) + "\n").encode()


def competencies(name, count):
    head = ("\"Parent ID number\",\"ID number\",\"Short name\",Description,"
            "\"Description format\",\"Scale values\",\"Scale configuration\","
            "\"Rule type (optional)\",\"Rule outcome (optional)\",\"Rule config (optional)\","
            "\"Cross-referenced competency ID numbers\",\"Exported ID (optional)\","
            "\"Is framework\",Taxonomy")
    scale = ("\"Not yet,Yes\",\"[{\"\"scaleid\"\":\"\"1\"\"},{\"\"id\"\":2,"
             "\"\"scaledefault\"\":1,\"\"proficient\"\":1}]\"")
    rows = [f",F,{name},all of them,1,{scale},,0,,,,1,competency"]
    rows += [f",C{n},Item {n},{'what is learned ' * 6},1,,,,0,null,,{n},," for n in range(count)]
    return ("\n".join([head, *rows]) + "\n").encode()


def statements(name, count):
    return "".join(
        district.statement(n, f"{name}{n % 50}", activity=f"q{n % 7}") + "\n"
        for n in range(count)).encode()
