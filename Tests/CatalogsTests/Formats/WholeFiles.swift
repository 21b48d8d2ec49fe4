import CatalogFiles
import Catalogs

/// One file for each format with every field that its reader knows.
enum WholeFiles {
  static func inputs(_ format: CatalogFormat) -> [CatalogInput] {
    texts(format).map { CatalogInput(name: "whole", bytes: Array($0.utf8)) }
  }

  private static func texts(_ format: CatalogFormat) -> [String] {
    switch format {
    case .asnRDF: [asn]
    case .asnManifest: [manifest]
    case .ctdlASN: [ctdl]
    case .cass: [cass]
    case .scd: [scd]
    case .skos: [skos]
    case .esco: [escoItems, escoHierarchy, escoRelations]
    case .digComp: [digComp]
    case .moodle: [moodle]
    case .canvas: [canvas]
    case .openSALT: [openSALT]
    case .richSkills: [richSkills]
    case .sced: ["Course Code,Course Title,Course Description\n02052,Algebra,Linear.\n"]
    case .prerequisiteMap: [map]
    case .edgeList: ["id,from,to,kind,reason\nl1,urn:x:a,b,Arrow,Why\nl2,b,c,undirected,\n"]
    case .codeTable: [codeTable]
    case .documentList:
      ["id,jurisdiction,title,valid,subject,language,url\nd,Ours,T,1999,Math,en,urn:x:d\n"]
    case .casePackage, .jsonLines: []
    }
  }

  private static let dct = "http://purl.org/dc/terms/"
  private static let core = "http://purl.org/ASN/schema/core/"
  private static let rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

  private static func values(_ name: String, _ value: String) -> String {
    #""\#(name)":[{"value":"\#(value)","lang":"en"}]"#
  }

  private static var asn: String {
    let document = [
      values(rdfType, core + "StandardDocument"), values(dct + "title", "T"),
      values(dct + "description", "D"), values(dct + "creator", "C"),
      values(dct + "publisher", "P"), values(dct + "source", "https://s.example"),
      values(dct + "subject", "https://t.example/math"),
      values(core + "publicationStatus", "https://t.example/Published"),
      values(dct + "valid", "2010"), values(dct + "modified", "2011-05-27"),
      values("http://purl.org/gem/qualifiers/hasChild", "urn:x:a"),
    ]
    let export = [
      values("http://xmlns.com/foaf/0.1/primaryTopic", "urn:x:d"),
      values("http://creativecommons.org/ns#license", "https://l.example/by"),
    ]
    let item = [
      values(rdfType, core + "Statement"), values(dct + "description", "A"),
      values(core + "statementNotation", "1"), values(core + "altStatementNotation", "one"),
      values(core + "listID", "i"), values(core + "statementLabel", "Standard"),
      values(core + "comment", "Note"), values(dct + "educationLevel", "https://t.example/1"),
      values(dct + "subject", "https://t.example/math"), values(dct + "modified", "2011-05-27"),
      values(core + "exactAlignment", "urn:x:b"), values(core + "broadAlignment", "urn:x:b"),
      values(core + "minorAlignment", "urn:x:b"),
      values(core + "prerequisiteAlignment", "urn:x:b"),
    ]
    let subjects = [("urn:x:d", document), ("urn:x:e", export), ("urn:x:a", item)]
    return "{"
      + subjects.map { "\"\($0.0)\":{\($0.1.joined(separator: ","))}" }.joined(separator: ",")
      + ",\"urn:x:b\":{\(values(rdfType, core + "Statement")),\(values(dct + "description", "B"))}}"
  }

  private static let manifest = """
    [{"id":"urn:x:a","asn_identifier":"urn:x:y","text":"A","asn_statementNotation":"1",
    "asn_altStatementNotation":"one","asn_listID":"i","asn_statementLabel":{"literal":"Standard"},
    "asn_comment":"Note","dcterms_description":{"literal":"A","language":"en"},
    "dcterms_subject":{"prefLabel":"Math"},"dcterms_educationLevel":{"uri":"https://t.example/1"},
    "children":[{"id":"urn:x:b","text":"B"}]}]
    """

  private static let ctdl = """
    {"@graph":[{"@id":"urn:x:f","@type":"ceasn:CompetencyFramework","ceasn:name":{"en":"T"},
    "ceasn:description":{"en":"D"},"ceasn:publisherName":{"en":"P"},"ceasn:author":"C",
    "ceasn:source":"https://s.example","ceasn:inLanguage":"en","ceasn:versionIdentifier":"2",
    "ceasn:publicationStatusType":"https://t.example/Published",
    "ceasn:license":"https://l.example/by","ceasn:dateModified":"2014","ceasn:hasTopChild":"urn:x:a"},
    {"@id":"urn:x:a","@type":"ceasn:Competency","ceasn:competencyText":{"en":"A"},
    "ceasn:competencyLabel":{"en":"a"},"ceasn:codedNotation":"1","ceasn:altCodedNotation":"one",
    "ceasn:listID":"i","ceasn:competencyCategory":{"en":"Standard"},
    "ceasn:conceptKeyword":{"en":["k"]},"ceasn:comment":{"en":"Note"},"ceasn:inLanguage":"en",
    "ceasn:educationLevelType":"https://t.example/1","ceasn:dateModified":"2014",
    "ceasn:exactAlignment":"urn:x:b","ceasn:broadAlignment":"urn:x:b",
    "ceasn:minorAlignment":"urn:x:b","ceasn:prerequisiteAlignment":"urn:x:b"},
    {"@id":"urn:x:b","@type":"ceasn:Competency","ceasn:competencyText":{"en":"B"}}]}
    """

