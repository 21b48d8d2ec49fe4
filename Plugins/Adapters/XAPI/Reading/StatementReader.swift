internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads statements; one reader is used for all statements of an input.
///
/// Statements of one producer mostly have the layout of the one before. ``predict(_:into:)`` takes
/// what such a statement says from the places where it must stand, and gives what ``read(_:into:)``
/// would; whatever decides how a statement is read, such as an object's type, belongs to the
/// layout.
struct StatementReader: ~Copyable {
  private var json = JSONReader()
  private var layouts = JSONLayouts()
  private var plans: [Plan] = []

  /// Where the statements of a layout have what the toolkit takes.
  private struct Plan {
    var facts: Statement.Facts
    /// Of each field and target the number of its scalar, or -1.
    var scalars: [Int]
  }

  /// Looks whether bytes begin with a statement of a known layout.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; they may go on behind the statement.
  ///   - statement: Gets what the statement says.
  /// - Returns: The number of bytes of the statement, or `nil` when it has to be read.
  mutating func predict(
    _ bytes: UnsafeRawBufferPointer, into statement: inout Statement
  ) -> Int? {
    guard let (layout, length) = unsafe layouts.match(bytes) else { return nil }
    statement.facts = plans[layout].facts
    statement.reserve(targets: plans[layout].facts.targetCount)
    unsafe layouts.copyScalars(of: layout, plans[layout].scalars, to: statement.slices)
    return length
  }

  /// Reads a statement.
  ///
  /// - Throws: ``ScanningError`` when it is not valid JSON, or a value that is needed has another
  ///   type than the specification says.
  mutating func read(
    _ document: UnsafeRawBufferPointer, into statement: inout Statement
  ) throws(ScanningError) {
    let learns = layouts.isWorthTrying
    try unsafe json.open(document, traces: learns)
    try readValue(into: &statement)
    if learns {
      unsafe learn(document, statement)
    } else {
      layouts.miss()
    }
  }

  /// Keeps the layout of the statement that was read.
  private mutating func learn(
    _ document: UnsafeRawBufferPointer, _ statement: borrowing Statement
  ) {
    let (layout, isNew) = unsafe layouts.learn(document, scalars: json.scalars)
    guard isNew, let start = document.baseAddress else { return }
    var places: [Int: Int] = [:]
    for (number, scalar) in json.scalars.enumerated() { places[scalar.start] = number }
    let scalars = (0..<statement.sliceCount).map { index in
      guard let first = unsafe statement.slices[index]?.raw.baseAddress else { return -1 }
      return unsafe places[first - start] ?? -1
    }
    let plan = Plan(facts: statement.facts, scalars: scalars)
    if layout < plans.count {
      plans[layout] = plan
    } else {
      plans.append(plan)
    }
  }

  private mutating func readValue(into statement: inout Statement) throws(ScanningError) {
    statement.clear()
    try json.beginObject()
    while let key = try json.nextKey() {
      if key.equals("id") {
        statement[.id] = try optionalString()
      } else if key.equals("actor") {
        try readActor(&statement)
      } else if key.equals("verb") {
        statement[.verb] = try readVerb()
      } else if key.equals("object") {
        try readObject(&statement)
      } else if key.equals("result") {
        try readResult(&statement)
      } else if key.equals("context") {
        try readContext(&statement)
      } else if key.equals("timestamp") {
        statement[.timestamp] = try optionalString()
      } else if key.equals("stored") {
        statement[.stored] = try optionalString()
      } else {
        try json.skipValue()
      }
    }
    try json.finish()
  }

  private mutating func optionalString() throws(ScanningError) -> JSONString? {
    if try json.kind() == .null {
      try json.null()
      return nil
    }
    return try json.string()
  }

  private mutating func optionalNumber() throws(ScanningError) -> JSONString? {
    if try json.kind() == .null {
      try json.null()
      return nil
    }
    return unsafe JSONString(raw: try json.number(), hasEscapes: false)
  }

  /// Reads a string that decides how the statement is read.
  private mutating func decidingString() throws(ScanningError) -> JSONString? {
    let string = try optionalString()
    json.fixScalar()
    return string
  }

  /// Enters an object; `null` is passed over.
  private mutating func entersObject() throws(ScanningError) -> Bool {
    if try json.kind() == .null {
      try json.null()
      return false
    }
    try json.beginObject()
    return true
  }

