internal import Records

extension FrameWriter {
  /// What an adapter says of itself.
  mutating func put(_ info: LoadedAdapterInfo) {
    begin(.table)
    append([info.identifier, info.version, info.vendor, info.license])
    append(info.minor)
    append(UInt32(info.formats.count))
    for format in info.formats { append(format) }
    end()
  }

  private mutating func append(_ format: LoadedFormat) {
    append([format.identifier, format.alias, format.version, format.title, format.memberName])
    append(format.extensions)
    append(format.flags)
    append(UInt32(format.capabilities.count))
    for (kind, capability) in format.capabilities.sorted(by: { $0.key < $1.key }) {
      append(UInt32(kind.number))
      append(capability.reads)
      append(capability.writes)
      append(capability.reduces)
      append(capability.needs)
      append(capability.rule)
    }
    append(UInt32(format.options.count))
    for option in format.options {
      append([option.name, option.defaultValue, option.help])
      append(option.values)
    }
  }
}

extension FrameReader {
  /// What an adapter says of itself.
  mutating func info() throws(FrameFault) -> LoadedAdapterInfo {
    let names = try texts(limit: 4)
    guard names.count == 4, !names[0].isEmpty else {
      throw FrameFault(reason: "the adapter has no identifier")
    }
    let minor = try number(UInt32.self)
    let count = try number(UInt32.self)
    guard count <= 256 else { throw FrameFault(reason: "it has \(count) formats") }
    var formats: [LoadedFormat] = []
    for index in 0..<Int(count) { formats.append(try format(index)) }
    return LoadedAdapterInfo(
      identifier: names[0], version: names[1], vendor: names[2], license: names[3], minor: minor,
      formats: formats)
  }

  private mutating func format(_ index: Int) throws(FrameFault) -> LoadedFormat {
    let names = try texts(limit: 5)
    guard names.count == 5 else { throw FrameFault(reason: "a format lacks names") }
    let extensions = try texts(limit: 256)
    let flags = try number(UInt32.self)
    var capabilities: [RecordKind: FormatCapability] = [:]
    for _ in 0..<(try number(UInt32.self)) {
      let number = Int(try number(UInt32.self))
      guard let kind = RecordKind(number: number) else {
        throw FrameFault(reason: "a capability is of the unknown kind \(number)")
      }
      capabilities[kind] = FormatCapability(
        reads: try self.number(), writes: try self.number(), reduces: try self.number(),
        needs: try self.number(), rule: try text(limit: 1 << 16))
    }
    var options: [FormatOption] = []
    for _ in 0..<(try number(UInt32.self)) {
      let words = try texts(limit: 3)
      guard words.count == 3 else { throw FrameFault(reason: "an option lacks words") }
      options.append(
        FormatOption(
          name: words[0], values: try texts(limit: 4_096), defaultValue: words[1], help: words[2]))
    }
    return LoadedFormat(
      index: index, identifier: names[0], alias: names[1], version: names[2], title: names[3],
      extensions: extensions, memberName: names[4], flags: flags, capabilities: capabilities,
      options: options)
  }
}
