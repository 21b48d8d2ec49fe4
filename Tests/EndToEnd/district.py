"""Small inputs of each format, made here; nothing is copied from anybody's files."""

import io
import zipfile

CRLF = "\r\n"

FILES = [
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources",
    "demographics", "enrollments", "lineItemLearningObjectiveIds", "lineItems",
    "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results",
    "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users",
]

HEADERS = {
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs": "name,type,identifier,parentSourcedId",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
               "termSourcedIds,subjects,subjectCodes,periods",
    "users": "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
             "phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
             "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
    "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "categories": "title,weight",
    "lineItems": "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
                 "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId",
    "results": "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,"
               "classSourcedId,inProgress,incomplete,late,missing",
}

SCORES = [
    ("r1", "li1", "u1", "9"), ("r2", "li1", "u2", "7.5"), ("r3", "li1", "u3", "10"),
    ("r4", "li2", "u1", "18"), ("r5", "li2", "u2", "0"), ("r6", "li2", "u3", "20"),
]


def expected(scores=SCORES):
    """The rows (learner, line item, score) that evidence has for results."""
    return sorted((user, item, score) for _, item, user, score in scores)


def header(name):
    return f"sourcedId,status,dateLastModified,{HEADERS[name]}"


def result_row(identifier, item, user, score, comment="", date="2026-03-02"):
    return f"{identifier},,,{item},{user},fully graded,{score},{date},{comment},,c1,,,,"


def user_row(identifier, given="Ines", family="Alvarez"):
    return (f"{identifier},,,true,{identifier},,{given},{family},,,,,,,05,,,,,,o1,")


def rows():
    """The data rows of a complete bulk package."""
    users = [("u1", "Ines", "Alvarez"), ("u2", "Jonas", "Brandt"), ("u3", "Amara", "Castell")]
    return {
        "academicSessions": [
            "t1,,,Year 2026,schoolYear,2025-08-15,2026-07-01,,2026"],
        "orgs": ["o1,,,Hill School,school,S1,"],
        "courses": ["k1,,,t1,Mathematics 5,M5,05,o1,Mathematics,M"],
        "classes": ["c1,,,Math 5 A,05,k1,M5A,scheduled,R1,o1,t1,Mathematics,M,1"],
        "users": [user_row(*user) for user in users],
        "roles": [f"ro{n},,,u{n},primary,student,,,o1," for n in (1, 2, 3)],
        "enrollments": [f"e{n},,,c1,o1,u{n},student,,," for n in (1, 2, 3)],
        "categories": ["ca1,,,Tests,100"],
        "lineItems": [
            "li1,,,Fractions,,2026-02-01,2026-03-01,c1,ca1,t1,0,10,o1",
            "li2,,,Ratios,,2026-02-05,2026-03-05,c1,ca1,t1,0,20,o1"],
        "results": [result_row(*score) for score in SCORES],
    }


def oneroster(data=None, replace=None, mode="bulk", modes=None, end=CRLF, headers=None):
    """The members of a package: name -> bytes.

    replace gives a member's bytes outright; modes changes what the manifest says of a file.
    """
    data = data or rows()
    manifest = ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.2"]
    for name in FILES:
        state = (modes or {}).get(name, mode if name in data else "absent")
        manifest.append(f"file.{name},{state}")
    manifest += ["source.systemName,Hill", "source.systemCode,H"]
    members = {"manifest.csv": end.join(manifest) + end}
    for name, lines in data.items():
        first = (headers or {}).get(name, header(name))
        members[f"{name}.csv"] = end.join([first, *lines]) + end
    members.update(replace or {})
    return {name: text if isinstance(text, bytes) else text.encode("utf-8")
            for name, text in members.items() if text is not None}


def canvas(students=None, titles=("Fractions (9101)", "Ratios (9102)"), points=("10.00", "20.00"),
           end=CRLF, final=True, delimiter=","):
    """A Canvas gradebook."""
    students = students or [
        ("Alvarez, Ines", "2001", "9.00", "18.00"), ("Brandt, Jonas", "2002", "7.50", "0.00"),
        ("Castell, Amara", "2003", "10.00", "20.00"),
    ]

    def quoted(cell):
        return f'"{cell}"' if delimiter in cell else cell
    lines = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles],
        ["    Points Possible", "", "", "", "", *points],
    ]
    for name, identifier, *cells in students:
        lines.append([name, identifier, f"S{identifier}", f"l{identifier}", "Math 5 A", *cells])
    text = end.join(delimiter.join(map(quoted, line)) for line in lines)
    return text + (end if final else "")


def statement(number=1, actor="u1", score="0.9", activity="q1"):
    """An xAPI statement as one line of JSON."""
    return (
        '{"id":"00000000-0000-4000-8000-%012d",'
        '"actor":{"account":{"homePage":"https://hill.example","name":"%s"}},'
        '"verb":{"id":"http://adlnet.gov/expapi/verbs/scored"},'
        '"object":{"id":"https://hill.example/%s"},'
        '"result":{"score":{"scaled":%s}},"timestamp":"2026-03-02T10:00:00Z"}'
        % (number, actor, activity, score))


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A zip of members: name -> bytes, or pairs of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()
