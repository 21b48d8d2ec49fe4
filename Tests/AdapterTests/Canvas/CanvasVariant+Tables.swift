extension CanvasVariant {
  /// Learning Mastery, outcomes and SIS import files.
  static let tables: [CanvasVariant] = [
    CanvasVariant(
      "lm base", "canvas-mastery", "class=1 person=2 enrollment=2 target=2 targetResult=3",
      #"""
      Student name,Student ID,Student SIS ID,Math > Algebra > Linear result,\#
      Math > Algebra > Linear mastery points,Math > Geometry result,\#
      Math > Geometry mastery points
      "Lee, Ann",1,s1,3.5,3,2,3
      Bo Ng,2,s2,,3,4,3

      """#),
    CanvasVariant(
      "lm two", "canvas-mastery", "class=1 person=1 enrollment=1 target=1 targetResult=1",
      #"""
      Student name,Student ID,Linear result,Linear mastery points
      Ann Lee,1,3.0,3.0

      """#),
    CanvasVariant(
      "lm fr", "canvas-mastery", "class=1 person=2 enrollment=2 target=1 targetResult=1",
      #"""
      Nom de l'étudiant;ID de l'étudiant;Maths > Algèbre résultat;Maths > Algèbre points de \#
      maîtrise
      Ann Lee;1;3,5;3
      Bo;2;;3

      """#),
    CanvasVariant(
      "lm dup", "canvas-mastery", "class=1 person=1 enrollment=1 target=2 targetResult=2",
      #"""
      Student name,Student ID,A result,A mastery points,A result,A mastery points
      Ann,1,1,3,2,3

      """#),
    CanvasVariant(
      "lm nostud", "canvas-mastery", "class=1 target=1",
      #"""
      Student name,Student ID,A result,A mastery points

      """#),
    CanvasVariant(
      "lm none", "canvas-mastery", "class=1 person=1 enrollment=1",
      #"""
      Student name,Student ID,Student SIS ID
      Ann,1,s1

      """#),
    CanvasVariant(
      "lm quotes", "canvas-mastery", "class=1 person=1 enrollment=1 target=1 targetResult=1",
      #"""
      Student name,Student ID,Student SIS ID,"Reads, ""well"" > X result","Reads,\#
       ""well"" > X mastery points"
      "O""Neil, A",1,007,0,3

      """#),
    CanvasVariant(
      "lm2 guard", "canvas-mastery", "class=1 person=1 enrollment=1 target=1 targetResult=1",
      #"""
      Student name,Student ID,Student SIS ID,"=""=SUM > X result""",\#
      "=""=SUM > X mastery points"""
      A,1,s,3,3

      """#),
    CanvasVariant(
      "lm2 badscore", "canvas-mastery", "class=1 person=3 enrollment=3 target=1 targetResult=3",
      problems: ["canvas.score_malformed=2"],
      #"""
      Student name,Student ID,A > B result,A > B mastery points
      A,1,x,3
      B,2,"1,234",3
      C,3,4,3

      """#),
    CanvasVariant(
      "oc base", "canvas-outcomes", "scale=1 scaleLevel=3 target=3 association=3",
      #"""
      vendor_guid,object_type,title,description,display_name,calculation_method,\#
      calculation_int,workflow_state,parent_guids,ratings,,,,,,,
      a,group,Parent group,parent group description,G-1,,,active,,,,,,,,,
      b,group,Child group,child group description,G-1.1,,,active,a,,,,,,,,
      c,outcome,Learning Standard,outcome description,LS-100,decaying_average,40,active,a b,3,\#
      Excellent,2,Better,1,Good,,

      """#),
    CanvasVariant(
      "oc export", "canvas-outcomes", "scale=1 scaleLevel=2 target=2 association=1",
      #"""
      canvas_id,vendor_guid,object_type,title,description,display_name,friendly_description,\#
      calculation_method,calculation_int,workflow_state,parent_guids,mastery_points,ratings,,,
      12,canvas_outcome_group:12,group,Top,,,,,,active,,,,,,
      45,canvas_outcome:45,outcome,Reads,<p>Reads &amp; writes</p>,R.1,I read,n_mastery,3,\#
      active,canvas_outcome_group:12,3.0,5.0,Exceeds,3.0,Meets

      """#),
    CanvasVariant(
      "oc min", "canvas-outcomes", "target=2",
      #"""
      vendor_guid,object_type,title
      x1,outcome,One
      x2,outcome,Two

      """#),
    CanvasVariant(
      "oc reorder", "canvas-outcomes", "scale=1 scaleLevel=2 target=2 association=1",
      #"""
      title,parent_guids,vendor_guid,object_type,calculation_method,calculation_int,ratings,,,
      G,,g,group,,,,,,
      O,g,o,outcome,highest,,4,Yes,0,No

      """#),
    CanvasVariant(
      "oc semicolon", "canvas-outcomes", "scale=1 scaleLevel=2 target=2 association=1",
      form: .byteOrderMark,
      #"""
      vendor_guid;object_type;title;description;calculation_method;calculation_int;parent_guids;mastery_points;ratings;;;
      g;group;G;;;;;;;;;
      o;outcome;O;beschr;average;;g;2,5;3,5;Oui;0;Non

      """#),
    CanvasVariant(
      "oc deleted", "canvas-outcomes", "scale=3 scaleLevel=3 target=4",
      #"""
      vendor_guid,object_type,title,workflow_state,calculation_method,calculation_int,ratings,
      g,group,G,deleted,,,,
      o,outcome,O,deleted,latest,,1,x
      p,outcome,P,,weighted_average,65,1,x
      q,outcome,Q,active,standard_decaying_average,65,1,x

      """#),
    CanvasVariant(
      "oc crlf excel", "canvas-outcomes", "scale=1 scaleLevel=2 target=2 association=1",
      form: .carriageReturns,
      #"""
      vendor_guid,object_type,title,description,parent_guids,ratings,,,,
      a,group,A,,,,,,,
      b,outcome,B,"multi
      line, ""x""",a,3,Great,1,Poor,

      """#),
    CanvasVariant(
      "oc bad", "canvas-outcomes", "target=5 association=1",
      problems: [
        "canvas.guid_malformed=2", "canvas.object_type_unknown=1", "canvas.number_malformed=1",
        "canvas.parent_unknown=1", "canvas.guid_twice=1",
      ],
      #"""
      vendor_guid,object_type,title,parent_guids,calculation_int
      a b,group,A,,
      ,outcome,B,,
      c,thing,C,,
      d,outcome,D,zz,x
      d,outcome,D2,,

      """#),
    CanvasVariant(
      "oc2 parents sep", "canvas-outcomes", "target=2 association=1",
      problems: ["canvas.parent_twice=1"],
      #"""
      vendor_guid,object_type,title,parent_guids
      g;1,group,G,
      o,outcome,O,"g;1  g;1"

      """#),
    CanvasVariant(
      "sis users", "canvas-sis", "person=4",
      #"""
      user_id,integration_id,login_id,password,first_name,last_name,full_name,sortable_name,\#
      short_name,email,status,pronouns,declared_user_type
      u1,i1,ann,,Ann,Lee,Ann Lee,"Lee, Ann",Ann,ann@example.org,active,she/her,student
      u2,,bo,,Bo,Ng,,,,bo@example.org,active,,teacher
      u3,,cy,,Cy,Ott,,,,,suspended,,
      u4,,di,,Di,Pay,,,,,deleted,,observer

      """#),
    CanvasVariant(
      "sis courses", "canvas-sis", "course=2",
      #"""
      course_id,short_name,long_name,account_id,term_id,status,start_date,end_date,\#
      course_format,blueprint_course_id
      c1,ALG1,Algebra 1,s,t1,active,,,on_campus,
      c2,GEO,Geometry,s,t1,completed,2024-08-15 00:00:00,,,

      """#),
    CanvasVariant(
      "sis sections", "canvas-sis", "class=2",
      #"""
      section_id,course_id,name,status,start_date,end_date
      c1-1,c1,Algebra 1 - P1,active,,
      c1-2,c1,Algebra 1 - P2,active,,

      """#),
    CanvasVariant(
      "sis enrollments", "canvas-sis", "enrollment=6",
      #"""
      course_id,user_id,role,section_id,status,associated_user_id,limit_section_privileges
      c1,u1,student,c1-1,active,,
      c1,u2,teacher,c1-1,active,,true
      c2,u1,student,,active,,
      c1,u4,observer,c1-1,active,u1,
      c1,u3,ta,c1-2,inactive,,
      ,u1,student,c1-2,completed,,

      """#),
    CanvasVariant(
      "sis admins", "canvas-sis", "",
      #"""
      user_id,account_id,role,status
      u2,s,AccountAdmin,active

      """#),
    CanvasVariant(
      "sis logins", "canvas-sis", "",
      #"""
      user_id,login_id,existing_user_id,email,status
      u9,ann2,u1,,active

      """#),
    CanvasVariant(
      "sis groups", "canvas-sis", "",
      #"""
      group_id,account_id,name,status
      g1,s,Robotics,available

      """#),
    CanvasVariant(
      "sis xlists", "canvas-sis", "",
      #"""
      xlist_course_id,section_id,status
      cx,c1-2,active

      """#),
    CanvasVariant(
      "sis user observers", "canvas-sis", "",
      #"""
      observer_id,student_id,status
      u4,u1,active

      """#),
    CanvasVariant(
      "sis group categories", "canvas-sis", "",
      #"""
      group_category_id,account_id,category_name,status
      gc1,s,Clubs,active

      """#),
    CanvasVariant(
      "sis terms", "canvas-sis", "academicSession=1",
      #"""
      term_id,name,status,start_date,end_date,date_override_enrollment_type
      t1,Fall 2024,active,2024-08-15T00:00:00Z,2024-12-20,

      """#),
    CanvasVariant(
      "sis roleid", "canvas-sis", "enrollment=1",
      #"""
      section_id,user_id,role_id,status
      c1-1,u1,3,active

      """#),
    CanvasVariant(
      "sis2 dates", "canvas-sis", "academicSession=2",
      problems: ["canvas.date_unknown=1"],
      #"""
      term_id,name,status,start_date,end_date
      t1,T,active,2013-1-03 00:00:00,2013-05-03 00:00:00-06:00
      t2,U,active,9/6/2023,

      """#),
    CanvasVariant(
      "sis2 blankrows", "canvas-sis", "person=3",
      problems: ["csv.blank_line=2"],
      #"""
      user_id,login_id,status

      u1,a,active
      ,,

      """#),
    CanvasVariant(
      "sis2 dupe", "canvas-sis", "person=2",
      problems: ["canvas.id_twice=1"],
      #"""
      user_id,login_id,status
      u1,a,active
      u1,b,active

      """#),
    CanvasVariant(
      "sis2 status upper", "canvas-sis", "course=2",
      #"""
      course_id,short_name,long_name,account_id,term_id,status
      c1,A,A1,,,Active
      c2,B,B1,,,COMPLETED

      """#),
  ]
}
