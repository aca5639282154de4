# Duties: cards, lists, reminders, receipts.
duty-heading = { $signature }{ $title }
duty-asked = Please report: { $when }, about { $minutes } min.
duty-any-time = Please report at any time, about { $minutes } min.
duty-overdue = ⚠️ { $when }. If it is done, please report it now; if not, please explain the situation.
duty-answered = ✅ Reported on { $at }; it can be corrected.
duty-answered-routine = ✅ Reported on { $at }. It goes on as routine; update it whenever something changes.
duty-explained = Explained; staff will decide.
duty-ground = Ground: { $document } { $plan } { $clause }: { $demand }.
duty-filled-by = { $title } is being filled in by { $name }.

when-left = by { $due }, { $days } days left
when-left-short = by { $due }, { $days } days left
when-today = due today ({ $due })
when-overdue = { $days } days overdue
when-open-end = no deadline
state-answered = reported on { $at }
state-explained = explained

option-fill = Report now
option-tomorrow = Tomorrow
option-delegate = Ask officer
option-ground = Ground
option-explain = Explain
option-correct = Correct
option-tasks = All tasks

tasks-heading = { $number } to report; tap a number:
tasks-none = Nothing is waiting for you.
task-line = { $number }. { $title }: { $when }
list-more = { $number } more.
option-more = More
task-button = No. { $number }
bundle-title = { $title } ({ $number })
bundle-heading = { $title }: { $undone } of { $number } still to report; tap a number:

remind-soon = ⏰ { $title }: { $when }.
remind-overdue = ⚠️ { $title }: { $when }. If it is done, please report it now; if not, please explain the situation.
digest-opened = { $signature }Please report on { $number } tasks:
digest-soon = ⏰ { $number } to report:
digest-overdue = ⚠️ { $number } to report, some of them overdue:

ground-heading = The ground of { $title }
ground-district = Concerns: the emergency bureau of { $district }.
ground-municipal = Concerns: enterprises that the city supervises itself.
ground-everybody = Concerns: every industrial and trade enterprise.
ground-profile = Concerns: enterprises registered with “{ $reasons }”. If the registry is wrong, please tell your supervising department.
ground-when = Term: { $when }.

snoozed = Good. You will be reminded of { $title } on { $at }.
planned-for = Good. { $title } stays open; you will be reminded in the morning of { $day }.
explained-given = Your explanation of { $title } was taken; staff will decide. No more nudges until then; the task stays open.
explained-card = { $place } explains { $title }:
excused-done = The explanation of { $title } is accepted; no more reminders.
excused-told = The supervising department has accepted your explanation of { $title }; no more reminders.
reopened-done = The explanation of { $title } is returned; reminders go on.
reopened-told = The supervising department has returned your explanation of { $title }; please report, or explain again.
delegate-card = { $principal } asks you to fill in { $title }, { $when }. The principal confirms it afterwards.
delegate-done = The safety officer was asked to fill in { $title }; please confirm it afterwards.
delegate-nobody = The safety officer has not joined yet.

explain-title = explanation of { $title }
explain-reason = Why is { $title } not done?
explain-reason-label = Reason
explain-reason-halted = Standstill
explain-reason-gone = Closed or moved
explain-reason-other-trade = Other trade
explain-reason-other = Other
explain-halted-from = From which day is the standstill?
explain-halted-from-label = From
explain-halted-until = Until which day is the standstill?
explain-halted-until-label = Until
explain-day-hint = Please send a day, for example “{ $example }”.
explain-text = Please explain the situation and name the day on which it will be done.
explain-text-label = Explanation
explain-text-hint = For example: “standstill for repairs, done by 10 July”.
explain-confirm = It goes to your supervising department; the task stays open.

plain-present-label = Present
plain-present-yes = Yes
plain-present-no = No
plain-day = On which day was { $title } done?
plain-day-label = Day
plain-day-hint = Please tap, or send a day, for example “{ $example }”.
plain-note = Please describe briefly what was done.
plain-note-label = Note
plain-note-none = No note
form-hint = { $hint } { $accepts }

submit-refused = { $title } was not submitted: it is not owed any more, or not by you. Send /tasks to see your tasks.
receipt-given = ✅ { $title } was received. Receipt { $code }; show it at an inspection. It proves that it was handed in, not what it says.
receipts-given = ✅ We have received { $number } answers of yours:
receipts-line = { $title }: receipt { $code }
receipts-limits = Show them in an inspection. A receipt proves that it was handed in, nothing more.
receipt-how = Please send “/receipt CODE”, for example “/receipt K7Q4-M2PX”.
receipt-heading = Receipt { $code }
receipt-what = { $place }: { $title }
receipt-when = Handed in on { $at }.
receipt-when-late = Handed in on { $at } (late).
receipt-counts = State: good, the latest for this task.
receipt-replaced = State: replaced by a later one.
receipt-limits = It proves that it was handed in, not what it says.
receipt-unknown = There is no receipt with this code; please check it.
receipt-pause = Too many attempts; please try again in an hour.

bundle-parked = { $title } is filled in and waits to be submitted with the rest: { $ready } filled in, { $left } left.
bundle-part = { $number }. { $title }
bundle-left = { $left } more are still to be filled in; all can be submitted together.
bundle-confirm = These { $number } are submitted in the name of { $name } and can be corrected until they are due.
bundle-nothing-ready = Nothing of { $title } waits to be submitted.
state-filled = filled in, to be submitted with the rest
state-met = met by another answer, to be submitted
option-begin = Begin
option-next = Next
option-review = Check, submit
option-hand = To the principal
option-list = The list
delegate-bundle-card = { $principal } asks you to prepare { $title } ({ $number }). The principal then confirms all at once.
handed-bundle = { $officer } has prepared { $number } of { $title }. Please check them and confirm all at once.

risk-add-card = { $place } ({ $district }) says in { $title } that it has “{ $tag }”; the registry does not. If you accept, the tag is added and duties follow it from now on.
risk-remove-card = { $place } ({ $district }) says in { $title } that it has no “{ $tag }”; the registry has it. If you accept, the tag is removed and duties follow that from now on.
risk-accepted = Accepted: the registry of { $place } is changed for “{ $tag }”.
risk-refused = Not accepted: the registry of { $place } stays as it is for “{ $tag }”; you will not be asked again.
risk-added = As you reported, the department has added “{ $tag }” to your entry in the registry.
risk-removed = As you reported, the department has removed “{ $tag }” from your entry in the registry.
option-adopt = Accept
option-dismiss = Not accepted
