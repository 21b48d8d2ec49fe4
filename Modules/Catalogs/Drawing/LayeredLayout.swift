/// Places of nodes in layers from left to right, after Sugiyama, Tagawa and Toda (1981): long edges
/// are cut at each layer, layers are ordered by barycentres, and places follow neighbours.
///
/// Everything is computed in one order, so the same graph gives the same picture.
struct LayeredLayout {
  /// A line of an edge: the vertical places at each layer from its first to its last.
  struct Route {
    var edge: Int
    var firstLayer: Int
    /// The vertical place at each layer.
    var places: [Double]
  }

  /// A node or the bend of a long edge.
  private struct Vertex {
    var layer: Int
    /// The node, -1 for bends.
    var node: Int
  }

  /// The vertical place of each node; the unit is the height of a row.
  private(set) var rows: [Double]
  /// The edges that go from a lower to a higher layer.
  private(set) var routes: [Route] = []
  /// How many rows there are.
  private(set) var rowCount = 0.0

  private var vertices: [Vertex] = []
  private var after: [[Int]] = []
  private var before: [[Int]] = []
  private var layers: [[Int]] = []
  private var places: [Int] = []

  /// Lays out nodes.
  ///
  /// - Parameters:
  ///   - layer: The layer of each node, from 0.
  ///   - edges: Pairs of nodes; those within a layer or backwards take no part.
  /// - Complexity: O(sweeps · (*n* log *n* + edges · layers)).
  init(layer: [Int], edges: [(from: Int, to: Int)]) {
    rows = [Double](repeating: 0, count: layer.count)
    for (node, layer) in layer.enumerated() { addVertex(Vertex(layer: layer, node: node)) }
    var chains: [(edge: Int, chain: [Int])] = []
    for (number, edge) in edges.enumerated() where layer[edge.from] < layer[edge.to] {
      var chain = [edge.from]
      for between in (layer[edge.from] + 1)..<max(layer[edge.to], layer[edge.from] + 1)
      where between < layer[edge.to] {
        chain.append(addVertex(Vertex(layer: between, node: -1)))
      }
      chain.append(edge.to)
      for (first, second) in zip(chain, chain.dropFirst()) {
        after[first].append(second)
        before[second].append(first)
      }
      chains.append((number, chain))
    }
    layers = [[Int]](repeating: [], count: (layer.max() ?? -1) + 1)
    places = [Int](repeating: 0, count: vertices.count)
    startOrder()
    order()
    let heights = coordinates()
    for node in layer.indices { rows[node] = heights[node] }
    routes = chains.map { number, chain in
      Route(edge: number, firstLayer: layer[chain[0]], places: chain.map { heights[$0] })
    }
    rowCount = (heights.max() ?? 0) + 1
  }

  @discardableResult
  private mutating func addVertex(_ vertex: Vertex) -> Int {
    vertices.append(vertex)
    after.append([])
    before.append([])
    return vertices.count - 1
  }

  // MARK: Order

  /// Depth first from the nodes in their order, so that what hangs together begins side by side.
  private mutating func startOrder() {
    var isSeen = [Bool](repeating: false, count: vertices.count)
    for start in vertices.indices where !isSeen[start] {
      var stack = [start]
      while let vertex = stack.popLast() {
        guard !isSeen[vertex] else { continue }
        isSeen[vertex] = true
        layers[vertices[vertex].layer].append(vertex)
        stack += (after[vertex] + before[vertex]).filter { !isSeen[$0] }.sorted(by: >)
      }
    }
    for layer in layers.indices { number(layer) }
  }

  private mutating func number(_ layer: Int) {
    for (place, vertex) in layers[layer].enumerated() { places[vertex] = place }
  }

  /// Orders layers by the mean place of their neighbours, to and fro, and keeps the best order.
  private mutating func order() {
    var best = layers
    var fewest = crossings()
    for sweep in 0..<24 where fewest > 0 {
      let isForward = sweep.isMultiple(of: 2)
      for layer in isForward ? Array(layers.indices) : layers.indices.reversed() {
        sort(layer, by: isForward ? before : after)
      }
      let count = crossings()
      if count < fewest { (best, fewest) = (layers, count) }
    }
    layers = best
    for layer in layers.indices { number(layer) }
  }

