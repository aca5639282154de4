# Duties: cards, lists, reminders, receipts.
duty-heading = { $signature }{ $title }
duty-asked = Please report: { $when }, about { $minutes } min.
duty-any-time = Please report at any time, about { $minutes } min.
duty-overdue = ⚠️ { $when }. If it is done, please report it now; if not, please explain the situation.
duty-seen = Not reported yet: { $when }.
duty-seen-overdue = ⚠️ Not reported yet: { $when }.
duty-answered = ✅ Reported on { $at }{ $note }. { $until }
correct-any-time = It can be corrected.
correct-until = It can be corrected until { $due }.
correct-marked = A correction shows its date.
# What is said of an answer beside when it was handed in.
filed-late = reported late
deed-late = done on { $on }, after { $latest }
deed-filed-late = done in time on { $on }, reported late
filed-note = { " " }({ $what })
duty-answered-routine = ✅ Reported on { $at }{ $note }. It goes on as routine; update it whenever something changes.
duty-explained = Explained; staff will decide.
duty-excused = The explanation is accepted; no more reminders.
duty-ground = Ground: { $document } { $plan } { $clause }: { $demand }.
duty-filled-by = { $title } is being filled in by { $name }.

when-left = by { $due }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
when-left-short = by { $due }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
when-today = due today ({ $due })
when-overdue = { $days ->
    [one] 1 day overdue
   *[other] { $days } days overdue
}
when-returned = returned to be put right, please hand it in again soon
when-open-end = no deadline
state-answered = reported on { $at }{ $note }
state-explained = explained
state-excused = explanation accepted
state-receipt = receipt { $code }, { $state }

option-fill = Report now
option-tomorrow = Tomorrow
option-delegate = Ask officer
option-ground = Ground
option-explain = Explain
option-correct = Correct
option-tasks = All tasks
option-hazards = Hazards
option-done-tasks = Done

tasks-heading = { $number } to report; tap a number:
tasks-none = Nothing is waiting for you.
tasks-overdue = Overdue:
tasks-week = This week:
tasks-later = Later:
tasks-waiting = Waiting for staff:
tasks-owed = { $number } to report
tasks-which = Tap the number of the enterprise or district to see:
option-choose-place = By enterprise
tasks-hazards = Major hazards not closed: { $number }.
tasks-hazards-overdue = Major hazards not closed: { $number }, overdue: { $overdue }.
tasks-done = Done, with receipts: { $number }.
tasks-done-heading = { $number } done; tap a number to look at or correct one:
task-line = { $number }. { $title }: { $when }
list-more = { $number } more.
option-more = More
task-button = No. { $number }
bundle-title = { $title } ({ $number })
bundle-which = { $title }: tap the number of the enterprise or district:
bundle-heading = { $title }: { $undone } of { $number } still to report; tap a number:

remind-soon = ⏰ { $title }: { $when }.
remind-overdue = ⚠️ { $title }: { $when }. If it is done, please report it now; if not, please explain the situation.
digest-opened = { $signature }Please report on { $number ->
    [one] 1 task
   *[other] { $number } tasks
}:
digest-soon = ⏰ { $number } to report:
digest-overdue = ⚠️ { $number } to report, { $overdue } of them overdue:
digest-line = · { $title }: { $when }
digest-others = Besides: { $names }.
remind-beside = Also overdue ({ $number }): { $names }.
digest-today = Due today, { $day } ({ $number }): { $names }.
remind-beside-today = Also due today ({ $number }): { $names }.
remind-beside-unmet = Also answered and not met ({ $number }): { $names }.
digest-ahead = { $title } ({ $when })
digest-rest = Not due yet: { $number } more.
option-all-tasks = All tasks

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
excused-district = { $bureau } accepted what was explained about { $title }; there are no more reminders.
reopened-done = The explanation of { $title } is returned; reminders go on.
reopened-told = The supervising department has returned your explanation of { $title }; please report, or explain again.
reopened-district = { $bureau } returned what was explained about { $title }. Please fill it in or explain anew.
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
explain-district-hint = For example “figures still to be checked at the month's end”.
explain-planned = By which day is it planned?
explain-planned-label = planned for
explain-district-confirm = After this the bureau above decides; the duty stays open.
explain-confirm = It goes to your supervising department; the task stays open.

