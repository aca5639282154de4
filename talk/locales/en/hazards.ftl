# Major hazards: ledger, report, rectification, reinspection, weekly check-in
hazard-state =
    { $state ->
        [found] found
        [planned] planned
        [rectifying] under rectification
        [done] rectified
        [evaluated] evaluated, to be reinspected
        [reinspected] reinspected, to be closed
        [closed] closed
        [reopened] reopened
        [merged] merged into another
        [withdrawn] entered by mistake, withdrawn
       *[not_major] not a major hazard
    }
hazard-event =
    { $event ->
        [found] found
        [plan] plan
        [progress] progress
        [finish] rectified
        [evaluate] evaluation
        [relapse] not sound after all
        [deadline] deadline moved
        [waiting] waits for evaluation
        [holds] sound
        [list] listed
       *[import] imported
        [passed] reinspection passed
        [failed] reinspection not passed
        [close] closure
        [look_back] look-back passed
        [reopen] reopening
        [not_major] judged not major
        [major] judged to be major
        [merge] merged into another
        [merged] another merged into it
        [withdraw] withdrawn as a mistake
        [extension] more time asked for
        [hold] more time refused
        [lift] listing lifted
    }
hazard-heading = { $signature }{ $name }, { $hazard }: { $state }
hazard-named = major hazard { $number }
hazard-named-unsure = hazard { $number } (major or not: to be decided)
hazard-place-line = Place: { $place }
hazard-criterion = Criteria, article { $article }: { $text }
hazard-criterion-failed = Criteria, article { $article } (fitted but failed): { $text }
hazard-criterion-unsure = Criteria: the department is asked to judge
hazard-criterion-unknown = Criteria: { $criterion }
hazard-found =
    { $origin ->
        [enterprise] Found by the enterprise on { $day }
       *[department] Found by a department on { $day }
    }
hazard-found-source = Found on { $day }, source: { $source }
hazard-plan = In charge: { $person }; measures: { $measures }; funds: { $funds }; contingency: { $contingency }
hazard-deadline = Deadline: { $day }
hazard-deadline-left = Deadline: { $day }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
hazard-overdue = ⚠️ { $line }
hazard-deadline-over = Deadline: { $day }, { $days ->
    [one] 1 day over
   *[other] { $days } days over
}
hazard-listing = Listed for supervision by { $by } ({ $number }), until { $deadline }
hazard-listing-lifted = Listed for supervision by { $by }, lifted on { $day }
hazard-told = { $signature }{ $name }, { $hazard }
hazard-told-found = The enterprise reported this major hazard:
hazard-told-own = { $who } reported this hazard:
hazard-told-entered = A department found this major hazard; it is in the ledger. Please make a plan:
hazard-told-put-off = Deadline moved to { $day }: { $reason }
hazard-told-evaluated = Rectified and evaluated; please reinspect:
hazard-told-listed = Listed for supervision by { $by } ({ $number }), until { $deadline }.
hazard-told-lifted = No longer listed for supervision.
hazard-told-decided =
    { $act ->
        [passed] Reinspection passed ({ $by }): { $remark }
        [failed] Reinspection not passed ({ $by }): { $remark }
        [close] Closure ({ $by }): { $remark }
        [look_back] Look-back passed ({ $by }): { $remark }
        [reopen] Reopening ({ $by }): { $remark }
        [major] Judged to be major ({ $by }): { $remark }
        [merge] Merged with another ({ $by }): { $remark }
        [withdraw] Withdrawn as a mistake ({ $by }): { $remark }
        [extend] More time granted ({ $by }): { $remark }
        [hold] No more time, the deadline stands ({ $by }): { $remark }
       *[not_major] Judged not major ({ $by }): { $remark }
    }
hazard-remark-none = No remark
hazard-not-now = This hazard has moved on, or is not yours to decide; nothing was changed. See /hazards.
hazard-kept = ✅ Kept for hazard { $number }: { $state }.
hazards-heading = { $number ->
    [one] 1 open major hazard
   *[other] { $number } open major hazards
}; tap a number:
hazards-none = No major hazard is open.
hazards-none-closed = No major hazard was closed.
hazards-heading-closed = { $number ->
    [one] 1 closed major hazard
   *[other] { $number } closed major hazards
}; tap a number:
hazards-closed = { $number ->
    [one] 1 more is closed
   *[other] { $number } more are closed
}; see “/hazards closed”.
hazard-entry = No. { $number } { $name } { $place }
hazard-entry-own = No. { $number } { $place }
hazard-state-until = { $state }. { $until }
hazard-history = Hazard { $number }, { $number_of_steps ->
    [one] 1 step
   *[other] { $number_of_steps } steps
}:
hazard-step = { $at } { $who }: { $event }
hazard-step-said = { $line }: { $said }
hazard-step-import = import
hazard-step-deadline = { $old } → { $new }, { $reason }
hazard-step-evaluated = { $by }, { $how }
hazard-step-by = { $by }: { $said }
hazard-step-plan = { $person }, until { $deadline }
option-look = Look
option-plan = Make plan
option-replan = Change plan
option-update = Progress
option-passed = Passed
option-failed = Not passed
option-close = Close
option-look-back = Still sound
option-open-again = Reopen
option-not-major = Not major
option-major = Major
option-merge = Same as another
option-withdraw = Mistake
option-extend = More time
option-hold = No more time
option-listing = List
option-lift = Lift listing
option-history = History
option-back-to-card = Back to card
option-report = Report hazard
option-unsure = Not sure

