/// What the host of a call does on purpose.
struct TrialSetup {
  /// Callbacks after which one answers ``stopStatus``; `nil` for never.
  var stopsAfter: Int?
  /// What the callback that stops answers.
  var stopStatus: Int32 = 1
  /// Whether records are copied.
  var keepsRows = true
  /// Whether texts and values of records are looked at.
  var checksValues = true
  /// Bytes that a newer host has at the end of each struct.
  var extra = 0
  /// Whether memory is taken away after the call.
  var takesAway = false
  /// Reading: whether the source layer is asked for.
  var wantsSourceLayer = false
  /// Reading: whether the adapter may ask for a restart.
  var mayRestart = false
  /// Whether the options are given, each with its default.
  var givesDefaults = false
  /// Called at the start of each callback that reads or takes rows.
  var hook: (() -> Void)?
}