plain-present-label = Present
plain-present-yes = Yes
plain-present-no = No
plain-day = On which day was { $title } done?
plain-day-label = Day
plain-note = Please describe briefly what was done.
plain-note-label = Note
plain-note-none = No note
form-hint = { $hint } { $accepts }
form-counted = This is the number that is counted in /coverage, { $number }, and no other is taken. Where it is wrong, please record that there first, then come back.

submit-refused = { $title } was not submitted: it is not owed any more, or not by you. Send /tasks to see your tasks.
receipt-given = ✅ { $title } was received. Receipt { $code }; show it at an inspection. It proves that it was handed in, not what it says.
receipts-given = ✅ We have received { $number ->
    [one] 1 answer of yours
   *[other] { $number } answers of yours
}:
receipts-line = { $title }: receipt { $code }
receipts-hazards = { $number ->
    [one] 1 major hazard is counted in it: please report it
   *[other] { $number } major hazards are counted in it: please report each
} into the ledger, unless it is there.
receipts-hazards-some = Major hazards counted in it: { $number }; in the ledger: { $there } ({ $hazards }{ $more ->
        [0] {""}
       *[other] , …
    }). Please report each of the others.
receipts-hazards-there = Major hazards counted in it: { $number }; in the ledger: { $there } ({ $hazards }{ $more ->
        [0] {""}
       *[other] , …
    }); these need not be reported again.
receipt-admits = “{ $said }” may be what { $criterion } names, and the ledger does not have it. Please look, and report it if it is so.
criterion-clause = criterion { $article }-{ $item }
criterion-named = criterion { $article }-{ $item } (“{ $fact }”)
receipt-correctable = It can be corrected until { $due }; afterwards a correction shows its date.
receipts-limits = Show them in an inspection. A receipt proves that it was handed in, nothing more.
receipt-how = Please send “/receipt CODE”, for example “/receipt K7Q4-M2PX”.
receipt-heading = Receipt { $code }
receipt-what = { $place }: { $title }
receipt-when = Handed in on { $at }{ $note }.
receipt-first = A correction; it was first handed in on { $at }.
receipt-counts = State: good, the latest for this task.
receipt-counts-unmet = State: good, the latest for this task; what it reports does not meet the clause.
receipt-replaced = State: replaced by a later one.
receipt-limits = It proves that it was handed in, not what it says.
receipt-unknown = There is no receipt with this code; please check it.
receipt-pause = Too many attempts; please try again in an hour.

bundle-parked = { $title } is filled in and waits to be submitted with the rest: { $ready } filled in, { $left } left.
bundle-part = { $number }. { $title }
bundle-left = { $left ->
    [one] 1 more is still
   *[other] { $left } more are still
} to be filled in; all can be submitted together.
bundle-confirm = { $number ->
    [one] It is
   *[other] These { $number } are
} submitted in the name of { $name } and can be corrected until { $due }.
bundle-confirm-late = { $number ->
    [one] It is
   *[other] These { $number } are
} submitted in the name of { $name }. Their last day has passed: a correction will show its date.
bundle-nothing-ready = Nothing of { $title } waits to be submitted.
state-filled = filled in, to be submitted with the rest
state-met = met by another answer, to be submitted
option-begin = Begin
option-next = Next
option-review = Check, submit
option-hand = To the principal
option-show-list = The list
delegate-bundle-card = { $principal } asks you to prepare { $title } ({ $number }). The principal then confirms all at once.
handed-bundle = { $officer } has prepared { $number } of { $title }. Please check them and confirm all at once.

risk-add-card = { $place } ({ $district }) says that it has “{ $tag }”; the registry does not. If you accept, the tag is added and duties follow it from now on.
risk-remove-card = { $place } ({ $district }) says that it has no “{ $tag }”; the registry has it. If you accept, the tag is removed and duties follow that from now on.
risk-accepted = Accepted: the registry of { $place } is changed for “{ $tag }”.
risk-refused = Not accepted: the registry of { $place } stays as it is for “{ $tag }”; you will not be asked again.
risk-added = As you reported, the department has added “{ $tag }” to your entry in the registry.
risk-removed = As you reported, the department has removed “{ $tag }” from your entry in the registry.
option-adopt = Accept
option-dismiss = Not accepted

