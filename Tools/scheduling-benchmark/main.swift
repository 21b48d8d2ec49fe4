import Scheduling

/// Numbers that are the same on every machine.
struct Numbers {
  private var state: UInt64 = 1

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}

/// Seats invented learners, as a first measure of the exact solver.
func seatOneBlock() throws {
  var numbers = Numbers()
  var choices: [[TransportProblem.Choice]] = []
  for _ in 0..<500 {
    choices.append(
      (0..<26).filter { _ in numbers.below(2) == 0 }.map {
        TransportProblem.Choice($0, value: numbers.below(2_000))
      })
  }
  let problem = try TransportProblem(
    choices: choices, capacities: Array(repeating: 20, count: 26))
  let elapsed = ContinuousClock().measure { print("objective \(problem.solve().objective)") }
  print("one block of 500 learners: \(elapsed)")
}

try seatOneBlock()
