import Foundation
import Interop
import Testing

@Suite("Outputs and standard input of a whole process")
struct ProcessTests {
  @Test("a signal removes the temporary file", arguments: [SIGTERM, SIGINT, SIGHUP])
  func signal(number: Int32) async throws {
    let work = try Workspace()
    let path = work["o.csv"]
    await #expect(processExitsWith: .signal(number)) {
      [path = path as String, number = number as Int32] in
      OutputSignals.prepare()
      let output = try OutputContainer.create(path, kind: .file)
      try output.begin(member: "o.csv")
      try output.write([UInt8](repeating: 0x61, count: 1_000_000))
      // Threads of tasks block signals, so another thread takes it; this one waits for the end.
      kill(getpid(), number)
      poll(nil, 0, 20_000)
    }
    #expect(work.names == [])
  }

  @Test("a signal that was ignored before stays ignored")
  func ignoredSignal() async throws {
    let work = try Workspace()
    let path = work["o.csv"]
    await #expect(processExitsWith: .success) { [path = path as String] in
      Glibc.signal(SIGHUP, SIG_IGN)
      OutputSignals.prepare()
      let output = try OutputContainer.create(path, kind: .file)
      kill(getpid(), SIGHUP)
      try output.commit()
    }
    #expect(work.names == ["o.csv"])
  }

  @Test("a killed run leaves the old output, and the next one cleans up")
  func killed() async throws {
    let work = try Workspace()
    try work.put([0x61], "o.csv")
    let path = work["o.csv"]
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      var options = OutputOptions()
      options.force = true
      let output = try OutputContainer.create(path, kind: .file, options: options)
      try output.begin(member: "o.csv")
      try output.write([UInt8](repeating: 0x62, count: 1_000_000))
      raise(SIGKILL)
      try output.commit()
    }
    #expect(work.bytes("o.csv") == [0x61])
    #expect(work.names.count == 3)
    var options = OutputOptions()
    options.force = true
    let output = try OutputContainer.create(path, kind: .file, options: options)
    try output.commit()
    #expect(work.names == ["o.csv"])
    #expect(work.bytes("o.csv") == [])
  }

  @Test("standard input is a stream from a pipe and a file from a file")
  func standardInput() async throws {
    let work = try Workspace()
    try work.put(ZipBuilder(.init("a.csv", "x")).bytes(), "a.zip")
    let path = work["a.zip"]
    await #expect(processExitsWith: .success) { [path = path as String] in
      close(0)
      guard unsafe open(path, O_RDONLY) == 0 else { exit(2) }
      let file = try Container.open("-")
      guard file.kind == .zip, file.name == "-", try file.bytes(0) == [0x78] else { exit(3) }
      let ends = Pipe()
      try ends.fileHandleForWriting.write(contentsOf: Data("id\n".utf8))
      try ends.fileHandleForWriting.close()
      dup2(ends.fileHandleForReading.fileDescriptor, 0)
      let stream = try Container.open("-")
      guard stream.kind == .stream, try stream.head(of: 0, count: 2) == [0x69, 0x64] else {
        exit(4)
      }
      guard try stream.bytes(0) == Array("id\n".utf8) else { exit(5) }
      close(0)
      guard code({ _ = try Container.open("-") }) == .noInput else { exit(6) }
    }
  }

  @Test("a closed pipe and a full device at standard output are told apart")
  func standardOutput() async {
    await #expect(processExitsWith: .exitCode(141)) {
      OutputSignals.prepare()
      let ends = Pipe()
      dup2(ends.fileHandleForWriting.fileDescriptor, 1)
      try ends.fileHandleForReading.close()
      exit(code { try OutputTests.write("-", kind: .stdout) }?.exitCode ?? 0)
    }
    await #expect(processExitsWith: .exitCode(74)) {
      dup2(unsafe open("/dev/full", O_WRONLY), 1)
      exit(code { try OutputTests.write("-", kind: .stdout) }?.exitCode ?? 0)
    }
  }
}
