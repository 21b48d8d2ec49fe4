/// A piece of an XML document.
public enum XMLToken: Hashable, Sendable {
  /// A start tag, or an empty element, whose end follows at once.
  ///
  /// The name and the attributes' names are as written, with their prefixes.
  case startElement(name: String, attributes: [XMLAttribute])
  /// An end tag.
  case endElement(name: String)
  /// Text with its references resolved, or the content of a CDATA section.
  case text(String)
  /// The end of the document.
  case end
}

/// An attribute of an element.
public struct XMLAttribute: Hashable, Sendable {
  /// The name as written, with its prefix.
  public var name: String
  /// The value with its references resolved.
  public var value: String
}