  private mutating func readActor(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try json.nextKey() {
      if key.equals("account") {
        guard try entersObject() else { continue }
        while let key = try json.nextKey() {
          if key.equals("name") {
            statement[.person] = try optionalString()
          } else if key.equals("homePage") {
            statement[.homePage] = try optionalString()
          } else {
            try json.skipValue()
          }
        }
      } else if key.equals("mbox") {
        let mailbox = try optionalString()
        statement[.mailbox] = mailbox
        if statement[.person] == nil { statement[.person] = mailbox }
      } else if key.equals("mbox_sha1sum") || key.equals("openid") {
        let identifier = try optionalString()
        if statement[.person] == nil { statement[.person] = identifier }
      } else if key.equals("name") {
        statement[.personName] = try nameOfActor()
      } else if key.equals("objectType") {
        statement.facts.isGroup = try decidingString()?.equals("Group") ?? false
      } else {
        try json.skipValue()
      }
    }
  }

  /// The name of an actor; version 0.95 and before had lists of names.
  private mutating func nameOfActor() throws(ScanningError) -> JSONString? {
    if try json.kind() == .string { return try json.string() }
    try json.skipValue()
    return nil
  }

  /// The identifier of a verb; version 0.9 had a bare word.
  private mutating func readVerb() throws(ScanningError) -> JSONString? {
    if try json.kind() == .string { return try json.string() }
    var verb: JSONString?
    guard try entersObject() else { return nil }
    while let key = try json.nextKey() {
      if key.equals("id") {
        verb = try optionalString()
      } else {
        try json.skipValue()
      }
    }
    return verb
  }

  private mutating func readObject(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try json.nextKey() {
      if key.equals("id") {
        statement[.object] = try optionalString()
      } else if key.equals("objectType") {
        let type = try decidingString()
        if type?.equals("StatementRef") ?? false { statement.facts.objectKind = .reference }
        if type?.equals("SubStatement") ?? false { statement.facts.objectKind = .subStatement }
        if type?.equals("Agent") ?? false { statement.facts.objectKind = .agent }
        if type?.equals("Group") ?? false { statement.facts.objectKind = .group }
      } else if key.equals("definition") {
        guard try entersObject() else { continue }
        while let key = try json.nextKey() {
          if key.equals("type") {
            statement[.objectType] = try optionalString()
          } else if key.equals("name") {
            statement[.objectName] = try firstOfLanguages()
          } else {
            try json.skipValue()
          }
        }
      } else {
        try json.skipValue()
      }
    }
  }

  /// The first text of a map of languages.
  private mutating func firstOfLanguages() throws(ScanningError) -> JSONString? {
    var first: JSONString?
    guard try json.kind() == .object else {
      try json.skipValue()
      return nil
    }
    try json.beginObject()
    while try json.nextKey() != nil {
      if first == nil, try json.kind() == .string {
        first = try json.string()
      } else {
        try json.skipValue()
      }
    }
    return first
  }

  private mutating func readResult(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try json.nextKey() {
      guard key.equals("score") else {
        try json.skipValue()
        continue
      }
      guard try entersObject() else { continue }
      while let key = try json.nextKey() {
        if key.equals("scaled") {
          statement[.scaled] = try optionalNumber()
        } else if key.equals("raw") {
          statement[.raw] = try optionalNumber()
        } else if key.equals("min") {
          statement[.minimum] = try optionalNumber()
        } else if key.equals("max") {
          statement[.maximum] = try optionalNumber()
        } else {
          try json.skipValue()
        }
      }
    }
  }

  private mutating func readContext(_ statement: inout Statement) throws(ScanningError) {
    guard try entersObject() else { return }
    while let key = try json.nextKey() {
      guard key.equals("contextActivities") else {
        try json.skipValue()
        continue
      }
      guard try entersObject() else { continue }
      while let key = try json.nextKey() {
        if key.equals("grouping") {
          try readActivities { activity, _ in
            if statement[.grouping] == nil { statement[.grouping] = activity }
          }
        } else if key.equals("other") {
          try readActivities { activity, type in
            guard type?.equals("http://adlnet.gov/expapi/activities/objective") ?? false else {
              return
            }
            statement.append(target: activity)
          }
        } else {
          try json.skipValue()
        }
      }
    }
  }

  /// Reads a list of activities, or a single one as versions before 1.0 had it.
  private mutating func readActivities(
    _ take: (JSONString, JSONString?) -> Void
  ) throws(ScanningError) {
    switch try json.kind() {
    case .object: try readActivity(take)
    case .array:
      try json.beginArray()
      while try json.nextElement() { try readActivity(take) }
    default: try json.skipValue()
    }
  }

  private mutating func readActivity(
    _ take: (JSONString, JSONString?) -> Void
  ) throws(ScanningError) {
    var id: JSONString?
    var type: JSONString?
    guard try entersObject() else { return }
    while let key = try json.nextKey() {
      if key.equals("id") {
        id = try optionalString()
      } else if key.equals("definition") {
        guard try entersObject() else { continue }
        while let key = try json.nextKey() {
          if key.equals("type") {
            type = try decidingString()
          } else {
            try json.skipValue()
          }
        }
      } else {
        try json.skipValue()
      }
    }
    if let id { take(id, type) }
  }
}