report-title = Major hazard at { $name }
report-place = { $name }: where is the hazard?
report-place-label = Place
report-place-hint = Workshop, part or equipment, such as “fan of dust room 2”.
report-photo = Please send a photo of the place.
report-photo-label = Photo
report-photo-none = No photo yet
report-fixed = Was it fixed on the spot?
report-fixed-label = Fixed on the spot
report-fixed-yes = Fixed
report-fixed-no = Not yet
report-how = How was it fixed?
report-how-label = Measures
report-plan = Fill in the plan now? Five fields: person, measures, funds, deadline, contingency.
report-plan-label = Plan
report-plan-yes = Now
report-plan-no = Report first
report-confirm = Once confirmed it enters the ledger and is reported to { $bureau } at once.
report-confirm-department = Once confirmed it enters the ledger, and { $name } is told.
report-receipt = ✅ In the ledger as number { $number }, reported to { $bureau }. Receipt { $code }; show it at a check. A receipt proves that it was handed in, and says nothing of its contents.
report-taken = ✅ In the ledger as number { $number }, reported to { $bureau }. Please add the plan within 24 hours.
report-entered = ✅ In the ledger as number { $number }; { $name } was told.

pick-article = Which kind is it?
pick-article-label = Kind
pick-place = Which part or equipment?
pick-place-label = Part
pick-fact = What is the case?
pick-fact-label = Case
pick-listed = { $lines }
pick-button = No. { $number }
pick-accepts = Tap one, or reply with a number from 1 to { $last }; tap “Not sure” when in doubt.
pick-accepts-sure = Tap one, or reply with a number from 1 to { $last }.
pick-not-listed = Only what concerns your sector and risks is listed; what you wrote is not among it. Reply with a number from 1 to { $last }, or tap “Not sure” and the department will judge.
pick-not-listed-sure = Only what concerns the sector and the risks of this enterprise is listed; what you wrote is not among it. Reply with a number from 1 to { $last }.
pick-not-known = What you wrote is not in the list. Reply with a number from 1 to { $last }.
pick-text = Compare the wording. Article { $article }: { $text }
pick-text-label = Wording
pick-met = It is so
pick-missing = Not fitted
pick-failed = Fitted, failed

plan-title = Plan for hazard { $number }
plan-person = Who is in charge of rectification?
plan-person-label = In charge
plan-measures = Which measures are taken?
plan-measures-label = Measures
plan-funds = How much money does it take?
plan-funds-label = Funds
plan-funds-hint = An exact amount, such as “30000 yuan”; “0” if none is needed.
plan-deadline = Until which day will it be rectified?
plan-deadline-label = Deadline
plan-deadline-hint = Today or a later day, such as “{ $example }”.
plan-contingency = What is the contingency plan meanwhile?
plan-contingency-label = Contingency
plan-contingency-hint = Such as “equipment stopped, somebody on watch, leave at once if anything is wrong”.
plan-confirm = Once confirmed it enters the ledger for hazard { $number }.
plan-kept = ✅ The plan for hazard { $number } is in the ledger.
plan-changed = ✅ The plan for hazard { $number } was changed; the former one is kept.
plan-receipt = ✅ The plan for hazard { $number } is in the ledger, the report complete. Receipt { $code }; show it at a check. A receipt proves that it was handed in, and says nothing of its contents.

