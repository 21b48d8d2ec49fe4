/// Small packages of our own, for the tests.
enum OneRosterFixture {
  static let names11 = """
    academicSessions categories classes classResources courses courseResources demographics \
    enrollments lineItems orgs resources results users
    """.split(separator: " ").map(String.init)
  static let names12 = """
    academicSessions categories classes classResources courses courseResources demographics \
    enrollments lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources \
    resultLearningObjectiveIds results resultScoreScales roles scoreScales userProfiles \
    userResources users
    """.split(separator: " ").map(String.init)

  /// A package with a manifest; files are given by name without `.csv`.
  static func package(
    _ files: [String: String], version: String = "1.2", mode: String = "bulk"
  ) -> [MemoryMember] {
    let names = version == "1.2" ? names12 : names11
    var manifest = "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,\(version)\r\n"
    for name in names { manifest += "file.\(name),\(files[name] == nil ? "absent" : mode)\r\n" }
    return [MemoryMember("manifest.csv", manifest)]
      + files.sorted { $0.key < $1.key }.map { MemoryMember($0.key + ".csv", $0.value) }
  }

  /// A small district with a gradebook, as a fresh writer writes it.
  static let district: [String: String] = [
    "orgs": """
    sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r
    d1,,,Lake District,district,007,\r
    s1,,,"Hill School, North",school,008,d1\r

    """,
    "academicSessions": """
    sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\r
    y1,,,2025,schoolYear,2024-08-01,2025-07-31,,2025\r
    t1,,,Fall,term,2024-08-01,2025-01-31,y1,2025\r

    """,
    "courses": """
    sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,\
    subjects,subjectCodes\r
    c1,,,y1,Physics,PHY,"09,10",s1,"Science,Physics","S1,P1"\r

    """,
    "classes": """
    sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
    schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\r
    k1,,,Physics A,09,c1,PHY-1,scheduled,Room 2,s1,t1,,,"1,3"\r

    """,
    "users": """
    sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,\
    middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,\
    preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\r
    u1,,,true,ada,"{LDAP:12},{LTI:15}",Ada,Lind,,0001,ada@example.org,,,u2,09,,,Addie,,,s1,she\r
    u2,,,false,bo,,Bo,Lind,,,,,,,,,,,,,,\r

    """,
    "roles": """
    sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,\
    userProfileSourcedId\r
    r1,,,u1,primary,student,,,s1,\r
    r2,,,u2,primary,guardian,2024-08-01,,s1,\r

    """,
    "enrollments": """
    sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,\
    beginDate,endDate\r
    e1,,,k1,s1,u1,student,false,2024-08-01,2025-02-01\r

    """,
    "categories": """
    sourcedId,status,dateLastModified,title,weight\r
    g1,,,Labs,40\r

    """,
    "scoreScales": """
    sourcedId,status,dateLastModified,title,type,orgSourcedId,courseSourcedId,classSourcedId,\
    scoreScaleValue\r
    z1,,,Letters,letter,s1,c1,k1,"{A:90-100},{B:80-89}"\r

    """,
    "lineItems": """
    sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,\
    categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\r
    i1,,,Lab 1,"Say ""why"" twice",2024-09-01,2024-09-08,k1,g1,t1,0,10.0,s1\r

    """,
    "lineItemScoreScales": """
    sourcedId,status,dateLastModified,title,lineItemSourcedId,scoreScaleSourcedId\r
    w1,,,,i1,z1\r

    """,
    "lineItemLearningObjectiveIds": """
    sourcedId,status,dateLastModified,lineItemSourcedId,source,learningObjectiveId\r
    a1,,,i1,case,urn:uuid:11111111-1111-1111-1111-111111111111\r

    """,
    "results": """
    sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,\
    scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing\r
    x1,,,i1,u1,fully graded,9.50,2024-09-09,=1+1,A,k1,false,false,true,false\r
    x2,,,i1,u2,not submitted,,2024-09-09,,,k1,,,,true\r

    """,
    "resultLearningObjectiveIds": """
    sourcedId,status,dateLastModified,resultSourcedId,source,learningObjectiveId,score,textScore\r
    v1,,,x1,unknown,o1,3,Meets\r

    """,
  ]

  /// A row of results.csv, with its headings.
  static func results(_ row: String) -> [MemoryMember] {
    package([
      "results": """
      sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,\
      scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing
      \(row)

      """
    ])
  }
}

extension [MemoryRow] {
  /// The rows without the source layer, without origins, and with blank fields taken out.
  var plain: [MemoryRow] {
    filter { !$0.kind.hasPrefix("source") }.map { row in
      MemoryRow(row.kind, row.fields.filter { !$0.value.isEmpty })
    }
  }
}
