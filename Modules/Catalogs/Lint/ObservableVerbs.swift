/// English verbs for what a learner can be seen or heard to do.
///
/// The list is our own: verbs that teachers assess by a product or performance. Verbs for states of
/// mind, such as *understand*, *know* and *appreciate*, are not among them.
enum ObservableVerbs {
  /// Whether a statement has such a verb, in any of its regular forms.
  static func isMeasurable(_ statement: String) -> Bool {
    // Word by word, because the first is a verb in most statements.
    var rest = statement.lowercased()[...]
    while !rest.isEmpty {
      let word = rest.prefix { $0.isLetter }
      if !word.isEmpty, isVerb(String(word)) { return true }
      rest = rest[word.endIndex...].drop { !$0.isLetter }
    }
    return false
  }

  private static func isVerb(_ word: String) -> Bool {
    if verbs.contains(word) { return true }
    for ending in ["s", "es", "d", "ed", "ing"] where word.hasSuffix(ending) {
      let stem = String(word.dropLast(ending.count))
      if verbs.contains(stem) { return true }
      if ending == "ing", verbs.contains(stem + "e") { return true }
      if ending == "es" || ending == "ed", stem.hasSuffix("i"),
        verbs.contains(stem.dropLast() + "y")
      {
        return true
      }
      // "planning" doubles the last letter of "plan".
      if ending == "ing" || ending == "ed", let last = stem.last, stem.dropLast().last == last,
        verbs.contains(String(stem.dropLast()))
      {
        return true
      }
    }
    return false
  }

  private static let verbs = Set(
    """
    adapt add adjust analyse analyze annotate answer apply approximate argue arrange ask \
    assemble assess attribute balance blend bring build calculate capitalize carry categorize \
    choose cite clap classify collaborate collect combine come communicate compare complete \
    compose compute conclude conduct connect construct continue contrast contribute convert \
    convince cooperate copy correct count craft create critique cut dance debate debug decode \
    decompose deduce defend define demonstrate derive describe design detect determine develop \
    diagram differentiate discuss display dissect distinguish divide document draft draw edit \
    employ engage estimate evaluate examine exercise expand experiment explain express extend \
    extract factor fill find fit follow form formulate gather generalize generate give graph \
    group hypothesize identify illustrate imagine implement improve improvise infer inform \
    inquire inspect integrate interpret interview introduce invent investigate join judge \
    justify keep label lead list listen locate look make manage manipulate map mark match \
    measure mediate memorize mix model modify monitor move multiply name narrate negotiate \
    observe offer operate order organize outline paint paraphrase participate partition perform \
    persuade place plan play plot point practice predict prepare present produce program \
    pronounce propose prove provide publish question quote rank rate read reason recall recite \
    recognize recommend record recount refine reflect regroup relate remove repair repeat \
    rephrase replace report represent reproduce research respond restate retell revise reword \
    rewrite rhyme round run say segment select separate sequence serve set settle share show \
    simplify simulate sing sketch solve sort speak specify spell state structure subtract \
    suggest summarize support survey synthesize tabulate take teach tell test throw trace \
    transcribe transform translate try turn type use utilize validate verify view visualize \
    vocalize wait walk weigh work write
    """.split(separator: " ").map(String.init))
}