update-title = Progress of hazard { $number }
update-progress = How does hazard { $number } ({ $place }) go?
update-progress-label = Hazard { $number }
update-how = How was it rectified?
update-how-label = Measures of { $number }
update-evaluated = Was hazard { $number } evaluated? Reinspection and closure come after that.
update-evaluated-label = Evaluation of { $number }
update-note = How far is it?
update-note-label = Progress of { $number }
update-blocked = What holds it up, and who should help?
update-note-hint = For example “the fan has come and is being fitted”.
update-blocked-hint = For example “30000 yuan are missing, the group should help”.
update-blocked-label = Held up, { $number }
update-in-time = Will it be done by { $day }?
update-in-time-label = On time, { $number }
update-in-time-yes = On time
update-in-time-no = Later
update-deadline = The deadline is { $day }. What is the new one?
update-deadline-label = New deadline, { $number }
update-deadline-over = The deadline { $day } has passed. What is the new one?
update-reason = Why is it put off?
update-reason-label = Reason, { $number }
update-photos = Please send photos of the work.
update-photos-label = Photos, { $number }
update-done = Hazard { $number } ({ $place }) is rectified. Was it evaluated?
update-holds = Hazard { $number } ({ $place }) was evaluated. How is it on site?
update-relapsed = What went wrong?
update-relapsed-label = Problem of { $number }
update-confirm = Once confirmed it enters the ledger for hazard { $number }.
going-going = As planned
going-blocked = Held up
going-done = Done
going-holds = Sound
going-relapsed = Wrong again
going-evaluated = Evaluated
going-waiting = Not yet
evaluation-by = Who evaluated it?
evaluation-by-label = Evaluated by, { $number }
evaluation-by-hint = Name and employer.
evaluation-how = How was it evaluated, and with what result?
evaluation-how-label = Evaluation, { $number }
evaluation-how-hint = Such as “two hours' trial run, interlock acts, rectified”.
evaluation-photos = Please send photos or the report of the evaluation. Without them it cannot be closed.
evaluation-photos-label = Evidence, { $number }

weekly-counts = Does this weekly dispatch count as that of the month ({ $month }) too?
weekly-counts-label = Counts as the month's
weekly-counts-yes = It counts
weekly-counts-no = It does not
weekly-missed = Hazards { $numbers } moved on meanwhile; what you said of them is only kept on record. See /hazards.
weekly-dispatched = ✅ Counted as the dispatch of month { $month } too. Receipt { $code }.

decide-title =
    { $act ->
        [passed] Hazard { $number }: reinspection passed
        [failed] Hazard { $number }: reinspection not passed
        [close] Hazard { $number }: closure
        [look_back] Hazard { $number }: look-back passed
        [reopen] Hazard { $number }: reopening
        [not_major] Hazard { $number }: judged not major
        [major] Hazard { $number }: judged to be major
        [merge] Hazard { $number }: merged into another
        [withdraw] Hazard { $number }: withdrawn
        [extend] Hazard { $number }: more time
        [hold] Hazard { $number }: no more time
       *[lift] Hazard { $number }: listing lifted
    }
decide-by =
    { $act ->
        [passed] Hazard { $number } ({ $place }) passed. Who reinspected it?
        [failed] Hazard { $number } ({ $place }) did not pass. Who reinspected it?
        [close] Hazard { $number } ({ $place }) may be closed. Who reviewed it?
       *[look_back] Hazard { $number } ({ $place }) is still sound. Who looked?
    }
decide-by-label =
    { $act ->
        [close] Reviewed by
        [look_back] Looked at by
       *[passed] Reinspected by
    }
decide-by-hint = Tap, or reply with the names, with commas between several, such as “张三、李四”.
decide-example =
    { $act ->
        [passed] Alarm fitted, three tests on site were sound
        [failed] The vent still points at the walkway
        [close] Reinspection passed, papers complete, may be closed
        [look_back] Place in good order, alarm at work
        [reopen] The alarm is switched off again
        [major] Looked at on site: the welder has no certificate
        [merge] The same machine as hazard 41
        [withdraw] Entered for another enterprise
        [extend] Delivery is late, measures are in place
        [hold] The risk is not under control
       *[not_major] An ordinary store, without combustible dust
    }
decide-needs-note = A reinspection, closure or look-back needs a note; nothing was changed. Reply /hazards and do it again.
decide-remark =
    { $act ->
        [passed] Hazard { $number } ({ $place }) passed. What was found?
        [failed] Hazard { $number } ({ $place }) did not pass. What is left to do?
        [close] Hazard { $number } ({ $place }) may be closed. Any remark?
        [look_back] Hazard { $number } ({ $place }) is still sound. Any remark?
        [reopen] Hazard { $number } ({ $place }): why is it reopened?
        [not_major] Hazard { $number } ({ $place }): why is it not major?
        [major] Hazard { $number } ({ $place }): why is it major?
        [merge] Hazard { $number } ({ $place }): why is it the same one?
        [withdraw] Hazard { $number } ({ $place }): what was the mistake?
        [extend] Hazard { $number } ({ $place }) gets more time. Any remark?
        [hold] Hazard { $number } ({ $place }): why is there no more time?
       *[lift] Hazard { $number } ({ $place }): listing lifted. Any remark?
    }
