/// The words of Moodle's headings in the languages that are known: English, German, French,
/// Spanish, Swedish, Dutch, Italian and Portuguese. Headings in other languages are told by what
/// stands below them; totals are known in some more.
enum GradeWords {
  /// A heading in a language.
  struct Word {
    var language: String
    var text: String
  }

  private static func words(_ table: [(String, String)]) -> [Word] {
    table.map { Word(language: $0.0, text: $0.1) }
  }

  /// Headings of the columns that say who the learner is.
  private static let identity: [(role: GradeRole, words: [Word])] = [
    (
      .firstName,
      words([
        ("en", "first name"), ("de", "vorname"), ("fr", "prénom"), ("es", "nombre"),
        ("es", "nombre(s)"), ("sv", "förnamn"), ("en", "firstname"),
        ("nl", "voornaam"), ("it", "nome"), ("pt", "nome"),
      ])
    ),
    (
      .lastName,
      words([
        ("en", "surname"), ("en", "last name"), ("de", "nachname"), ("fr", "nom"),
        ("fr", "nom de famille"), ("es", "apellido(s)"), ("es", "apellidos"),
        ("sv", "efternamn"), ("en", "lastname"),
        ("nl", "achternaam"), ("it", "cognome"), ("pt", "sobrenome"), ("pt", "apelido"),
      ])
    ),
    (
      .fullName,
      words([
        ("en", "full name"), ("en", "first name / last name"), ("de", "vollständiger name"),
        ("fr", "nom complet"), ("es", "nombre completo"), ("sv", "fullständigt namn"),
        ("nl", "volledige naam"), ("it", "nome completo"), ("pt", "nome completo"),
      ])
    ),
    (
      .idNumber,
      words([
        ("en", "id number"), ("de", "id-nummer"), ("fr", "numéro d'identification"),
        ("fr", "numéro d’identification"), ("es", "número de id"), ("es", "número id"),
        ("sv", "id-nummer"), ("en", "idnumber"),
        ("nl", "id-nummer"), ("it", "codice identificativo"), ("pt", "número de identificação"),
        ("es", "número de identificación"),
      ])
    ),
    (
      .email,
      words([
        ("en", "email address"), ("en", "email"), ("de", "e-mail-adresse"), ("de", "e-mail"),
        ("fr", "adresse de courriel"), ("fr", "courriel"), ("es", "dirección de correo"),
        ("es", "dirección email"), ("es", "correo electrónico"), ("sv", "e-postadress"),
        ("nl", "e-mailadres"), ("it", "indirizzo email"), ("pt", "endereço de email"),
        ("pt", "endereço de e-mail"), ("es", "dirección de correo electrónico"),
      ])
    ),
    (
      .username,
      words([
        ("en", "username"), ("de", "anmeldename"), ("fr", "nom d'utilisateur"),
        ("fr", "nom d’utilisateur"), ("es", "nombre de usuario"), ("sv", "användarnamn"),
        ("nl", "gebruikersnaam"), ("pt", "nome de usuário"), ("pt", "nome de utilizador"),
      ])
    ),
    (
      .institution,
      words([
        ("en", "institution"), ("fr", "institution"), ("es", "institución"), ("sv", "institution"),
        ("de", "institution"), ("nl", "instelling"), ("it", "istituzione"),
        ("pt", "instituição"),
      ])
    ),
    (
      .department,
      words([
        ("en", "department"), ("de", "abteilung"), ("fr", "département"),
        ("es", "departamento"), ("sv", "avdelning"), ("nl", "afdeling"),
        ("it", "dipartimento"), ("pt", "departamento"),
      ])
    ),
    (
      .suspended,
      words([
        ("en", "suspended"), ("de", "gesperrt"), ("de", "deaktiviert"), ("fr", "suspendu"),
        ("es", "suspendido"), ("es", "suspendida"), ("sv", "avstängd"),
        ("nl", "geschorst"), ("it", "sospeso"), ("pt", "suspenso"),
      ])
    ),
    (
      .downloaded,
      words([
        ("en", "last downloaded from this course"),
        ("de", "zuletzt aus diesem kurs heruntergeladen"),
        ("de", "letzter export aus diesem kurs"),
        ("fr", "dernier téléchargement depuis ce cours"),
        ("es", "última descarga de este curso"), ("sv", "senast hämtad från denna kurs"),
      ])
    ),
  ]

  /// The role of a heading that is known, and the languages that it may be in.
  static func role(of heading: String) -> (role: GradeRole, languages: Set<String>)? {
    let plain = heading.trimmedBlanks.lowercased()
    for entry in identity {
      let found = entry.words.filter { $0.text == plain }
      if !found.isEmpty { return (entry.role, Set(found.map(\.language))) }
    }
    return nil
  }

