#!/bin/sh
# Miller doing tasks A and D. Usage: miller_peer.sh TASK INPUT OUTPUT; GOMAXPROCS limits its threads.
case "$1" in
A)
  exec mlr --csv --infer-none \
    filter '$status != "tobedeleted" && $score != ""' \
    then cut -o -f studentSourcedId,classSourcedId,lineItemSourcedId,score,scoreDate,scoreStatus \
    then join -j lineItemSourcedId --lk learningObjectiveId \
      -f "$2/lineItemLearningObjectiveIds.csv" \
    then join -j lineItemSourcedId -l sourcedId --lk resultValueMax -f "$2/lineItems.csv" \
    then put '$scaled = float($score) / float($resultValueMax)' \
    then rename studentSourcedId,learner,classSourcedId,class,lineItemSourcedId,lineItem \
    then rename learningObjectiveId,target,resultValueMax,max,scoreDate,date,scoreStatus,status \
    then reorder -e -f learner,class,lineItem,target,score,scaled,max,date,status \
    "$2/results.csv" > "$3"
  ;;
D)
  exec mlr --ijsonl --ocsv put -q '
    if (is_present($result.score.raw)) {
      near = $context.contextActivities;
      if (is_present(near["other"])) {
        for (target in near["other"]) {
          emit1 {"learner": $actor.account.name, "class": near["grouping"][1]["id"],
                 "lineItem": $object.id, "target": target["id"], "score": $result.score.raw,
                 "scaled": $result.score.scaled, "max": $result.score.max,
                 "date": $timestamp, "status": $result.completion};
        }
      }
    }' "$2" > "$3"
  ;;
*) exit 64 ;;
esac
