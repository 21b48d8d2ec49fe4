internal import AdapterKit
internal import CAdapterABI

/// The rows of a grade export that is about to be written, cell by cell as they will stand there.
struct GradeTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private let width: Int
  private let guardsFormulas: Bool

  /// - Parameters:
  ///   - width: The number of columns.
  ///   - guardsFormulas: Whether texts that look like formulas get an apostrophe.
  init(width: Int, guardsFormulas: Bool) {
    self.width = width
    self.guardsFormulas = guardsFormulas
  }

  /// Adds the next cell of the row at hand.
  mutating func add(_ text: Text, isText: Bool = false) {
    if isText, FormulaGuard.apostrophe.isNeeded(text, isOn: guardsFormulas) {
      bytes += FormulaGuard.apostrophe.guarded(text)
    } else {
      unsafe bytes.append(contentsOf: text.rawBytes)
    }
    ends.append(bytes.count)
  }

  /// Adds the next cell of the row at hand, which needs no guard.
  mutating func add(_ text: String) {
    bytes += text.utf8
    ends.append(bytes.count)
  }

  /// Calls a closure with the cells of a row; they live until it returns.
  func withRow<Value>(
    _ row: Int, _ body: ([Text]) throws(AdapterError) -> Value
  ) throws(AdapterError) -> Value {
    var result: Result<Value, AdapterError>?
    unsafe bytes.withUnsafeBytes { all in
      var cells: [Text] = []
      cells.reserveCapacity(width)
      var start = row == 0 ? 0 : ends[row * width - 1]
      for column in 0..<width {
        let end = ends[row * width + column]
        cells.append(unsafe Text(UnsafeRawBufferPointer(rebasing: all[start..<end])))
        start = end
      }
      result = Result { () throws(AdapterError) in try body(cells) }
    }
    guard let result else { preconditionFailure("the closure was called") }
    return try result.get()
  }
}
