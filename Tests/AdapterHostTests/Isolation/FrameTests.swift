import Records
import Testing

@testable import AdapterHost

@Suite("Frames between host and worker")
struct FrameTests {
  /// The bytes of frames with the rows of a batch.
  private func bytes(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>? = nil, columns: Int = 0
  ) throws -> [UInt8] {
    var writer = FrameWriter()
    var batches = BatchWriter()
    try batches.write(batch, numbers: numbers, columns: columns, adapter: "", to: &writer) { _ in }
    return Array(writer.bytes)
  }

  /// The bytes of frames with random rows.
  private func bytes(_ rows: RandomRows) throws -> [UInt8] {
    try withExtendedLifetime(rows) { try bytes(rows.batch) }
  }

  /// Gives bytes to a stream, some at a time, and takes the frames.
  private func feed(
    _ bytes: [UInt8], piece: Int, _ each: (FrameType, FrameReader) throws -> Void
  ) throws {
    var stream = FrameStream()
    var done = 0
    while done < bytes.count {
      let room = try stream.room()
      let count = min(piece, bytes.count - done, room.count)
      room.copyBytes(from: bytes[done..<done + count])
      stream.filled(count)
      done += count
      while let (type, frame) = try stream.next() { try each(type, frame) }
    }
  }

  @Test("batches come back as they went", arguments: 1...40 as ClosedRange<UInt64>)
  func batches(seed: UInt64) throws {
    var random = Seeded(seed)
    // One reader for several kinds, because what one batch leaves behind must not show in the next.
    let reader = BatchReader()
    for _ in 0..<8 {
      let rows = RandomRows(&random)
      var found: [[[UInt8]?]] = []
      var lines: [UInt64] = []
      let piece = Int.random(in: 1...5_000, using: &random)
      try feed(try bytes(rows), piece: piece) { type, frame in
        #expect(type == .batch)
        try reader.read(frame) { batch, _, _ in
          #expect(batch.kind == rows.kind)
          found += RandomRows.texts(of: batch)
          lines += (0..<batch.count).map { batch.line(of: $0) }
          #expect((0..<batch.count).allSatisfy { batch.member(of: $0) == $0 % 3 })
        }
      }
      #expect(found == rows.texts)
      #expect(lines == (1...rows.count).map(UInt64.init))
    }
  }

  @Test("numbers of identifiers come with their fields")
  func numbers() throws {
    var random = Seeded(7)
    let rows = RandomRows(&random)
    let fields = RecordSchema.of(rows.kind).fields.count
    let numbers = (0..<UInt32(rows.count)).map { $0 * 3 }
    let found = try numbers.withUnsafeBufferPointer { column in
      var table = [UnsafePointer<UInt32>?](repeating: nil, count: fields)
      table[fields - 1] = column.baseAddress
      return try table.withUnsafeBufferPointer { table in
        try withExtendedLifetime(rows) {
          try bytes(rows.batch, numbers: table.baseAddress, columns: fields)
        }
      }
    }
    try feed(found, piece: 1 << 20) { _, frame in
      try BatchReader().read(frame) { batch, numbered, columns in
        #expect(columns == fields)
        #expect(numbered?[0] == nil || fields == 1)
        let last = numbered?[fields - 1]
        #expect((0..<batch.count).map { last?[$0] } == numbers.map { $0 })
      }
    }
  }

