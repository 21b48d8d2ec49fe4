internal import Scanning

/// The JSON that says which levels of a scale are the default and which are proficient.
///
/// `[{"scaleid":"2"},{"id":2,"scaledefault":1,"proficient":1}]`: the first element names the
/// scale, the others a level by its place from 1. Levels without either flag may be left out.
struct ScaleConfiguration: Equatable {
  var scaleID = ""
  var defaults: Set<Int> = []
  var proficient: Set<Int> = []

  init() {}

  /// The configuration of a text, or `nil` when it is not such JSON.
  init?(_ text: String) {
    guard let objects = FlatJSON.objects(in: text) else { return nil }
    for object in objects {
      if let id = object["scaleid"] { scaleID = id }
      guard let id = object["id"] else { continue }
      guard let place = Int(id), place > 0 else { return nil }
      if Self.isSet(object["scaledefault"]) { defaults.insert(place) }
      if Self.isSet(object["proficient"]) { proficient.insert(place) }
    }
  }

  private static func isSet(_ value: String?) -> Bool { value == "1" || value == "true" }

  /// The JSON, as Moodle writes it.
  var text: String {
    var parts = ["{\"scaleid\":\"\(Self.escape(scaleID))\"}"]
    for place in defaults.union(proficient).sorted() {
      let isDefault = defaults.contains(place) ? 1 : 0
      let isProficient = proficient.contains(place) ? 1 : 0
      parts.append(
        "{\"id\":\(place),\"scaledefault\":\(isDefault),\"proficient\":\(isProficient)}")
    }
    return "[" + parts.joined(separator: ",") + "]"
  }

  private static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}

/// The scale of a row of a competency file.
struct CompetencyScale {
  /// The scale as its records have it.
  let scale: ScaleSink.Scale
  /// Whether the row says which levels are mastery and default.
  let hasFlags: Bool
  /// The configuration as the writer makes it; `nil` when the row has none or another text.
  let configuration: ScaleConfiguration?

  /// The scale of the cells of a row; `nil` when the row has none.
  init?(_ values: CompetencyValues) {
    let labels = ScaleText.levels(values[.scaleValues])
    let text = values[.scaleConfiguration]
    guard !labels.isEmpty || !text.isEmpty else { return nil }
    var known = text.isEmpty ? ScaleConfiguration() : ScaleConfiguration(text)
    let levels = labels.enumerated().map { place, label in
      TargetTables.Level(
        label: label, position: place,
        mastery: known?.proficient.contains(place + 1) == true ? "true" : "false",
        standard: known?.defaults.contains(place + 1) == true ? "true" : "false")
    }
    let number = known?.scaleID ?? ""
    let base = number.isEmpty ? labels.joined(separator: ",") : number
    scale = ScaleSink.Scale(
      id: "moodle:scale:\(base)", title: labels.joined(separator: ","), levels: levels,
      number: text.isEmpty ? "" : number.isEmpty ? nil : number,
      configuration: known == nil ? text : nil)
    hasFlags = known != nil && !text.isEmpty
    let places = Set(labels.indices.map { $0 + 1 })
    known?.defaults.formIntersection(places)
    known?.proficient.formIntersection(places)
    configuration = text.isEmpty ? nil : known
  }
}

/// Reads a JSON array of objects whose values are texts, numbers, booleans or null.
private enum FlatJSON {
  /// The objects, or `nil` when the text is something else.
  static func objects(in text: String) -> [[String: String]]? {
    var text = text
    return text.withUTF8 { bytes in
      do throws(ScanningError) {
        return try unsafe objects(in: UnsafeRawBufferPointer(bytes))
      } catch {
        return nil
      }
    }
  }

  private static func objects(
    in bytes: UnsafeRawBufferPointer
  ) throws(ScanningError) -> [[String: String]] {
    var json = try unsafe JSONReader(bytes)
    var objects: [[String: String]] = []
    try json.beginArray()
    while try json.nextElement() {
      var object: [String: String] = [:]
      try json.beginObject()
      while let key = try json.nextKey() {
        let name = String(decoding: key.decoded, as: UTF8.self)
        object[name] = try value(&json)
      }
      objects.append(object)
    }
    try json.finish()
    return objects
  }

  private static func value(_ json: inout JSONReader) throws(ScanningError) -> String {
    switch try json.kind() {
    case .number: return unsafe String(decoding: try json.number(), as: UTF8.self)
    case .boolean: return try json.boolean() ? "true" : "false"
    case .null:
      try json.null()
      return "null"
    default: return String(decoding: try json.string().decoded, as: UTF8.self)
    }
  }
}
