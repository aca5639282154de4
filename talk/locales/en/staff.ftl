# What staff of districts and the city see.
progress-heading = Reports of { $place } (as of { $at })
progress-complete = { $number } more tasks are complete.
progress-none = No task has opened in { $place } yet.

escalation-intro = ⚠️ Overdue and not reported:
escalation-line = { $district } { $title }: { $number } enterprises
escalation-districts = { $title } ({ $number } districts): { $districts }

