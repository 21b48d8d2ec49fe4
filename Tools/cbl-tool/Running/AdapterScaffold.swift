import CAdapterTemplates
import Interop

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The package of a new adapter, made from the templates that the tool carries.
struct AdapterScaffold {
  /// What an adapter is written in.
  enum Language: String, CaseIterable {
    case swift, c, rust

    /// Where the template's own format is read, in the new folder.
    fileprivate var source: String {
      switch self {
      case .swift: "Sources/TemplateAdapter/TemplateAdapter.swift"
      case .c: "template.c"
      case .rust: "src/lib.rs"
      }
    }
  }

  /// The name of the adapter, such as `Points`.
  let name: String
  let language: Language
  /// The identifier of its format, such as `points`.
  let format: String
  /// The path or the address of the toolkit's repository, for packages in Swift.
  let toolkit: String?

  /// Checks the names.
  ///
  /// - Throws: ``ToolFailure`` that says what a name may be.
  init(name: String, language: Language, format: String?, toolkit: String?) throws {
    let letters = Array(name.utf8)
    let isName =
      letters.first.map { Self.isLetter($0) } == true && letters.count <= 40
      && letters.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
    guard isName else {
      throw ToolFailure.usage(
        "\"\(name)\" cannot name an adapter: take a letter and then up to 39 letters and digits, "
          + "such as Points")
    }
    self.name = name.prefix(1).uppercased() + name.dropFirst()
    self.language = language
    self.format = format ?? Self.words(of: self.name).joined(separator: "-")
    self.toolkit = toolkit
    let isFormat =
      self.format.utf8.first.map { Self.isLower($0) } == true && self.format.utf8.count <= 64
      && self.format.utf8.allSatisfy {
        Self.isLower($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
    guard isFormat else {
      throw ToolFailure.usage(
        "\"\(self.format)\" cannot name a format: take small letters, digits, - and ., such as "
          + "points-2.0")
    }
    if language == .swift, toolkit == nil {
      throw ToolFailure.usage(
        "a package in Swift depends on the toolkit: name its repository with --toolkit, a folder "
          + "or an address")
    }
  }

  /// The folder that the package gets when nobody names one.
  var folder: String { crate }

  /// Writes the package; nothing is there before all of it is.
  ///
  /// - Throws: `InteropError` when the folder exists or cannot be written.
  func write(to path: String) throws {
    guard unsafe access(path, F_OK) != 0 else {
      throw ToolFailure(73, "\(path): the folder exists already; name another with --output")
    }
    var options = OutputOptions()
    options.mode = 0o644
    let container = try OutputContainer.create(path, kind: .folder, options: options)
    var programs: [String] = []
    for file in Self.files(in: language) {
      try container.begin(member: named(file.path))
      try container.write(Array(text(of: file).utf8))
      if file.isProgram { programs.append(named(file.path)) }
    }
    try container.commit()
    for program in programs where unsafe chmod("\(path)/\(program)", 0o755) != 0 {
      throw InteropError(.inputOutput, "cannot be made executable", place: "\(path)/\(program)")
    }
  }

  private func text(of file: File) -> String {
    var text = file.text
    if language == .swift, file.path == "Package.swift" { text = dependency(in: text) }
    return named(text.replacing("@source@", with: language.source))
  }

  /// Puts the adapter's own names in the place of the template's.
  private func named(_ text: String) -> String {
    text.replacing("template-adapter", with: crate)
      .replacing("template_adapter", with: crate.replacing("-", with: "_"))
      .replacing("template-format", with: format)
      .replacing("Template", with: name)
      .replacing("template.c", with: "\(crate).c")
  }

  /// The name in small letters, as packages have it: `points-adapter`.
  private var crate: String { (Self.words(of: name) + ["adapter"]).joined(separator: "-") }

  private func dependency(in text: String) -> String {
    guard let toolkit else { return text }
    guard toolkit.contains("://") || toolkit.hasPrefix("git@") else {
      return text.replacing("TOOLKIT", with: toolkit)
    }
    var package = toolkit.split(separator: "/").last.map(String.init) ?? toolkit
    if package.hasSuffix(".git") { package.removeLast(4) }
    return text.replacing(
      ".package(name: \"competency-toolkit\", path: \"TOOLKIT\", traits: [])",
      with: ".package(url: \"\(toolkit)\", from: \"\(ToolVersion.text)\", traits: [])"
    ).replacing("package: \"competency-toolkit\"", with: "package: \"\(package)\"")
  }

  /// `GradeBook2` as `grade` and `book2`.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var endsSmall = true
    for letter in name.utf8 {
      let isCapital = isLetter(letter) && !isLower(letter)
      if words.isEmpty || (isCapital && endsSmall) { words.append("") }
      words[words.count - 1] += String(UnicodeScalar(letter)).lowercased()
      endsSmall = !isCapital
    }
    return words
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension AdapterScaffold {
  /// The folder of the toolkit, when the tool still stands where it was built.
  static func toolkitOfThisTool() -> String? {
    guard let found = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(found) }
    let path = unsafe String(cString: found)
    guard let build = path.firstRange(of: "/.build/") else { return nil }
    let folder = String(path[..<build.lowerBound])
    let isToolkit = unsafe access("\(folder)/Modules/AdapterKit", F_OK) == 0
    return isToolkit ? folder : nil
  }

  /// A file of the templates.
  private struct File {
    var path: String
    var text: String
    var isProgram: Bool
  }

  private static func files(in language: Language) -> [File] {
    var files: [File] = []
    var index = 0
    while let file = unsafe adapter_template_at(index)?.pointee {
      index += 1
      let owner = unsafe String(cString: file.language)
      guard owner.isEmpty || owner == language.rawValue else { continue }
      let bytes = unsafe UnsafeBufferPointer(start: file.bytes, count: file.count)
      files.append(
        File(
          path: unsafe String(cString: file.path),
          text: unsafe String(decoding: bytes, as: UTF8.self),
          isProgram: unsafe file.is_program != 0))
    }
    return files
  }
}
