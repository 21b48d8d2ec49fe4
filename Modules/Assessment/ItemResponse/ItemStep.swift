/// The parameters of one item that fit expected counts best.
@safe
struct ItemStep {
  let nodes: [Double]
  let counts: UnsafeBufferPointer<Double>
  let stride: Int
  let prior: Calibration.GuessingPrior?

  /// Fisher's scoring with halved steps where the fit would get worse.
  func maximum(from start: ItemCurves) -> ItemCurves {
    var best = start
    var value = objective(best)
    for _ in 0..<6 {
      var (gradient, information) = unsafe best.score(nodes, counts, stride: stride)
      if best.hasGuessing, let prior {
        let place = best.categories
        let squared = prior.deviation * prior.deviation
        gradient[place] -= (best.parameters[place] - prior.mean) / squared
        information[place, place] += 1 / squared
      }
      for place in 0..<information.size {
        information[place, place] += 1e-9 * (1 + information[place, place])
      }
      guard let step = information.solve(gradient) else { break }
      let largest = step.reduce(0) { max($0, abs($1)) }
      guard largest > 1e-10 else { break }
      var scale = min(1, 2 / largest)
      var isBetter = false
      for _ in 0..<12 {
        var candidate = best
        for place in step.indices { candidate.parameters[place] += scale * step[place] }
        // A logit below -9 is a guessing of 0.0001 and less.
        if candidate.hasGuessing {
          candidate.parameters[candidate.categories] = max(
            -9, candidate.parameters[candidate.categories])
        }
        if candidate.isPossible {
          let reached = objective(candidate)
          if reached >= value - 1e-12 * abs(value) {
            (best, value, isBetter) = (candidate, reached, true)
            break
          }
        }
        scale /= 2
      }
      if !isBetter || largest * scale < 1e-7 { break }
    }
    return best
  }

  private func objective(_ curves: ItemCurves) -> Double {
    var value = unsafe curves.objective(nodes, counts, stride: stride)
    if curves.hasGuessing, let prior {
      let z = (curves.parameters[curves.categories] - prior.mean) / prior.deviation
      value -= 0.5 * z * z
    }
    return value
  }
}
