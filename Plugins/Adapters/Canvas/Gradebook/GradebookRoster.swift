internal import AdapterKit
internal import CAdapterABI

/// What gradebooks are made of, by the host's numbers: classes, people, who is in which class, and
/// the assignments of each class.
struct GradebookRoster {
  struct Item {
    var id = TextPool.Slice.absent
    var title = TextPool.Slice.absent
    var maximum = TextPool.Slice.absent
    var classNumber = noNumber
    var position = 0
    var isHidden = false
    var isPercent = false
    var isDeleted = false
    var unit = ScoreUnit.unsaid
    /// Whether the record says whether the assignment is hidden.
    var saysHidden = false
    /// Whether the record has a place, and whether that is a whole number.
    var saysPosition = false
    var hasPlainPosition = false
    /// Whether the record names a class that is not known.
    var isOfStrangeClass = false
  }

  struct SchoolClass {
    var id = TextPool.Slice.absent
    var title = TextPool.Slice.absent
  }

  var pool = TextPool()
  var people = People()
  /// Identifiers of people, kept only when somebody has notes.
  var personIDs: [[UInt8]] = []
  private(set) var classes: [SchoolClass] = []
  private(set) var items: [Item] = []
  /// Class and person of each student, in the order of the records.
  private(set) var students: [(classNumber: UInt32, person: UInt32)] = []
  private(set) var categories: [TextPool.Slice] = []
  /// Other people of the classes, who have no row.
  private(set) var otherPeople = 0
  /// Records of people and assignments.
  private(set) var peopleTaken = 0
  private(set) var itemsTaken = 0

  private var studentStarts: [Int] = []
  private var sortedStudents: [UInt32] = []
  private var itemStarts: [Int] = []
  private var sortedItems: [UInt32] = []

  init() {}

  mutating func takeClasses(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (place, row) in batch.rows(as: ClassRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(classes.count))
      guard number != Int(noNumber) else { continue }
      while classes.count <= number { classes.append(SchoolClass()) }
      classes[number] = SchoolClass(id: pool.add(row.id), title: pool.add(row.title))
    }
  }

  mutating func takePeople(_ batch: RecordBatch, keepsIDs: Bool) {
    let numbers = unsafe batch.numbers(0)
    for (place, row) in batch.rows(as: PersonRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(people.count))
      guard number != Int(noNumber) else { continue }
      people.set(number, to: row)
      peopleTaken += 1
      guard keepsIDs else { continue }
      while personIDs.count <= number { personIDs.append([]) }
      personIDs[number] = row.id.array
    }
  }

  mutating func takeEnrollments(_ batch: RecordBatch) {
    guard let classNumbers = unsafe batch.numbers(3), let persons = unsafe batch.numbers(5) else {
      return
    }
    for (place, row) in batch.rows(as: EnrollmentRow.self).enumerated() {
      guard row.role.equals("student") || row.role.isEmpty, !row.status.equals("tobedeleted")
      else {
        otherPeople += 1
        continue
      }
      unsafe students.append((classNumbers[place], persons[place]))
    }
  }

  mutating func takeCategories(_ batch: RecordBatch) {
    guard let numbers = unsafe batch.numbers(0) else { return }
    for (place, row) in batch.rows(as: CategoryRow.self).enumerated() {
      let number = unsafe Int(numbers[place])
      guard number != Int(noNumber) else { continue }
      while categories.count <= number { categories.append(.absent) }
      categories[number] = pool.add(row.title)
    }
  }

  mutating func takeItems(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    let classNumbers = unsafe batch.numbers(7)
    for (place, row) in batch.rows(as: LineItemRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(items.count))
      guard number != Int(noNumber) else { continue }
      while items.count <= number { items.append(Item()) }
      var item = Item()
      item.id = pool.add(row.id)
      item.title = pool.add(row.title)
      item.maximum = pool.add(row.maximum)
      if let classNumbers = unsafe classNumbers { item.classNumber = unsafe classNumbers[place] }
      item.isOfStrangeClass = item.classNumber == noNumber && !row.class_.isEmpty
      if !row.position.isEmpty {
        let position = Int(row.position.string)
        item.position = position ?? 0
        item.saysPosition = true
        item.hasPlainPosition = position != nil
      }
      item.isHidden = row.hidden.equals("true")
      item.saysHidden = !row.hidden.isEmpty
      item.unit = ScoreUnit(row.score_kind)
      item.isPercent = item.unit == .percent
      item.isDeleted = row.status.equals("tobedeleted")
      itemsTaken += 1
      items[number] = item
    }
  }

  /// Sorts students and assignments by class; call it once all are known.
  mutating func seal() {
    let count = classes.count
    var starts = [Int](repeating: 0, count: count + 2)
    for student in students where Int(student.classNumber) < count {
      starts[Int(student.classNumber) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    studentStarts = starts
    sortedStudents = [UInt32](repeating: 0, count: starts[count])
    for student in students where Int(student.classNumber) < count {
      sortedStudents[starts[Int(student.classNumber)]] = student.person
      starts[Int(student.classNumber)] += 1
    }
    var ends = [Int](repeating: 0, count: count + 2)
    for item in items where Int(item.classNumber) < count && !item.isDeleted {
      ends[Int(item.classNumber) + 1] += 1
    }
    for index in 1..<ends.count { ends[index] += ends[index - 1] }
    itemStarts = ends
    sortedItems = [UInt32](repeating: 0, count: ends[count])
    for (number, item) in items.enumerated()
    where Int(item.classNumber) < count && !item.isDeleted {
      sortedItems[ends[Int(item.classNumber)]] = UInt32(number)
      ends[Int(item.classNumber)] += 1
    }
  }

  /// The students of a class, in the order of their records.
  func students(of classNumber: Int) -> ArraySlice<UInt32> {
    guard classNumber < classes.count else { return [] }
    return sortedStudents[studentStarts[classNumber]..<studentStarts[classNumber + 1]]
  }

  /// The assignments of a class, by their place and else in the order of their records.
  func items(of classNumber: Int) -> [UInt32] {
    guard classNumber < classes.count else { return [] }
    let own = Array(sortedItems[itemStarts[classNumber]..<itemStarts[classNumber + 1]])
    guard own.contains(where: { items[Int($0)].position != 0 }) else { return own }
    // The sort of the standard library is stable.
    return own.sorted { items[Int($0)].position < items[Int($1)].position }
  }

  /// The text of the section column.
  func section(of classNumber: Int) -> TextPool.Slice {
    guard classNumber < classes.count else { return .absent }
    let entry = classes[classNumber]
    return entry.title.isEmpty ? entry.id : entry.title
  }

  /// The text by which a reader knows a class.
  ///
  /// - Parameter isShown: Whether rows of learners show it; else it is the name of the file.
  func sectionText(of classNumber: Int, isShown: Bool) -> [UInt8] {
    guard classNumber < classes.count else { return [] }
    return pool.array(isShown ? section(of: classNumber) : classes[classNumber].id)
  }
}

/// A number that names no record.
let noNumber = UInt32.max
