#!/bin/sh
# jq doing task D. Usage: jq_peer.sh D INPUT OUTPUT
printf 'learner,class,lineItem,target,score,scaled,max,date,status\n' > "$3" || exit 74
exec jq -r '
  . as $s | .result.score as $r | select($r.raw != null)
  | .context.contextActivities as $near | ($near.other // [])[]
  | [$s.actor.account.name, $near.grouping[0].id, $s.object.id, .id, $r.raw, $r.scaled, $r.max,
     $s.timestamp, $s.result.completion] | @csv' "$2" >> "$3"
