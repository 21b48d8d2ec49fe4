internal import AdapterKit
internal import Scanning

/// Looks for statements in the first bytes of a member.
enum StatementProbe {
  static func look(at head: UnsafeRawBufferPointer) -> Probe {
    var start = 0
    if unsafe head.count > 2 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF { start = 3 }
    let rest = unsafe UnsafeRawBufferPointer(rebasing: head[start...])
    let wrapped = unsafe JSONWrapper.opening(of: rest, named: "statements")
    if let wrapped { start += wrapped }
    while unsafe start < head.count && (head[start] <= 0x20 || head[start] == 0x5B) { start += 1 }
    if wrapped != nil, start < head.count, unsafe head[start] == 0x5D {
      return Probe(70, "an answer without statements")
    }
    guard start < head.count, unsafe head[start] == 0x7B else { return .no }
    var reader = JSONReader()
    var hasActor = false
    var hasVerb = false
    var hasObject = false
    var hasScore = false
    var hasOutcome = false
    do throws(ScanningError) {
      try unsafe reader.open(UnsafeRawBufferPointer(rebasing: head[start...]), isPrefix: true)
      try reader.beginObject()
      while let key = try reader.nextKey() {
        hasActor = hasActor || key.equals("actor")
        hasVerb = hasVerb || key.equals("verb")
        hasObject = hasObject || key.equals("object")
        hasScore = hasScore || key.equals("score")
        hasOutcome = hasOutcome || key.equals("success") || key.equals("completion")
        try reader.skipValue()
      }
    } catch {
      // The head may end in the middle of the statement; what was seen so far counts.
    }
    if hasActor, hasVerb, hasObject { return Probe(95, "a statement with actor, verb and object") }
    if hasActor, hasVerb { return Probe(60, "a statement with actor and verb") }
    if hasScore, hasOutcome { return Probe(30, "the result of a statement, without the statement") }
    return .no
  }
}
