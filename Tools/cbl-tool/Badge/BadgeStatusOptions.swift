#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import Interop
  import LinkedData

  /// Where it is published whether a badge is revoked.
  struct BadgeStatusOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp("The URL of the status list for revocation.", valueName: "url"))
    var statusList: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The place on the status list; of several badges the first one's. Without it a random one "
          + "that is free.", valueName: "index"))
    var statusIndex: Int?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The file that keeps which places are taken, one on each line; read, and written anew.",
        valueName: "file"))
    var statusTaken: String?

    @Option(
      name: .long,
      help: ArgumentHelp("How many places the status list has.", valueName: "number"))
    var statusCount = StatusList.leastCount

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The URL of an older list of 1EdTech, instead of a status list.", valueName: "url"))
    var revocationList: String?

    func validate() throws {
      if statusList == nil, statusIndex != nil || statusTaken != nil {
        throw ValidationError("--status-index and --status-taken go with --status-list")
      }
      if statusList != nil, statusIndex == nil, statusTaken == nil {
        throw ValidationError(
          "--status-list needs --status-taken, the file that keeps which places are taken, or a "
            + "--status-index")
      }
      if statusList != nil, revocationList != nil {
        throw ValidationError("--status-list and --revocation-list exclude each other")
      }
      if statusIndex.map({ $0 < 0 }) ?? false {
        throw ValidationError("--status-index is 0 or more")
      }
      guard (StatusList.leastCount...(1 << 24)).contains(statusCount) else {
        throw ValidationError("--status-count is 131072 to 16777216, found \(statusCount)")
      }
    }

    /// The places that are taken; all are free where the file is not there yet.
    func places() throws -> StatusPlaces {
      guard let statusTaken else { return StatusPlaces(count: statusCount) }
      do {
        let bytes = try DocumentFile.read(statusTaken, limit: 1 << 28)
        return try StatusPlaces(bytes, count: statusCount)
      } catch let error as InteropError where error.code == .noInput {
        return StatusPlaces(count: statusCount)
      } catch let error as BadgesError {
        throw BadgeFile.failure(error, statusTaken)
      }
    }

    /// The status entry of the next badge, `nil` where none was asked for.
    ///
    /// - Parameter number: How many badges came before.
    func entry(_ number: Int, _ places: inout StatusPlaces) throws(BadgesError) -> JSONNode? {
      if let revocationList { return RevocationList.entry(list: Identifier(revocationList)) }
      guard let statusList else { return nil }
      let index: Int
      if let statusIndex {
        index = statusIndex + number
        try places.take(index)
      } else {
        index = try places.takeAny()
      }
      return StatusListCredential.entry(
        list: Identifier(statusList), index: index, purpose: .revocation)
    }
  }
#endif
