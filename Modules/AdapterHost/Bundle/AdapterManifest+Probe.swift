extension AdapterManifest {
  /// Whether one of the formats may be that of a file, by its name and its first bytes alone.
  ///
  /// No code of the adapter runs. A format that names neither extensions nor magic bytes may be that
  /// of any file.
  ///
  /// - Parameters:
  ///   - name: The name of the file.
  ///   - head: Its first bytes; 4,160 are enough.
  public func mayKnow(name: String, head: [UInt8]) -> Bool {
    formats.contains { format in
      guard format.reads else { return false }
      if format.extensions.isEmpty, format.magic.isEmpty { return true }
      return format.hasExtension(of: name) || format.magic.contains { $0.stand(in: head) }
    }
  }
}

extension AdapterManifest.Format {
  /// Whether a file's name ends as those of the format do; `.gz` after it does not matter.
  public func hasExtension(of name: String) -> Bool {
    let small = name.lowercased()
    return extensions.contains { small.hasSuffix(".\($0)") || small.hasSuffix(".\($0).gz") }
  }
}

extension AdapterManifest.MagicBytes {
  /// Whether a file with these first bytes has them.
  public func stand(in head: [UInt8]) -> Bool {
    head.count >= offset + bytes.count && head[offset..<offset + bytes.count].elementsEqual(bytes)
  }
}