  private static func relation(_ type: String) -> String {
    """
    {"@type":"Relation","@id":"r-\(type)","source":"urn:x:a","target":"urn:x:b",\
    "relationType":"\(type)","description":"Why","dateModified":"2014"}
    """
  }

  private static var cass: String {
    let relations = ["narrows", "requires", "isEquivalentTo", "isRelatedTo"].map(relation)
    return """
      [{"@type":"Framework","@id":"urn:x:f","name":"T","description":"D","dateModified":"2014"},
      {"@type":"Competency","@id":"urn:x:a","name":{"@language":"en","@value":"A"},
      "ceasn:codedNotation":"1","description":"Note","dcterms:type":"Standard",
      "dateModified":"2014"},
      {"@type":"Competency","@id":"urn:x:b","name":"B"},\(relations.joined(separator: ","))]
      """
  }

  private static let scd = """
    {"id":"urn:x:f","title":"T","description":"D","version":"2","dateModified":"2014",
    "authoritativeSource":"https://s.example","competencyDefinition":[
    {"id":"urn:x:a","referenceCode":"1","title":"a","competencyStatement":{"en":"A"},
    "typeLabel":"Standard","dateModified":"2014"},{"id":"urn:x:b","competencyStatement":"B"}],
    "resourceAssociation":[{"id":"r1","associationType":"isChildOf","source":"urn:x:a",
    "destination":"urn:x:b"},{"id":"r2","associationType":"precedes","source":"urn:x:b",
    "destination":"urn:x:a"}]}
    """

  private static let skos = """
    {"@graph":[{"@id":"urn:x:s","@type":"skos:ConceptScheme","dct:title":"T","dct:creator":"C",
    "dct:publisher":"P","dct:description":"D","dct:subject":["Math"],"dct:language":"en",
    "dct:hasVersion":"2","dct:license":{"@id":"https://l.example/by"},
    "dct:source":"https://s.example","skos:note":"Note","dct:modified":"2014"},
    {"@id":"urn:x:a","@type":"skos:Concept","skos:prefLabel":{"en":"a"},"skos:definition":"A",
    "skos:altLabel":"one","dct:type":"Standard","skos:notation":"1","skos:hiddenLabel":["k"],
    "skos:note":"Note","dct:subject":["Math"],"dct:educationLevel":["01"],"dct:modified":"2014",
    "skos:exactMatch":{"@id":"urn:x:b"},"skos:broadMatch":{"@id":"urn:x:b"},
    "skos:related":{"@id":"urn:x:b"}},
    {"@id":"urn:x:b","@type":"skos:Concept","skos:prefLabel":"B"}]}
    """

  private static let escoItems = """
    ORIGINURI,ID,UUIDHISTORY,CODE,PREFERREDLABEL,ALTLABELS,DESCRIPTION,SCOPENOTE,SKILLTYPE
    urn:x:a,k1,u1,S1,a,one,A,Note,knowledge
    urn:x:b,k2,u2,,b,,B,,knowledge
    """

  private static let escoHierarchy = """
    PARENTOBJECTTYPE,PARENTID,CHILDID,CHILDOBJECTTYPE
    skill,k1,k2,skill
    """

  private static let escoRelations = "REQUIRINGID,RELATIONTYPE,REQUIREDID\nk1,essential,k2\n"

  private static let digComp = """
    {"@graph":[{"@type":"CompetenceArea","@id":"CompetenceArea/1","name":"a","description":"A"},
    {"@type":"ProficiencyLevel","@id":"ProficiencyLevel/Basic_1","four_levels_name":"Basic",
    "four_levels_description":"Simple."},
    {"@type":"LearningOutcome","@id":"LearningOutcome/LO1","description":"B",
    "competence_area_id":"CompetenceArea/1",
    "four_levels_proficiency_name":"ProficiencyLevel/Basic"}]}
    """

  private static let moodle = """
    Parent id number,Id number,Shortname,Description,Cross referenced competency id numbers,\
    Is framework
    ,F,T,D,,1
    ,A,a,A,B,
    A,B,b,B,,
    """

  private static let canvas = """
    vendor_guid,object_type,title,description,display_name,parent_guids
    a,group,1,A,a,
    b,outcome,1.1,B,b,a
    """

  private static let openSALT = """
    identifier,uri,fullStatement,humanCodingScheme,alternativeLabel,listEnumeration,\
    abbreviatedStatement,conceptKeywords,notes,subject,language,educationLevel,CFItemType,license,\
    lastChangeDateTime,sequenceNumber,isChildOf,isPartOf,isPeerOf,exactMatchOf,precedes,\
    isRelatedTo,replacedBy,exemplar,hasSkillLevel,isTranslationOf
    a,urn:x:a,A,1,one,i,a,k,Note,Math,en,01,Standard,by,2014-01-01,1,b,b,b,b,b,b,b,b,b,b
    b,,B,,,,,,,,,,,,,,,,,,,,,,,
    """

  private static let richSkills = """
    {"uuid":"u","id":"https://o.example/u","name":"T","description":"D","author":"C","skills":[
    {"uuid":"s","id":"https://o.example/s","skillName":"a","skillStatement":"A","keywords":["k"],
    "category":"Health","updateDate":"2024-01-01T00:00:00Z"}]}
    """

  private static let map = """
    {"id":"m","title":"T","description":"D","version":"2","publisher":"P","nodes":[
    {"id":"a","statement":"A","title":"a","code":"1","type":"Standard","grade":["1"],
    "ordinal":"i","notes":"Note","url":"urn:x:a","parent":"b"},{"id":"b","title":"B"}],
    "edges":[{"from":"a","to":"b","reason":"Why"}],"related":[{"from":"a","to":"b"}]}
    """

  private static let codeTable = """
    Code,Statement,Title,Type,Grade,Subject,Notes
    1,A,a,Standard,Grade 3,Math,Note
    """
}
