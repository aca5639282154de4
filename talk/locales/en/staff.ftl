# What staff of districts and the city see.
progress-heading = Reports of { $place } (as of { $at })
progress-complete = { $number ->
    [one] 1 more task is
   *[other] { $number } more tasks are
} complete.
progress-none = No task has opened in { $place } yet.

escalation-intro = ⚠️ Overdue and not reported:
escalation-line = { $district } { $title }: { $number ->
    [one] 1 enterprise
   *[other] { $number } enterprises
}
escalation-districts = { $title } ({ $number ->
    [one] 1 district
   *[other] { $number } districts
}): { $districts }