answers-heading = { $title }, as reported ({ $by }, { $at }):
answers-when = How it was handed in: { $what }.
answers-first = First handed in on { $at }, corrected since.
answers-line = { $asked } { $answer }
answers-none = Nothing was handed in yet for { $title }.
answers-files-left = { $number ->
    [one] 1 more file
   *[other] { $number } more files
}.
option-answers = Answers

duty-unmet = Reported on { $at }, but the clause is not met; report again when it is.
state-unmet = not met, promised by { $day }
state-unmet-open = not met, no day chosen yet
tasks-unmet = Reported, not met:
option-meet = Report again
option-promise = Choose a day
option-promise-again = Another day
option-this-week = This week
option-this-month = This month
option-by-due = By the due day
unmet-line = Not met: { $why }
unmet-evidence-short = { $what } is missing
unmet-evidence = Not met: { $what } is missing
receipt-given-unmet = { $title } was received; the clause is not met. Receipt { $code }; show it at an inspection. It proves that it was handed in, not what it says.
receipts-line-unmet = { $title }: receipt { $code } (not met)
receipt-demand = The plan, { $clause }: { $demand }.
promise-title = the day for { $title }
promise-ask = By which day will { $title } be met? You will be asked to report it again then.
promise-ask-several =
    By which day will these be met? You will be asked to report them again then.
    { $titles }
promise-label = promised by
promise-hint = Tap one, or send a day from today to { $example }, for example “{ $example }”.
promise-none = No day is chosen yet by which it will be met.
promise-until = Promised by { $day }.
promise-passed = The promised day, { $day }, has passed.
promise-not-needed = { $title } needs no day any more. Send /tasks to see your tasks.
promised = Noted: { $title }, to be met by { $day }.
promised-next = You will be reminded then; if it is met sooner, report it again at any time.
remind-unmet = ⚠️ { $title } was reported and is not met yet. If it is by now, please report it again; if not, choose another day or explain.
option-return-answer = Return it
option-put-right = Put it right
return-title = returning { $title } to { $place }
return-ask = Return { $title } to { $place }: what is to be put right, in one question or sentence?
return-label = to put right
return-hint = For example “How many took part, and when are the others trained?” At most 200 characters; they will read it.
return-confirm = It then goes back to { $place }. The answers stay, to be put right and handed in again.
return-too-late = { $title } was not returned: it has been returned, or handed in again. Please look at it once more.
returned-told =
    { $signature }{ $title } came back to be put right: { $question }
    Your answers are kept; please correct them and hand them in again.
returned-question = To put right: { $question }
returned-done = { $title } was returned to { $place }, who have been told.
returned-untold = { $title } was returned to { $place }. They cannot be reached in a chat; please telephone.
by-phone-unmet = What was reported does not meet the clause:

contradiction-admitted = { $title } says “{ $said }”
contradiction-admitted-count = Major hazards counted by { $title }: { $number }
contradiction-check = { $admitted }; this check did not find { $criterion }.
contradiction-check-count = { $admitted }; in the ledger: { $there }; found in this check: { $found }.
contradiction-form = { $check } did not find { $criterion }; here it is “{ $said }”.
contradiction-form-count = { $check } found no major hazard; in the ledger: { $there }; counted here: { $number }.
contradiction-ask = { $told } Please say why in one sentence.
contradiction-label = { $name }: why they differ
contradiction-label-count = why the numbers differ
contradiction-hint = Such as “{ $example }”, { $limit } characters at most; the authority reads it.
contradiction-example = both got their certificates on 8 June and did not work before
contradiction-example-count = both turned out to be minor
contradiction-told = { $told } Why: “{ $why }”
receipt-contradiction = Kept with it: { $told }.
answers-moved = { $title } was not submitted: answers or numbers that it stands on have changed; the other answers are kept. Please look and confirm again:
