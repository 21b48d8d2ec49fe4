internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What the toolkit takes from one statement; texts are slices of it.
@safe
struct Statement {
  /// What the object of a statement is.
  enum ObjectKind {
    case activity, agent, group, reference, subStatement
  }

  var id: JSONString?
  /// Account name, mailbox, hash of a mailbox, or OpenID.
  var person: JSONString?
  var personName: JSONString?
  var homePage: JSONString?
  var mailbox: JSONString?
  var isGroup = false
  var verb: JSONString?
  var objectKind = ObjectKind.activity
  var object: JSONString?
  var objectName: JSONString?
  var objectType: JSONString?
  var scaled: UnsafeRawBufferPointer?
  var raw: UnsafeRawBufferPointer?
  var minimum: UnsafeRawBufferPointer?
  var maximum: UnsafeRawBufferPointer?
  var grouping: JSONString?
  /// Activities of `other` that are objectives.
  var targets: [JSONString] = []
  var timestamp: JSONString?
  var stored: JSONString?

  /// Forgets everything but keeps its memory.
  mutating func clear() {
    var kept = targets
    kept.removeAll(keepingCapacity: true)
    self = Statement()
    targets = kept
  }

  /// Whether there is a score.
  var hasScore: Bool { unsafe raw != nil || scaled != nil }

  /// Whether the statement takes back another one.
  var isVoiding: Bool { verb?.equals("http://adlnet.gov/expapi/verbs/voided") ?? false }

  /// Whether the statement shows what a learner did in an activity, with a score.
  var isEvidence: Bool {
    hasScore && person != nil && !isGroup && objectKind == .activity && object != nil
      && !isVoiding
  }
}

/// Reads statements; one reader is used for all statements of an input.
struct StatementReader: ~Copyable {
  private var cursor = JSONCursor()

  /// Reads a statement.
  ///
  /// - Throws: ``ScanningError`` when it is not valid JSON, or a value that is needed has another
  ///   type than the specification says.
  mutating func read(
    _ document: UnsafeRawBufferPointer, into statement: inout Statement
  ) throws(ScanningError) {
    statement.clear()
    unsafe cursor.reset(document)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if key.equals("id") {
        statement.id = try optionalString()
      } else if key.equals("actor") {
        try readActor(&statement)
      } else if key.equals("verb") {
        statement.verb = try readVerb()
      } else if key.equals("object") {
        try readObject(&statement)
      } else if key.equals("result") {
        try readResult(&statement)
      } else if key.equals("context") {
        try readContext(&statement)
      } else if key.equals("timestamp") {
        statement.timestamp = try optionalString()
      } else if key.equals("stored") {
        statement.stored = try optionalString()
      } else {
        try cursor.skip()
      }
    }
    try cursor.finish()
  }

  private mutating func optionalString() throws(ScanningError) -> JSONString? {
    if try cursor.kind() == .null {
      try cursor.null()
      return nil
    }
    return try cursor.string()
  }

  private mutating func optionalNumber() throws(ScanningError) -> UnsafeRawBufferPointer? {
    if try cursor.kind() == .null {
      try cursor.null()
      return nil
    }
    return try unsafe cursor.number()
  }

  /// Enters an object; `null` is passed over.
  private mutating func entersObject() throws(ScanningError) -> Bool {
    if try cursor.kind() == .null {
      try cursor.null()
      return false
    }
    try cursor.beginObject()
    return true
  }

  private mutating func readActor(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try cursor.nextKey() {
      if key.equals("account") {
        guard try entersObject() else { continue }
        while let key = try cursor.nextKey() {
          if key.equals("name") {
            statement.person = try optionalString()
          } else if key.equals("homePage") {
            statement.homePage = try optionalString()
          } else {
            try cursor.skip()
          }
        }
      } else if key.equals("mbox") {
        let mailbox = try optionalString()
        statement.mailbox = mailbox
        if statement.person == nil { statement.person = mailbox }
      } else if key.equals("mbox_sha1sum") || key.equals("openid") {
        let identifier = try optionalString()
        if statement.person == nil { statement.person = identifier }
      } else if key.equals("name") {
        statement.personName = try nameOfActor()
      } else if key.equals("objectType") {
        statement.isGroup = try optionalString()?.equals("Group") ?? false
      } else {
        try cursor.skip()
      }
    }
  }

  /// The name of an actor; version 0.95 and before had lists of names.
  private mutating func nameOfActor() throws(ScanningError) -> JSONString? {
    if try cursor.kind() == .string { return try cursor.string() }
    try cursor.skip()
    return nil
  }

  /// The identifier of a verb; version 0.9 had a bare word.
  private mutating func readVerb() throws(ScanningError) -> JSONString? {
    if try cursor.kind() == .string { return try cursor.string() }
    var verb: JSONString?
    guard try entersObject() else { return nil }
    while let key = try cursor.nextKey() {
      if key.equals("id") {
        verb = try optionalString()
      } else {
        try cursor.skip()
      }
    }
    return verb
  }

  private mutating func readObject(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try cursor.nextKey() {
      if key.equals("id") {
        statement.object = try optionalString()
      } else if key.equals("objectType") {
        let type = try optionalString()
        if type?.equals("StatementRef") ?? false { statement.objectKind = .reference }
        if type?.equals("SubStatement") ?? false { statement.objectKind = .subStatement }
        if type?.equals("Agent") ?? false { statement.objectKind = .agent }
        if type?.equals("Group") ?? false { statement.objectKind = .group }
      } else if key.equals("definition") {
        guard try entersObject() else { continue }
        while let key = try cursor.nextKey() {
          if key.equals("type") {
            statement.objectType = try optionalString()
          } else if key.equals("name") {
            statement.objectName = try firstOfLanguages()
          } else {
            try cursor.skip()
          }
        }
      } else {
        try cursor.skip()
      }
    }
  }

  /// The first text of a map of languages.
  private mutating func firstOfLanguages() throws(ScanningError) -> JSONString? {
    var first: JSONString?
    guard try cursor.kind() == .object else {
      try cursor.skip()
      return nil
    }
    try cursor.beginObject()
    while try cursor.nextKey() != nil {
      if first == nil, try cursor.kind() == .string {
        first = try cursor.string()
      } else {
        try cursor.skip()
      }
    }
    return first
  }

  private mutating func readResult(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try cursor.nextKey() {
      guard key.equals("score") else {
        try cursor.skip()
        continue
      }
      guard try entersObject() else { continue }
      while let key = try cursor.nextKey() {
        if key.equals("scaled") {
          unsafe statement.scaled = try unsafe optionalNumber()
        } else if key.equals("raw") {
          unsafe statement.raw = try unsafe optionalNumber()
        } else if key.equals("min") {
          unsafe statement.minimum = try unsafe optionalNumber()
        } else if key.equals("max") {
          unsafe statement.maximum = try unsafe optionalNumber()
        } else {
          try cursor.skip()
        }
      }
    }
  }

  private mutating func readContext(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try cursor.nextKey() {
      guard key.equals("contextActivities") else {
        try cursor.skip()
        continue
      }
      guard try entersObject() else { continue }
      while let key = try cursor.nextKey() {
        if key.equals("grouping") {
          try readActivities { activity, _ in
            if statement.grouping == nil { statement.grouping = activity }
          }
        } else if key.equals("other") {
          try readActivities { activity, type in
            guard type?.equals("http://adlnet.gov/expapi/activities/objective") ?? false else {
              return
            }
            statement.targets.append(activity)
          }
        } else {
          try cursor.skip()
        }
      }
    }
  }

  /// Reads a list of activities, or a single one as versions before 1.0 had it.
  private mutating func readActivities(
    _ take: (JSONString, JSONString?) -> Void
  ) throws(ScanningError) {
    switch try cursor.kind() {
    case .object: try readActivity(take)
    case .array:
      try cursor.beginArray()
      while try cursor.nextElement() { try readActivity(take) }
    default: try cursor.skip()
    }
  }

  private mutating func readActivity(
    _ take: (JSONString, JSONString?) -> Void
  ) throws(ScanningError) {
    var id: JSONString?
    var type: JSONString?
    guard try entersObject() else { return }
    while let key = try cursor.nextKey() {
      if key.equals("id") {
        id = try optionalString()
      } else if key.equals("definition") {
        guard try entersObject() else { continue }
        while let key = try cursor.nextKey() {
          if key.equals("type") {
            type = try optionalString()
          } else {
            try cursor.skip()
          }
        }
      } else {
        try cursor.skip()
      }
    }
    if let id { take(id, type) }
  }
}