  private mutating func sort(_ layer: Int, by neighbours: [[Int]]) {
    let keyed = layers[layer].map { vertex in
      let next = neighbours[vertex]
      let sum = next.reduce(0) { $0 + places[$1] }
      return (vertex, next.isEmpty ? Double(places[vertex]) : Double(sum) / Double(next.count))
    }
    layers[layer] = keyed.sorted { ($0.1, places[$0.0]) < ($1.1, places[$1.0]) }.map(\.0)
    number(layer)
  }

  /// How many pairs of lines cross, counted between neighbouring layers with a tree of sums (Barth,
  /// Mutzel and Jünger 2004).
  private func crossings() -> Int {
    var crossings = 0
    for layer in layers.indices.dropLast() {
      let width = layers[layer + 1].count
      var tree = [Int](repeating: 0, count: width + 1)
      var seen = 0
      for vertex in layers[layer] {
        let ends = after[vertex].map { places[$0] }.sorted()
        for end in ends {
          var (place, before) = (end + 1, 0)
          while place > 0 {
            before += tree[place]
            place -= place & -place
          }
          crossings += seen - before
        }
        for end in ends {
          var place = end + 1
          while place <= width {
            tree[place] += 1
            place += place & -place
          }
          seen += 1
        }
      }
    }
    return crossings
  }

  // MARK: Places

  /// The distance that two vertices of one layer keep: lines may run closer than boxes.
  private func distance(_ upper: Int, _ lower: Int) -> Double {
    switch (vertices[upper].node < 0, vertices[lower].node < 0) {
    case (true, true): 0.4
    case (false, false): 1
    default: 0.75
    }
  }

  /// Moves layers to where their neighbours are, in turn, each as near as its order allows.
  private func coordinates() -> [Double] {
    var heights = [Double](repeating: 0, count: vertices.count)
    for layer in layers {
      var height = 0.0
      for (place, vertex) in layer.enumerated() {
        if place > 0 { height += distance(layer[place - 1], vertex) }
        heights[vertex] = height
      }
    }
    for pass in 0..<24 {
      let isForward = pass.isMultiple(of: 2)
      // The last passes look both ways.
      let isBoth = pass >= 12
      for layer in isForward ? Array(layers.indices) : layers.indices.reversed() {
        settle(layers[layer], isBoth: isBoth, isForward: isForward, &heights)
      }
    }
    let top = heights.min() ?? 0
    return heights.map { $0 - top }
  }

  private func settle(
    _ layer: [Int], isBoth: Bool, isForward: Bool, _ heights: inout [Double]
  ) {
    let wishes = layer.map { vertex -> (height: Double, weight: Double) in
      let near =
        isBoth ? before[vertex] + after[vertex] : isForward ? before[vertex] : after[vertex]
      guard !near.isEmpty else { return (heights[vertex], 0.05) }
      var (sum, weight) = (0.0, 0.0)
      for other in near {
        // Long lines are straightened before short ones.
        let isLong = vertices[vertex].node < 0 && vertices[other].node < 0
        let own = isLong ? 8.0 : vertices[vertex].node < 0 || vertices[other].node < 0 ? 2 : 1
        sum += own * heights[other]
        weight += own
      }
      return (sum / weight, weight)
    }
    var offsets: [Double] = []
    for (place, vertex) in layer.enumerated() {
      offsets.append(place == 0 ? 0 : offsets[place - 1] + distance(layer[place - 1], vertex))
    }
    let found = LayeredLayout.rising(
      zip(wishes, offsets).map { ($0.height - $1, $0.weight) })
    for (place, vertex) in layer.enumerated() { heights[vertex] = found[place] + offsets[place] }
  }

  /// The rising values nearest to wished ones, by weighted squares (pool adjacent violators).
  private static func rising(_ wishes: [(value: Double, weight: Double)]) -> [Double] {
    var blocks: [(value: Double, weight: Double, count: Int)] = []
    for wish in wishes {
      var block = (value: wish.value, weight: wish.weight, count: 1)
      while let last = blocks.last, last.value > block.value {
        blocks.removeLast()
        let weight = last.weight + block.weight
        block.value = (last.value * last.weight + block.value * block.weight) / weight
        block.weight = weight
        block.count += last.count
      }
      blocks.append(block)
    }
    return blocks.flatMap { [Double](repeating: $0.value, count: $0.count) }
  }
}