  private static let displays: [(display: GradeDisplay, words: [String])] = [
    (
      .real,
      [
        "real", "punkte", "reell", "réel", "brut", "brute", "verklig", "poäng", "reelles", "echt",
        "punteggio", "reale",
      ]
    ),
    (
      .percentage,
      [
        "percentage", "prozentsatz", "prozent", "pourcentage", "porcentaje", "procent",
        "procenttal", "percentuale", "porcentagem", "percentagem",
      ]
    ),
    (.letter, ["letter", "buchstabe", "note", "lettre", "letra", "bokstav", "lettera"]),
    (
      .feedback,
      [
        "feedback", "rückmeldung", "feedback als kommentar", "commentaire", "rétroaction",
        "retroalimentación", "comentario", "comentarios", "återkoppling", "kommentar", "commento",
      ]
    ),
  ]

  /// How a column shows grades, by the word in parentheses behind the heading.
  static func display(of word: String) -> GradeDisplay? {
    let plain = word.lowercased()
    return displays.first { $0.words.contains(plain) }?.display
  }

  private static let modules: [(type: String, words: [String])] = [
    (
      "assignment",
      [
        "assignment", "aufgabe", "devoir", "tarea", "inlämningsuppgift", "uppgift", "opdracht",
        "compito", "tarefa",
      ]
    ),
    ("quiz", ["quiz", "test", "cuestionario", "examen", "questionário"]),
    ("forum", ["forum", "foro"]),
    ("lesson", ["lesson", "lektion", "leçon", "lección"]),
    ("workshop", ["workshop", "gegenseitige beurteilung", "atelier", "taller"]),
    ("glossary", ["glossary", "glossar", "glossaire", "glosario", "ordlista"]),
    ("database", ["database", "datenbank", "base de données", "base de datos", "databas"]),
    ("scorm", ["scorm package", "lernpaket", "paquetage scorm", "paquete scorm", "scorm-paket"]),
    (
      "lti",
      ["external tool", "externes tool", "outil externe", "herramienta externa", "externt verktyg"]
    ),
    ("h5pactivity", ["h5p"]),
    ("attendance", ["attendance", "anwesenheit", "présence", "asistencia", "närvaro"]),
  ]

  /// The kind of activity that a word before a colon names.
  static func type(of word: String) -> String? {
    let plain = word.lowercased()
    return modules.first { $0.words.contains(plain) }?.type
  }

  /// The word for a kind of activity before a title, or `nil` when there is none.
  static func prefix(of type: String) -> String? {
    guard let words = modules.first(where: { $0.type == type })?.words else { return nil }
    switch type {
    case "scorm": return "SCORM package"
    case "h5pactivity": return "H5P"
    default: return words[0].prefix(1).uppercased() + words[0].dropFirst()
    }
  }

  private static let courseTotals = [
    "course total", "kurs gesamt", "kursgesamt", "gesamtbewertung kurs", "total du cours",
    "total del curso", "samlat resultat på kurs", "kurstotal", "total curso", "cursustotaal",
    "totale corso", "total do curso", "total del curs", "celkem za kurz",
    "итоговая оценка за курс", "コース合計", "課程總分",
  ]

  private static let categoryTotals = [
    "category total", "kategorie gesamt", "summe für die kategorie", "total de la catégorie",
    "total catégorie", "total de la categoría", "total categoría",
    "samlat resultat för kategori", "summa av kategori", "kategoritotal", "categorietotaal",
    "totale categoria", "total da categoria", "total de la categoria", "celkem v kategorii",
    "カテゴリ合計", "類別總計",
  ]

  /// What stands around the name of a category, and the language that must be at hand; blank when
  /// the words are clear in any.
  private static let categoryFrames: [(language: String, prefix: String, suffix: String)] = [
    ("", "", " total"), ("", "", " gesamt"), ("", "Summe für ", ""), ("fr", "Total de ", ""),
    ("es", "Total ", ""), ("nl", "", " totaal"),
  ]

  /// What a heading totals, or `nil`.
  ///
  /// - Parameter language: The language of the headings, when it is known.
  static func total(_ heading: String, language: String = "") -> GradeTotal? {
    let text = heading.trimmedBlanks
    let plain = text.lowercased()
    if courseTotals.contains(plain) { return .course }
    if categoryTotals.contains(plain) { return .category("") }
    for frame in categoryFrames where frame.language.isEmpty || frame.language == language {
      guard text.hasPrefix(frame.prefix), text.hasSuffix(frame.suffix) else { continue }
      let name = text.dropFirst(frame.prefix.count).dropLast(frame.suffix.count)
      if !name.isEmpty { return .category(String(name).trimmedBlanks) }
    }
    return nil
  }

  /// Words that say no in the column on suspended learners.
  static func isNo(_ word: String) -> Bool {
    ["no", "nein", "non", "nej", "nee", "não", "0", "-"].contains(word.trimmedBlanks.lowercased())
  }
}

/// What a total adds up.
enum GradeTotal: Hashable {
  case course
  /// A category; its name when the heading says it.
  case category(String)
}

extension String {
  /// The text without blanks and tabs at its ends.
  var trimmedBlanks: String {
    let bytes = Array(utf8)
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
