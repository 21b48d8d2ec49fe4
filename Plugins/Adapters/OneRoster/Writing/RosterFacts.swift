internal import AdapterKit
internal import CAdapterABI

/// What later files need to know of earlier ones; texts belong to the writer's keeper.
struct RosterFacts {
  /// A class, by its number.
  struct Class {
    var id = Text.absent
    var course = Text.absent
    var organization = Text.absent
    var session = Text.absent
  }

  /// A person, by its number.
  struct Person {
    var id = Text.absent
    var role = Text.absent
    var organizations: [Text] = []
    /// Whether the record of the person says the role.
    var hasOwnRole = false
    /// Whether a role record says it.
    var hasRole = false
    var isTeacher = false
    var isStudent = false
  }

  /// A line item, by its number.
  struct Item {
    var dueDate = Text.absent
    var classNumber = UInt32.max
  }

  var classes: [Class] = []
  /// The class that was made up for line items without one, and its number.
  var gradebook: Class?
  static let gradebookNumber = UInt32.max - 1
  var people: [Person] = []
  var items: [Item] = []
  var organizations = 0
  /// The first school, else the first body.
  var organization = Text.absent
  var hasSchool = false
  var session = Text.absent
  var category = Text.absent
  var enrollments = 0
  /// Classes and learners of the results: class number in the upper half, person in the lower.
  var pairs: Set<UInt64> = []

  /// The class of a number; a blank one when there is none.
  func classOf(_ number: UInt32) -> Class {
    if number == Self.gradebookNumber, let gradebook { return gradebook }
    return Int(number) < classes.count ? classes[Int(number)] : Class()
  }

  mutating func withPerson(_ number: UInt32, _ body: (inout Person) -> Void) {
    guard number != .max else { return }
    while people.count <= Int(number) { people.append(Person()) }
    body(&people[Int(number)])
  }

  mutating func set(_ value: Class, _ number: UInt32) {
    if number == Self.gradebookNumber { gradebook = value }
    guard number < Self.gradebookNumber else { return }
    while classes.count <= Int(number) { classes.append(Class()) }
    classes[Int(number)] = value
  }

  mutating func set(_ value: Item, _ number: UInt32) {
    guard number != .max else { return }
    while items.count <= Int(number) { items.append(Item()) }
    items[Int(number)] = value
  }
}
