#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Whether somebody else can put files into a place.
///
/// A file is as safe as the folders above it: who can write to one of them can put another file in
/// the place of this one. Folders belong to whom we trust already: the administrator, the user who
/// runs the program, the owner of the program's own file, and the owner of the root folder (which
/// is what the administrator is called in some containers).
struct PlaceCheck {
  /// The users whose files are taken.
  let owners: Set<uid_t>

  /// The check for this process.
  ///
  /// - Parameter executable: The path of the program, if it is known.
  init(executable: String? = HostFile.resolved("/proc/self/exe")) {
    var owners: Set<uid_t> = [0, geteuid()]
    for path in [executable, "/"].compactMap({ $0 }) {
      if let status = HostFile.status(path) { owners.insert(status.st_uid) }
    }
    self.owners = owners
  }

  /// Whether a file belongs to whom we trust, and not everybody may write to it.
  func isPrivate(_ status: stat) -> Bool {
    owners.contains(status.st_uid) && status.st_mode & S_IWOTH == 0
  }

  /// What is wrong with a file or folder or with a folder above it, or `nil` when all is well.
  ///
  /// - Parameter path: An absolute path without links.
  func fault(_ path: String) -> String? {
    guard path.hasPrefix("/") else { return "\(path) is not an absolute path" }
    var place = path
    var isFirst = true
    while true {
      guard let status = HostFile.status(place, followLinks: false) else {
        return "\(place) is not there"
      }
      guard owners.contains(status.st_uid) else {
        return "\(place) belongs to user \(status.st_uid), neither to you nor to the administrator"
      }
      // In a folder with the sticky bit nobody removes what others own, so it is safe above.
      let isSticky = !isFirst && status.st_mode & S_ISVTX != 0
      if status.st_mode & S_IFMT != S_IFLNK, status.st_mode & S_IWOTH != 0, !isSticky {
        return "everybody may write to \(place); run: chmod o-w \(place)"
      }
      if place == "/" { return nil }
      place = HostFile.folder(of: place)
      isFirst = false
    }
  }
}