decide-remark-label =
    { $act ->
        [passed] Reinspection
        [failed] Left to do
        [close] Closure
        [look_back] Look-back
        [reopen] Reason
        [not_major] Grounds
        [major] Grounds
        [merge] Grounds
        [withdraw] Reason
        [extend] Opinion
        [hold] Grounds
       *[lift] Remark
    }
decide-confirm =
    { $act ->
        [passed] Once confirmed, hazard { $number } of { $name } has “reinspection passed”, and the enterprise is told.
        [failed] Once confirmed, hazard { $number } of { $name } has “reinspection not passed”, and the enterprise is told.
        [close] Once confirmed, hazard { $number } of { $name } has “closure”, and the enterprise is told.
        [look_back] Once confirmed, hazard { $number } of { $name } has “look-back passed”, and the enterprise is told.
        [reopen] Once confirmed, hazard { $number } of { $name } has “reopening”, and the enterprise is told.
        [not_major] Once confirmed, hazard { $number } of { $name } has “judged not major”, and the enterprise is told.
        [major] Once confirmed, hazard { $number } of { $name } has “judged to be major”, counts in the table, and the enterprise is told.
        [merge] Once confirmed, hazard { $number } of { $name } is no longer counted by itself, and the enterprise is told. Its record stays.
        [withdraw] Once confirmed, hazard { $number } of { $name } is no longer counted, and the enterprise is told. Its record stays.
        [extend] Once confirmed, hazard { $number } of { $name } has the deadline asked for, and the enterprise is told.
        [hold] Once confirmed, hazard { $number } of { $name } keeps its deadline, and the enterprise is told.
       *[lift] Once confirmed, hazard { $number } of { $name } has “listing lifted”, and the enterprise is told.
    }
listing-title = Listing of hazard { $number }
listing-by = Who lists it for supervision?
listing-by-label = Listed by
listing-number = What is the document's number?
listing-number-label = Document
listing-number-hint = Such as “沈安委办〔2023〕12号”.
listing-day = On which day was it listed?
listing-day-label = Listed on
listing-deadline = Until which day is it to be rectified?
listing-deadline-label = Deadline
listing-confirm = Once confirmed, hazard { $number } of { $name } is listed for supervision, and the enterprise is told.

which-title = A hazard found by a department
which-ask = In which enterprise was it found?
which-hint = Its credit code, or some words of its name.
which-several = { $number } enterprises have a like name; tap one, or reply with the full name:
which-none = “{ $text }” was not found in your area. Please check the code or the name.
which-of-yours = Which of your enterprises is it about?

hazard-photos = Photos and files of hazard { $number }:
hazard-photos-step = { $at }  { $event }: { $number }
hazard-photos-none = Hazard { $number } has no photos.
option-photos = Photos
hazard-which = Hazard { $number } ({ $place })
hazard-mark = hazard { $number }
hazard-description = What is wrong: { $text }
hazard-deadlines-clash = ⚠️ The deadline of the plan ({ $deadline }) is later than that of the listing ({ $listed }). The earlier one holds.
hazard-asked = More time is asked for, until { $day }: { $reason }. Until the department agrees the deadline stands.
hazard-merged = Merged into hazard { $number }; see there.
hazard-told-found-unsure = The enterprise reported this hazard and is not sure whether it is a major one. Please decide:
hazard-told-found-twin = The enterprise reported this major hazard. Hazard { $number } has the same criterion and place: is it the same one?
hazard-told-asks = The enterprise asks for more time for a hazard that is listed for supervision. Please decide:
hazard-told-passed =
    { $listed ->
        [yes] ⚠️ The deadline of the listing has passed, and it is not lifted:
       *[no] ⚠️ The deadline has passed, and it is not rectified:
    }
hazard-merge-gone = Hazard { $number } is closed or of another enterprise; nothing can be merged into it. See /hazards.
hazard-merge-listed = Hazard { $number } is listed for supervision, so that it goes on. Merge the other one into it.
hazard-step-merged = into { $number }, { $reason }
hazard-step-took = hazard { $number }
hazard-step-asked = until { $day }, { $reason }
decide-deadline = What is the new deadline of hazard { $number }?
decide-into = Which one is the same? That one goes on.
decide-into-label = Merged into
report-description = What exactly is wrong?
report-description-label = What is wrong
report-description-hint = One sentence, for example “No explosion vent in the dust duct, dust on the floor”.
report-description-none = As the criterion says
report-same = Hazard { $number } of the ledger has the same criterion and place ({ $place }). Is it the same one?
report-same-label = The same one
report-same-yes = The same one
report-same-no = Another one
report-known = Hazard { $number } is in the ledger already; nothing was entered twice.
listing-confirm-clash = ⚠️ The deadline is earlier than that of the enterprise's plan ({ $deadline }). Once confirmed, hazard { $number } of { $name } is listed for supervision, and the enterprise is told.
