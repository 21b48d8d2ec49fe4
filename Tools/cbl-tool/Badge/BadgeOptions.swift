#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  /// What a verifier is given: documents, trust and the moment.
  struct BadgeOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Which local file stands for which URL; nothing else is looked up.", valueName: "file"))
    var resolver: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Whom you trust: an array of issuers, or {\"issuers\": [...], \"keys\": {...}}. Without "
          + "it trust is not asked for.", valueName: "file"))
    var trust: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The moment for which is asked, such as 2026-09-01T00:00:00Z. Without it now.",
        valueName: "time"))
    var at: String?

    func validate() throws {
      if let at, Instant(at) == nil {
        throw ValidationError("--at wants a moment such as 2026-09-01T00:00:00Z, found \(at)")
      }
    }

    /// The moment for which is asked.
    var moment: Instant { at.flatMap { Instant($0) } ?? SystemMoment.now }

    /// The verifier.
    func verifier() throws -> BadgeVerifier {
      var list = TrustList()
      if let trust {
        let bytes = try DocumentFile.read(trust)
        do { list = try TrustList(JSONNode(reading: bytes)) } catch {
          throw ToolFailure(65, "\(trust): \(error)")
        }
      }
      guard let resolver else { return BadgeVerifier(at: moment, trust: list) }
      return BadgeVerifier(at: moment, loader: try ResolverFile(resolver), trust: list)
    }
  }

  /// The present moment by the clock of the system.
  enum SystemMoment {
    static var now: Instant {
      var time = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &time)
      guard let now = Instant(secondsSince1970: Int64(time.tv_sec)) else {
        preconditionFailure("the clock of the system is outside of the years 1 to 9999")
      }
      return now
    }
  }
#endif
