public import AdapterHost

/// A format together with the adapter that knows it.
public struct FormatHandle: Sendable {
  /// The adapter.
  public let library: AdapterLibrary
  /// The format.
  public let format: LoadedFormat

  /// A format of an adapter.
  public init(library: AdapterLibrary, format: LoadedFormat) {
    self.library = library
    self.format = format
  }
}

/// The adapters at hand.
public struct AdapterCatalog: Sendable {
  /// The adapters, in the order in which they were found.
  public private(set) var libraries: [AdapterLibrary]
  /// Libraries that could not be used, and why.
  public private(set) var failures: [AdapterHostError] = []
  /// Adapters in bundles that were left out because nobody allowed them.
  ///
  /// Their manifests tell what they would know, so that messages can name them.
  public private(set) var undecided: [AdapterCandidate] = []
  /// What is told of an adapter that nobody named for the run and that crashed or hung while it was
  /// looked at.
  public typealias CrashListener = @Sendable (AdapterCandidate, AdapterHostError) -> Void
  private var onCrash: CrashListener = { _, _ in }
  /// Adapters that nobody named for the run, by the paths of their libraries.
  private var scanned: [String: AdapterCandidate] = [:]

  /// A catalog of adapters that were loaded already.
  public init(libraries: [AdapterLibrary]) {
    self.libraries = libraries
  }

  /// Loads adapters; one that fails is noted in ``failures`` and left out.
  ///
  /// - Parameter paths: Absolute paths of libraries.
  public init(loading paths: [String]) {
    libraries = []
    for path in paths { add(path) { () throws(AdapterHostError) in try AdapterLibrary.load(path) } }
  }

  /// Loads the adapters that may run; the others are noted in ``failures`` and none of their code
  /// runs.
  ///
  /// - Parameters:
  ///   - candidates: What was found.
  ///   - trust: Decides which of them may run.
  ///   - place: Where they run.
  ///   - onCrash: Told of an adapter that nobody named for the run and that crashed or hung while it
  ///     was loaded or probed, in a process of its own; the others go on without it.
  public init(
    choosing candidates: [AdapterCandidate], trust: AdapterTrust,
    place: AdapterPlace = AdapterPlace(), onCrash: @escaping CrashListener = { _, _ in }
  ) {
    libraries = []
    self.onCrash = onCrash
    for candidate in candidates {
      let decision = trust.decision(for: candidate)
      if decision.state.mayRun, let library = candidate.library {
        if !candidate.origin.isExplicit { scanned[library] = candidate }
        add(library) { () throws(AdapterHostError) in
          try place.open(library, trust: decision.state)
        }
        continue
      }
      failures.append(
        candidate.failure
          ?? AdapterHostError(
            .notAllowed, "it is \(decision.state.rawValue): \(decision.reason)",
            adapter: candidate.path))
      if decision.state == .unknown, candidate.bundle != nil { undecided.append(candidate) }
    }
    trust.saveDigests()
  }

  private mutating func add(
    _ path: String, _ open: () throws(AdapterHostError) -> AdapterLibrary
  ) {
    do throws(AdapterHostError) {
      let library = try open()
      if !libraries.contains(where: { $0.info.identifier == library.info.identifier }) {
        libraries.append(library)
      }
    } catch {
      failures.append(error)
      if Self.isCrash(error), let candidate = scanned[path] { onCrash(candidate, error) }
    }
  }

  private static func isCrash(_ error: AdapterHostError) -> Bool {
    [.crashed, .hung, .forbidden].contains(error.code)
  }

  /// All formats, adapter by adapter.
  public var formats: [FormatHandle] {
    libraries.flatMap { library in
      library.info.formats.map { FormatHandle(library: library, format: $0) }
    }
  }

  /// The format that a user names, by identifier or alias.
  ///
  /// - Throws: ``InteropError`` with the names that there are.
  public func format(named name: String) throws(InteropError) -> FormatHandle {
    if let handle = formats.first(where: { $0.format.isNamed(name) }) { return handle }
    if let other = undecided.first(where: { $0.knows(format: name) == true }) {
      throw InteropError(
        .notAllowed,
        "the format \(name) is one of the adapter \(other.name), which nobody allowed yet; look at "
          + "it and run: cbl-tool adapter allow \(other.name)")
    }
    let names = formats.map(\.format.identifier).sorted().joined(separator: ", ")
    throw InteropError(.usage, "there is no format \(name); there are: \(names)")
  }

  /// How sure each format is about an input, the surest first.
  ///
  /// An adapter that nobody named for the run and that crashes is left out.
  ///
  /// - Throws: What reading the heads of the members threw.
  public func probe(_ container: Container) throws -> [ProbeVerdict] {
    let source = ContainerSource(container)
    var verdicts: [ProbeVerdict] = []
    var crashed: Set<String> = []
    for handle in formats where handle.format.reads && !crashed.contains(handle.library.path) {
      do {
        let (confidence, reason) = try handle.library.probe(source, format: handle.format)
        guard confidence > 0 else { continue }
        verdicts.append(ProbeVerdict(handle: handle, confidence: confidence, reason: reason))
      } catch let error as AdapterHostError where Self.isCrash(error) {
        guard let candidate = scanned[handle.library.path] else { throw error }
        crashed.insert(handle.library.path)
        onCrash(candidate, error)
      }
    }
    verdicts.removeAll { crashed.contains($0.handle.library.path) }
    return verdicts.enumerated().sorted {
      ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
    }.map(\.element)
  }

  /// The format of an input: the one that is surest.
  ///
  /// - Throws: ``InteropError`` when no format is sure, or two are equally sure.
  public func recognize(_ container: Container) throws -> ProbeVerdict {
    let verdicts = try probe(container)
    guard let best = verdicts.first, best.confidence >= 20 else {
      throw InteropError(
        .badInput,
        "no format of the adapters at hand fits this input; name one with --from, "
          + "or see what there is with: cbl-tool formats\(hint(container))", place: container.path)
    }
    if verdicts.count > 1, verdicts[1].confidence == best.confidence {
      let names = verdicts.filter { $0.confidence == best.confidence }
        .map(\.handle.format.identifier).joined(separator: ", ")
      throw InteropError(
        .badInput, "several formats fit this input equally well (\(names)); name one with --from",
        place: container.path)
    }
    return best
  }

  /// Names an adapter that nobody allowed and whose manifest fits an input.
  private func hint(_ container: Container) -> String {
    let names = container.members.map(\.name)
    let fitting = undecided.first { candidate in
      candidate.bundle?.manifest.formats.contains { format in
        format.reads && names.contains { format.hasExtension(of: $0) }
      } ?? false
    }
    guard let fitting else { return "" }
    return "; the adapter \(fitting.name), which nobody allowed yet, may know it: "
      + "cbl-tool adapter info \(fitting.name)"
  }
}

/// How sure a format is about an input.
public struct ProbeVerdict: Sendable {
  /// The format.
  public let handle: FormatHandle
  /// From 1 to 100, certain.
  public let confidence: Int
  /// Why.
  public let reason: String
}
