import Assessment
import Testing

@Suite("Spaced review")
struct ReviewTests {
  @Test("intervals are those of py-fsrs' own test")
  func published() throws {
    let scheduler = try ReviewScheduler()
    let ratings = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
    var memory: ReviewScheduler.Memory?
    var days: [Int] = []
    for rating in ratings {
      let next = scheduler.review(
        memory, rating: try #require(.init(rawValue: rating)),
        afterSeconds: memory?.interval ?? 0)
      days.append(Int(next.interval / 86_400))
      memory = next
    }
    #expect(days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21])
  }

  @Test("stability and difficulty are those of py-fsrs' own test")
  func memoryState() throws {
    let scheduler = try ReviewScheduler()
    var memory: ReviewScheduler.Memory?
    for (rating, days) in zip([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21]) {
      memory = scheduler.review(
        memory, rating: try #require(.init(rawValue: rating)),
        afterSeconds: Double(days) * 86_400)
    }
    #expect(isNear(memory?.stability, 53.62691, 1e-4))
    #expect(isNear(memory?.difficulty, 6.3574867, 1e-4))
  }

  @Test("every case of the sample")
  func reference() throws {
    guard let sample = Sample.named("fsrs-6") else { return }
    let scheduler = try ReviewScheduler(parameters: sample["default_parameters"].numbers)
    for entry in sample["cases"].list {
      let days = entry["input", "days_before_review"].list
      var memory: ReviewScheduler.Memory?
      for (step, wanted) in entry["expected"].list.enumerated() {
        let seconds =
          days.isEmpty ? memory?.interval ?? 0 : (days[step].double * 86_400)
        let next = scheduler.review(
          memory, rating: try #require(.init(rawValue: entry["input", "ratings"].whole[step])),
          afterSeconds: seconds)
        #expect(isNear(next.stability, wanted["stability"].double, 1e-9 * next.stability))
        #expect(isNear(next.difficulty, wanted["difficulty"].double, 1e-9))
        #expect(next.interval == wanted["interval_seconds"].double)
        #expect(next.stage.rawValue == wanted["state"].text)
        memory = next
      }
      let last = try #require(memory)
      for point in entry["retrievability_after_last"].list {
        let found = scheduler.retrievability(
          of: last, afterDays: Int(point["days_after"].double))
        #expect(isNear(found, point["retrievability"].double, 1e-9))
      }
    }
  }

  @Test("a review is due when recall has fallen to the wanted share", arguments: [0.8, 0.9, 0.95])
  func due(retention: Double) throws {
    let scheduler = try ReviewScheduler(retention: retention, learningSteps: [])
    let memory = scheduler.review(nil, rating: .easy)
    let days = Int(memory.interval / 86_400)
    #expect(scheduler.retrievability(of: memory, afterDays: days + 1) < retention)
    #expect(scheduler.retrievability(of: memory, afterDays: max(0, days - 1)) > retention)
  }

  @Test("parameters of another version are refused")
  func refused() {
    #expect(throws: AssessmentError.self) { try ReviewScheduler(parameters: [1, 2, 3]) }
    #expect(throws: AssessmentError.self) { try ReviewScheduler(retention: 1) }
  }
}
