internal import AdapterKit
internal import CAdapterABI

/// A number that names no record.
let noNumber = UInt32.max

/// What grade exports are made of, by the host's numbers: classes, people, who is in which class,
/// and the items of each class.
struct GradeRoster {
  struct Item {
    var id: [UInt8] = []
    var title = ""
    var type = ""
    var scoreKind = ""
    var classNumber = noNumber
    var position = 0
    /// The position as the record has it.
    var positionText: [UInt8] = []
    var isDeleted = false
  }

  struct SchoolClass {
    var id: [UInt8] = []
  }

  struct Category {
    var id: [UInt8] = []
    var title = ""
  }

  struct Student {
    var classNumber: UInt32
    var person: UInt32
    var isSuspended: Bool
  }

  var people = GradePeople()
  private(set) var classes: [SchoolClass] = []
  private(set) var items: [Item] = []
  private(set) var categories: [Category] = []
  private var students: [Student] = []
  private var studentStarts: [Int] = []
  private var itemsOfClass: [[UInt32]] = []
  /// How many records have no place: other people of the classes, deleted items, people.
  private(set) var otherEnrollments = 0
  private(set) var deletedItems = 0
  private(set) var persons = 0

  init() {}

  mutating func takeClasses(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (place, row) in batch.rows(as: ClassRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(classes.count))
      guard number != Int(noNumber) else { continue }
      while classes.count <= number { classes.append(SchoolClass()) }
      classes[number].id = row.id.array
    }
  }

  mutating func takePeople(
    _ batch: RecordBatch, fields: [[UInt8]: [(key: String, value: [UInt8])]]
  ) {
    let numbers = unsafe batch.numbers(0)
    for (place, row) in batch.rows(as: PersonRow.self).enumerated() {
      let number = unsafe Int(numbers?[place] ?? UInt32(people.count))
      guard number != Int(noNumber) else { continue }
      persons += 1
      people.set(number, to: row)
      guard !fields.isEmpty else { continue }
      for field in fields[row.id.array] ?? [] { people.add(field.key, field.value, to: number) }
    }
  }

  mutating func takeEnrollments(_ batch: RecordBatch) {
    guard let classNumbers = unsafe batch.numbers(3), let persons = unsafe batch.numbers(5) else {
      otherEnrollments += batch.count
      return
    }
    for (place, row) in batch.rows(as: EnrollmentRow.self).enumerated() {
      let classNumber = unsafe classNumbers[place]
      let person = unsafe persons[place]
      guard row.role.equals("student") || row.role.isEmpty, !row.status.equals("tobedeleted"),
        classNumber != noNumber, person != noNumber
      else {
        otherEnrollments += 1
        continue
      }
      students.append(
        Student(
          classNumber: classNumber, person: person, isSuspended: row.state.equals("suspended")))
    }
  }

  mutating func takeCategories(_ batch: RecordBatch) {
    guard let numbers = unsafe batch.numbers(0) else { return }
    for (place, row) in batch.rows(as: CategoryRow.self).enumerated() {
      let number = unsafe Int(numbers[place])
      guard number != Int(noNumber) else { continue }
      while categories.count <= number { categories.append(Category()) }
      categories[number] = Category(id: row.id.array, title: row.title.string)
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
      item.id = row.id.array
      item.title = row.title.string
      item.type = row.type.string
      item.scoreKind = row.score_kind.string
      if let classNumbers = unsafe classNumbers { item.classNumber = unsafe classNumbers[place] }
      item.position = Int(row.position.string) ?? 0
      item.positionText = row.position.array
      item.isDeleted = row.status.equals("tobedeleted")
      if item.isDeleted { deletedItems += 1 }
      items[number] = item
    }
  }

  /// Sorts students and items by class; call it once all are known.
  mutating func seal() {
    people.findShared()
    let count = classes.count
    // The sort of the standard library is stable.
    students.sort { $0.classNumber < $1.classNumber }
    studentStarts = Array(repeating: students.count, count: count + 1)
    for place in students.indices.reversed() where Int(students[place].classNumber) < count {
      studentStarts[Int(students[place].classNumber)] = place
    }
    for number in (0..<count).reversed() {
      studentStarts[number] = min(studentStarts[number], studentStarts[number + 1])
    }
    itemsOfClass = Array(repeating: [], count: count + 1)
    for (number, item) in items.enumerated() where !item.isDeleted && !item.id.isEmpty {
      itemsOfClass[min(Int(item.classNumber), count)].append(UInt32(number))
    }
    for number in itemsOfClass.indices {
      let all = items
      itemsOfClass[number].sort { all[Int($0)].position < all[Int($1)].position }
    }
  }

  /// The students of a class, in the order of their records.
  func students(of classNumber: Int) -> ArraySlice<Student> {
    guard classNumber < classes.count else { return [] }
    return students[studentStarts[classNumber]..<studentStarts[classNumber + 1]]
  }

  /// The items of a class, by their place and else in the order of their records; for the number
  /// after the last class, the items without one.
  func items(of classNumber: Int) -> [UInt32] {
    itemsOfClass.indices.contains(classNumber) ? itemsOfClass[classNumber] : []
  }

  /// The identifier of a class.
  func classID(_ classNumber: Int) -> [UInt8] {
    classes.indices.contains(classNumber) ? classes[classNumber].id : []
  }
}
