extension CanvasVariant {
  /// Gradebooks of older versions, and as people change them.
  static let editedGradebooks: [CanvasVariant] = [
    CanvasVariant(
      "manual hidden", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=2 result=2",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11),Test (12)
      ,,,,,Manual Posting (scores hidden from instructors),Manual Posting
          Points Possible,,,,,10.00,20.00
      "A, B",1,s,ab,S,N/A,19.00

      """#),
    CanvasVariant(
      "thousands", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=1 result=2 aggregateGrade=2",
      #"""
      Student,ID,Section,Big (11),Current Points
          Points Possible,,,"2,000.00",(read only)
      "A, B",1,S,"1,234.50","1,234.50"
      "C, D",2,S,"1,100.00","1,100.00"

      """#),
    CanvasVariant(
      "1234", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      problems: ["canvas.number_unclear=1"],
      #"""
      Student,ID,Section,Big (11)
          Points Possible,,,2000
      "A, B",1,S,"1,234"
      "C, D",2,S,900

      """#),
    CanvasVariant(
      "zero students", "canvas-gradebook", "class=1 lineItem=1",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11),Current Score
          Points Possible,,,,,10.00,(read only)

      """#),
    CanvasVariant(
      "header only", "canvas-gradebook", "class=1 lineItem=1",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11)

      """#),
    CanvasVariant(
      "no assignments", "canvas-gradebook", "class=1 person=1 enrollment=1 aggregateGrade=1",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Current Score,Final Score
          Points Possible,,,,,(read only),(read only)
      "A, B",1,s,ab,S,,0.00

      """#),
    CanvasVariant(
      "dup titles", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=4 result=4",
      #"""
      Student,ID,Section,Quiz (11),Quiz (12),Quiz,Quiz
          Points Possible,,,5.00,5.00,5.00,5.00
      "A, B",1,S,1.00,2.00,3.00,4.00

      """#),
    CanvasVariant(
      "dup ids", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=2 result=2",
      #"""
      Student,ID,Section,Quiz (11),Quiz (11)
          Points Possible,,,5.00,5.00
      "A, B",1,S,1.00,2.00

      """#),
    CanvasVariant(
      "names", "canvas-gradebook", "class=1 person=6 enrollment=6 lineItem=1 result=6",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11)
          Points Possible,,,,,10.00
      "O'Neil, Sue ""Suzy""",1,s1,sue,S,1.00
      "=""=evil()""",2,s2,e,S,2.00
      "van der Berg, Jr., Tim",3,s3,tim,S,3.00
      Madonna,4,s4,mad,S,4.00
      "Lee , Ann ",5,s5,lee,S,5.00
      -Dash,6,s6,dash,S,6.00

      """#),
    CanvasVariant(
      "titles", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=7 result=7",
      #"""
      Student,ID,Section,"Essay, ""Hamlet"" (draft) (11)",50% Quiz (12),=Sum (13),A > B (14),\#
      Lab (2) (15),"Line
      break (16)", Lead (17)
          Points Possible,,,10.00,10.00,10.00,10.00,10.00,10.00,10.00
      "A, B",1,S,1.00,2.00,3.00,4.00,5.00,6.00,7.00

      """#),
    CanvasVariant(
      "blank rows", "canvas-gradebook", "class=1 person=6 enrollment=2 lineItem=1 result=2",
      problems: ["csv.blank_line=4"],
      #"""
      Student,ID,Section,Quiz (11)
      ,,,
          Points Possible,,,10.00
      ,,,
      "A, B",1,S,1.00
      ,,,

      "C, D",2,S,2.00

      """#),
    CanvasVariant(
      "excel trailing semicolon", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=1 result=2", form: .byteOrderMark,
      #"""
      Student;ID;Section;Quiz (11);;
          Points Possible;;;10;;
      A, B;1;S;1,5;;
      C, D;2;S;2;;

      """#),
    CanvasVariant(
      "import hand", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=2 result=3",
      #"""
      Student,ID,Section,Quiz 1,Essay
      Points Possible,,,10,20
      "A, B",1,S,9,18
      "C, D",2,S,8,

      """#),
    CanvasVariant(
      "no ids", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=2 result=3",
      #"""
      Student,ID,Section,Quiz 1,Essay
      "A, B",,S,9,18
      "C, D",,S,8,

      """#),
    CanvasVariant(
      "bigids", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=1 result=1",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (10000000000000456)
          Points Possible,,,,,10.00
      "A, B",10000000000000123,0000123,0123@x.org,S,1.00

      """#),
    CanvasVariant(
      "zero points", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=2 result=2",
      #"""
      Student,ID,Section,Extra (11),Survey (12)
          Points Possible,,,0.00,
      "A, B",1,S,1.00,3.00

      """#),
    CanvasVariant(
      "custom numeric", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=1 result=2 aggregateGrade=2",
      #"""
      Student,ID,SIS Login ID,Section,Absences,Quiz (11),Current Score
          Points Possible,,,,,10.00,(read only)
      "A, B",1,ab,S,3,9.00,90.00
      "C, D",2,cd,S,0,8.00,80.00

      """#),
    CanvasVariant(
      "mixed marks", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=2 result=3",
      #"""
      Student;ID;Section;Quiz (11);Lab (12)
          Points Possible;;;10,00;5.00
      A;1;S;9,50;4.50
      B;2;S;8,25;

      """#),
    CanvasVariant(
      "fr 1234", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      #"""
      Student;ID;Section;Quiz (11)
          Points Possible;;;2000,00
      A;1;S;1.234,50
      B;2;S;1,234

      """#),
    CanvasVariant(
      "section dash", "canvas-gradebook", "class=1 person=2 enrollment=1 lineItem=1 result=1",
      problems: ["canvas.row_shifted=1"],
      #"""
      Student,ID,Section,Quiz (11)
          Points Possible,,,10.00
      A,1,P-1,1.00
      B,2,-,2.00

      """#),
    CanvasVariant(
      "reorder", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      #"""
      ID,Student,Section,Quiz (11)
      ,Points Possible,,10
      1,"A, B",S,9
      2,"C, D",S,8

      """#),
    CanvasVariant(
      "studentname", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=1 result=1",
      #"""
      Student Name,Student ID,Section,Quiz (11)
      A,1,S,9

      """#),
    CanvasVariant(
      "nosection", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      Student,ID,SIS Login ID,Quiz (11),Current Score
          Points Possible,,,10.00,(read only)
      A,1,a,9.00,90.00

      """#),
    CanvasVariant(
      "excused", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=2 result=4",
      problems: ["canvas.score_unknown=2"],
      #"""
      Student,ID,Section,Quiz (11),Lab (12)
      A,1,S,ex,Excused
      B,2,S,5,missing

      """#),
    CanvasVariant(
      "formula", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      problems: ["csv.bare_quote=1", "canvas.score_unknown=1"],
      #"""
      Student,ID,Section,Quiz (11),Note
          Points Possible,,,10.00,
      A,1,S,="9.50","=""=x"""
      B,2,S,8.00,@y

      """#),
    CanvasVariant(
      "ragged", "canvas-gradebook", "class=1 person=3 enrollment=1 lineItem=2 result=2",
      problems: ["csv.row_too_short=1", "csv.row_too_long=1"],
      #"""
      Student,ID,Section,Quiz (11),Lab (12)
          Points Possible,,,10.00,5.00
      A,1,S,9.00
      B,2,S,8.00,4.00,extra
      C,3,S,7.00,3.00

      """#),
    CanvasVariant(
      "emptyid", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11)
          Points Possible,,,,,10.00
      "A, B",,s1,a,S,9.00
      "A, B",,s2,b,S,8.00

      """#),
    CanvasVariant(
      "paren_section", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=1 result=1",
      #"""
      Student,ID,SIS Login ID,Section,Quiz (11)
          Points Possible,,,,10.00
      A,1,a,Math (1),9.00

      """#),
    CanvasVariant(
      "et", "canvas-gradebook", "class=2 person=2 enrollment=2 lineItem=2 result=2",
      #"""
      Étudiant;ID;ID utilisateur SIS;Identifiant de connexion SIS;Section;Devoir (11)
          Points possibles;;;;;10,00
      A;1;s;a;Groupe 1 et Groupe 2;9,50
      B;2;s2;b;Groupe 1;8,50

      """#),
  ]
}
