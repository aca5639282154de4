# What staff of districts and the city see.
progress-heading = Reports of { $place } (as of { $at })
progress-line = { $number }. { $title }: { $answered } of { $total } enterprises
progress-button = Missing { $number }
progress-complete = { $number } more tasks are complete.
progress-none = No task has opened in { $place } yet.
missing-heading = { $title }: { $number } enterprises of { $place } have not reported
missing-more = { $number } more are not listed.
missing-none = All have reported.

escalation-intro = ⚠️ Overdue and not reported:
escalation-line = { $district } { $title }: { $number } enterprises
escalation-districts = { $title } ({ $number } districts): { $districts }

