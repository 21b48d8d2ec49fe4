public import Catalogs

/// The catalogs of this module: mathematics in four domains and thirteen levels, and habits.
///
/// They were written for this project and are free to use. The types `ExampleMath` and
/// `ExampleHabits` are generated from them when the module is built.
public enum Examples {
  /// Mathematics: a target for each domain and level.
  public static var math: Catalog { ExampleMath.catalog }
  /// Habits of work, which are no academic targets.
  public static var habits: Catalog { ExampleHabits.catalog }
}