  @Test("many rows and long texts go in several frames")
  func several() throws {
    let kind = RecordKind.person
    let size = RecordSchema.of(kind).rowSize
    let count = 3_000
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size * count, alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    let text = [UInt8](repeating: 65, count: 100_000)
    try text.withUnsafeBytes { text in
      for row in 0..<count {
        let cell = size * row + 16
        memory.storeBytes(of: text.baseAddress, toByteOffset: cell, as: UnsafeRawPointer?.self)
        memory.storeBytes(of: row < 30 ? 100_000 : 1, toByteOffset: cell + 8, as: Int.self)
      }
      let start = try #require(memory.baseAddress)
      let batch = HostBatch(kind: kind, count: count, rows: UnsafeRawPointer(start), stride: size)
      var frames = 0
      let reader = BatchReader()
      try feed(try bytes(batch), piece: 65_536) { _, frame in
        frames += 1
        try reader.read(frame) { batch, _, _ in #expect(batch.count <= 1_024) }
      }
      #expect(reader.rowCount == 3_000)
      // Ten long texts in each of three frames, and then as many rows as a frame may have.
      #expect(frames == 5)
    }
  }

  @Test("a text that cannot be is told from one that is absent")
  func unreadable() throws {
    let size = RecordSchema.of(.person).rowSize
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.storeBytes(of: 5, toByteOffset: 24, as: Int.self)
    let start = try #require(memory.baseAddress)
    let batch = HostBatch(kind: .person, count: 1, rows: UnsafeRawPointer(start), stride: size)
    try feed(try bytes(batch), piece: 1 << 20) { _, frame in
      try BatchReader().read(frame) { batch, _, _ in
        #expect(batch.cell(0, of: 0).count == 1)
        #expect(batch.cell(0, of: 0).start == nil)
        #expect(batch.cell(1, of: 0).count == 0)
      }
    }
  }

  @Test("damaged frames are refused or harmless", arguments: 1...60 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var random = Seeded(seed &* 977)
    let whole = try bytes(RandomRows(&random))
    for _ in 0..<200 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<min(damaged.count, 400), using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
      }
      do {
        try feed(damaged, piece: 1 << 20) { type, contents in
          guard type == .batch else { return try Self.readAll(contents) }
          // Every text that a batch has lies inside of its frame.
          let frame = contents.bytes
          try BatchReader().read(contents) { batch, _, _ in
            for row in 0..<batch.count {
              for field in RecordSchema.of(batch.kind).fields {
                let (start, count) = batch.cell(field.index, of: row)
                guard let start, let first = frame.baseAddress else { continue }
                #expect(start >= first && count >= 0)
                #expect(start + count <= first + frame.count)
              }
            }
          }
        }
      } catch is FrameFault {
        continue
      }
    }
  }

  /// Reads a frame as everything that it might be.
  private static func readAll(_ contents: FrameReader) throws {
    var (table, call, report, loss) = (contents, contents, contents, contents)
    _ = try? table.info()
    _ = try? call.request()
    _ = try? report.report()
    _ = try? loss.loss()
  }

  @Test("calls, problems and losses come back as they went")
  func messages() throws {
    var options = CallOptions()
    options.isStrict = true
    options.mayRestart = true
    options.kinds = 0x1234
    options.options = ["delimiter": ";", "encoding": "latin1"]
    let report = AdapterReport(
      .rejected, "x.y", "näher", member: "a/b.csv", line: 7, column: 2, value: "v", raw: "r",
      kind: .person)
    let loss = AdapterLoss(
      kind: .result, field: 3, isReduced: true, count: 9, reason: "so", example: "e")
    var writer = FrameWriter()
    writer.put(
      .read, WorkerRequest(format: 2, options: options, members: [("a", 5), ("b/c", nil)]))
    writer.put(report)
    writer.put(loss)
    writer.put(AdapterHostError(.limit, "too long", adapter: "a"))
    try feed(Array(writer.bytes), piece: 3) { type, contents in
      var frame = contents
      switch type {
      case .read:
        let request = try frame.request()
        #expect(request.format == 2 && request.options == options)
        #expect(request.members.map(\.name) == ["a", "b/c"])
        #expect(request.members.map(\.byteCount) == [5, nil])
      case .problem: #expect(try frame.report() == report)
      case .loss: #expect(try frame.loss() == loss)
      default: #expect(try frame.failure(adapter: "b").code == .limit)
      }
    }
  }
}
