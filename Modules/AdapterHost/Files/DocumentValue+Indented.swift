internal import Domain

extension DocumentValue {
  /// The text of an object with more members.
  func appending(_ more: [Member]) -> DocumentValue { .object((members ?? []) + more) }

  /// The text for files that people read: two spaces for each level, members in their order.
  var indentedText: String {
    var text = ""
    appendIndented(to: &text, indent: 0)
    return text
  }

  private func appendIndented(to text: inout String, indent: Int) {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .array(let elements) where !elements.isEmpty:
      text += "[\n"
      for (index, element) in elements.enumerated() {
        text += index > 0 ? ",\n" + inner : inner
        element.appendIndented(to: &text, indent: indent + 2)
      }
      text += "\n\(outer)]"
    case .object(let members) where !members.isEmpty:
      text += "{\n"
      for (index, member) in members.enumerated() {
        text += index > 0 ? ",\n" + inner : inner
        text += DocumentValue.string(member.name).canonicalText + ": "
        member.value.appendIndented(to: &text, indent: indent + 2)
      }
      text += "\n\(outer)}"
    default: text += canonicalText
    }
  }
}
