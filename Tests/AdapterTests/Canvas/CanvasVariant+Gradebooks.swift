extension CanvasVariant {
  /// Gradebooks as Canvas exports them.
  static let gradebooks: [CanvasVariant] = [
    CanvasVariant(
      "base", "canvas-gradebook",
      "class=1 person=3 enrollment=3 lineItem=2 result=4 aggregateGrade=8",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Lab 01 (150834),Midterm Exam (157892),\#
      Current Score,Unposted Current Score,Final Score,Unposted Final Score
      ,,,,,Manual Posting,,,,,
          Points Possible,,,,,10.00,24.00,(read only),(read only),(read only),(read only)
      "Lovelace, Ada",101,S001,ada,Algebra 1,9.50,22.00,95.00,95.00,92.65,92.65
      "Hopper, Grace",102,S002,grace,Algebra 1,EX,18.50,77.08,77.08,77.08,77.08
      "Student, Test",999,,,Algebra 1,,,,,,

      """#),
    CanvasVariant(
      "no special", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=2 result=2",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (11),Quiz 2 (12)
      "Lee, Ann",1,a1,ann,S1,5,
      "Ng, Bo",2,a2,bo,S1,,7

      """#),
    CanvasVariant(
      "points only", "canvas-gradebook", "class=1 person=1 enrollment=1 lineItem=2 result=1",
      #"""
      Student,ID,Section,Quiz 1 (11),Quiz 2 (12)
          Points Possible,,,5.00,10.00
      "Lee, Ann",1,S1,5.00,

      """#),
    CanvasVariant(
      "readonly cols", "canvas-gradebook",
      "class=1 person=1 enrollment=1 category=1 lineItem=1 result=1 aggregateGrade=4",
      #"""
      Student,ID,SIS Login ID,Section,Quiz (11),Assignments Current Points (read only),\#
      Assignments Final Points (read only),Current Score (read only),Final Score (read only)
          Points Possible,,,,10.00,(read only),(read only),(read only),(read only)
      "Lee, Ann",1,ann,S1,5.00,5.00,5.00,50.00,50.00

      """#),
    CanvasVariant(
      "integration root", "canvas-gradebook", "class=1 person=2 enrollment=2 lineItem=1 result=2",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Quiz (11)
          Points Possible,,,,,,,10.00
      "Lee, Ann",1,s1,ann,int-1,canvas.example.edu,S1,5.00
      "Ng, Bo",2,s2,bo,int-2,canvas.example.edu,S1,6.00

      """#),
    CanvasVariant(
      "lastfirst", "canvas-gradebook",
      "class=1 person=3 enrollment=3 lineItem=1 result=2 aggregateGrade=2",
      #"""
      LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Quiz (11),Current Score
          Points Possible,,,,,,10.00,(read only)
      Lee,Ann,1,s1,ann,S1,5.00,50.00
      Ng,Bo,2,s2,bo,S1,6.00,60.00
      Student,Test,3,,,S1,,

      """#),
    CanvasVariant(
      "notes custom", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=1 result=2 aggregateGrade=4",
      #"""
      Student,ID,SIS Login ID,Section,Notes,Advisor,Seat (row),Quiz (11),Current Score,\#
      Final Score
          Points Possible,,,,,,,10.00,(read only),(read only)
      "Lee, Ann",1,ann,S1,"likes ""maps"", and
      lines",Dr. X,3,5.00,50.00,50.00
      "Ng, Bo",2,bo,S1,,Dr. Y,4,6.00,60.00,60.00

      """#),
    CanvasVariant(
      "groups", "canvas-gradebook",
      "class=1 person=2 enrollment=2 category=2 lineItem=2 result=3 aggregateGrade=37",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (1),Essay (2),Homework Current Points,\#
      Homework Final Points,Homework Current Score,Homework Unposted Current Score,\#
      Homework Final Score,Homework Unposted Final Score,Essays & Tests Current Score,\#
      Essays & Tests Unposted Current Score,Essays & Tests Final Score,\#
      Essays & Tests Unposted Final Score,Current Points,Final Points,Current Score,\#
      Unposted Current Score,Final Score,Unposted Final Score,Current Grade,\#
      Unposted Current Grade,Final Grade,Unposted Final Grade,Override Score,Override Grade,\#
      Override Status
          Points Possible,,,,,10.00,100.00,(read only),(read only),(read only),(read only),\#
      (read only),(read only),(read only),(read only),(read only),(read only),(read only),\#
      (read only),(read only),(read only),(read only),(read only),(read only),(read only),\#
      (read only),(read only),(read only),(read only),(read only)
      "Lee, Ann",1,s1,ann,S1,9.00,88.00,9.00,9.00,90.00,90.00,90.00,90.00,88.00,88.00,88.00,\#
      88.00,97.00,97.00,88.18,88.18,88.18,88.18,B+,B+,B+,B+,91.00,A-,
      "Ng, Bo",2,s2,bo,S1,,70.00,,,,,,,70.00,70.00,70.00,70.00,70.00,70.00,70.00,70.00,63.64,\#
      63.64,C−,C−,D,D,,,Incomplete

      """#),
    CanvasVariant(
      "period", "canvas-gradebook",
      "academicSession=1 class=1 person=1 enrollment=1 category=1 lineItem=1 result=1 aggregateGrade=5",
      #"""
      Student,ID,SIS Login ID,Section,Quiz (11),Homework Current Score (Quarter 1),\#
      Current Score (Quarter 1),Final Score (Quarter 1),Current Grade (Quarter 1),\#
      Final Grade (Quarter 1)
          Points Possible,,,,10.00,(read only),(read only),(read only),(read only),(read only)
      "Lee, Ann",1,ann,S1,5.00,50.00,50.00,50.00,F,F

      """#),
    CanvasVariant(
      "fr", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=2 result=4 aggregateGrade=4",
      #"""
      Étudiant;ID;ID utilisateur SIS;Identifiant de connexion SIS;Section;Devoir 1 (11);Examen \#
      (12);Score actuel;Score final
          Points possibles;;;;;10,00;24,00;(lecture seule);(lecture seule)
      "Lovelace, Ada";101;S001;ada;Algèbre 1;9,50;22,00;95,00;92,65
      "Hopper, Grace";102;S002;grace;Algèbre 1;EX;18,50;77,08;77,08

      """#),
    CanvasVariant(
      "sv", "canvas-gradebook",
      "class=1 person=2 enrollment=2 lineItem=2 result=4 aggregateGrade=4",
      #"""
      Elev,ID,SIS-användar-ID,SIS-inloggnings-ID,Avsnitt,Labb 1 (11),Prov (12),Nuvarande poäng,\#
      Slutpoäng
          Möjliga poäng,,,,,"10,00","24,00",(läs endast),(läs endast)
      "Lovelace, Ada",101,S001,ada,Algebra 1,"9,50","22,00","95,00","92,65"
      "Hopper, Grace",102,S002,grace,Algebra 1,EX,"18,50","77,08","77,08"

      """#),
    CanvasVariant(
      "de", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      Studierende;ID;SIS-Benutzer-ID;SIS-Anmelde-ID;Abschnitt;Labor (11);Aktuelle Punktzahl
          Mögliche Punkte;;;;;10,00;(schreibgeschützt)
      Öz, Ayşe;5;u5;ayse;Klasse 1;7,50;75,00

      """#),
    CanvasVariant(
      "es", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      Estudiante,ID,ID de usuario de SIS,ID de inicio de sesión de SIS,Sección,Tarea (11),\#
      Puntaje actual
          Puntos posibles,,,,,10.00,(sólo lectura)
      "Díaz, José",5,u5,jose,Sección A,7.50,75.00

      """#),
    CanvasVariant(
      "nl", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      Student;ID;SIS-gebruikers-ID;SIS-inlog-ID;Sectie;Lab (11);Huidige score
          Mogelijke punten;;;;;10,00;(alleen-lezen)
      "de Vries, Jan";5;u5;jan;Klas 1;7,50;75,00

      """#),
    CanvasVariant(
      "ja", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      学生,ID,SIS ユーザー ID,SIS ログイン ID,セクション,課題 (11),現在のスコア
          配点,,,,,10.00,(読み取り専用)
      "山田, 太郎",5,u5,taro,一組,7.50,75.00

      """#),
    CanvasVariant(
      "fi", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=1 result=1 aggregateGrade=1",
      #"""
      Opiskelija;Tunnus;SIS-käyttäjätunnus;SIS-kirjautumistunnus;Ryhmä;Työ (11);Nykyinen \#
      pistemäärä
          Mahdolliset pisteet;;;;;10,00;(vain luku)
      "Mäki, Aino";5;u5;aino;R1;7,50;75,00

      """#),
    CanvasVariant(
      "multi", "canvas-gradebook",
      "class=3 person=4 enrollment=4 category=1 lineItem=6 result=7 aggregateGrade=3",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab 01 (150834),"Essay,\#
       final (157892)",Homework Current Score,Current Score,Final Grade
      ,,,,,,,Manual Posting,,,
          Points Possible,,,,,,10.00,24.50,(read only),(read only),(read only)
      "Blend, Bill",10000000000000123,007,bill,Section 1,likes maps,9.50,EX,95.00,95.31,A-
      "Farner, Todd",4,0123S,todd,Section 2,,0.00,N/A,,,
      "Both, Bo",5,0124S,bo,Section 1 and Section 2,,3.00,24.50,,,
      "Student, Test",99,,,Section 1,,,22.25,,,

      """#),
    CanvasVariant(
      "multi3", "canvas-gradebook",
      "class=3 person=3 enrollment=3 lineItem=3 result=3 aggregateGrade=3",
      #"""
      Student,ID,SIS Login ID,Section,Quiz (11),Current Score
          Points Possible,,,,10.00,(read only)
      "A, B",1,ab,"Math, A, Math B, and Math C",5.00,50.00
      "C, D",2,cd,Math B,6.00,60.00
      "E, F",3,ef,,7.00,70.00

      """#),
    CanvasVariant(
      "states", "canvas-gradebook", "class=1 person=4 enrollment=4 lineItem=5 result=17",
      #"""
      Student,ID,SIS Login ID,Section,Quiz (11),Pass (12),Letter (13),GPA (14),Pct (15)
          Points Possible,,,,10.00,1.00,100.00,4.00,100.00
      "A, B",1,ab,S,EX,complete,A-,B+,85%
      "C, D",2,cd,S,N/A,incomplete,B,C,90.5%
      "E, F",3,ef,S,-,complete,N/A,EX,
      "G, H",4,gh,S,,,A+,F,100%

      """#),
    CanvasVariant(
      "muted", "canvas-gradebook",
      "class=1 person=1 enrollment=1 lineItem=2 result=1 aggregateGrade=1",
      #"""
      Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11),Test (12),Current Score
      ,,,,,Muted,,
      Points Possible,,,,,10,20,(read only)
      "A, B",1,s,ab,S,9,,90

      """#),
  ]
}
