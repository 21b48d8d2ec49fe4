#!/bin/sh
# csvkit doing task A through its SQL command. Usage: csvkit_peer.sh A INPUT OUTPUT
exec "${BENCH_BIN:-}csvsql" --no-inference --snifflimit 0 --blanks --tables o,i,r --query '
  SELECT r.studentSourcedId AS learner, r.classSourcedId AS class, r.lineItemSourcedId AS lineItem,
         o.learningObjectiveId AS target, r.score AS score,
         CAST(r.score AS REAL) / CAST(i.resultValueMax AS REAL) AS scaled, i.resultValueMax AS max,
         r.scoreDate AS date, r.scoreStatus AS status
  FROM r JOIN i ON r.lineItemSourcedId = i.sourcedId JOIN o ON r.lineItemSourcedId = o.lineItemSourcedId
  WHERE r.status <> '"'tobedeleted'"' AND r.score <> '"''" \
  "$2/lineItemLearningObjectiveIds.csv" "$2/lineItems.csv" "$2/results.csv" > "$3"
