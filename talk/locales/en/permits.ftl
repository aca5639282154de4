# Hot-work permits: card, prompts, lists
permit-state =
    { $state ->
        [drafted] being written
        [submitted] awaits approval
        [returned] returned
        [refused] refused
        [approved] approved, not started
        [started] work under way
        [suspended] suspended
        [finished] finished, fire watch to begin
        [fire_watch] fire watch
        [closed] closed
        [expired] expired
        [gas] too much gas
        [barred] approved, may not start
       *[cancelled] cancelled
    }
permit-heading =
    { $state ->
        [gas] ⛔ Hot-work permit { $code }: too much gas. Stop hot work, leave the site
        [barred] ⚠️ Hot-work permit { $code }: approved, may not start as things are
        [started] ⏰ Hot-work permit { $code }: work under way
        [suspended] ⚠️ Hot-work permit { $code }: suspended
        [expired] ⚠️ Hot-work permit { $code }: expired
        [refused] ⚠️ Hot-work permit { $code }: refused
        [cancelled] Hot-work permit { $code }: cancelled
        [closed] ✅ Hot-work permit { $code }: closed
        [approved] ✅ Hot-work permit { $code }: approved, not started
        [returned] ⚠️ Hot-work permit { $code }: returned
        [finished] ⏰ Hot-work permit { $code }: finished, fire watch to begin
        [fire_watch] ⏰ Hot-work permit { $code }: fire watch
       *[submitted] ⏰ Hot-work permit { $code }: awaits approval
    }
permit-step =
    { $event ->
        [submit] submit
        [approve] approve
        [return] return
        [refuse] refuse
        [cancel] cancel
        [arrive] guardian arrives
        [leave] guardian leaves
        [measures] measures checked
        [photo] photo
        [sample] gas sample
        [gas_over] gas over the limit
        [start] start
        [pause] break
        [stop] stop
        [resume] go on
        [finish] finish
        [watch] fire watch begins
        [look] fire watch look
        [close] accept and close
        [violation] work after the end
        [note] note
        [missed] re-check missed
        [spell_ends] the day's hours end
       *[expire] expire
    }
permit-seat =
    { $seat ->
        [applicant] applicant
        [leader] leader
        [welder] welder
        [guardian] guardian
        [tester] gas tester
        [approver] approver
        [office] officers and principal
       *[clock] time alone
    }
permit-table-head = | state | event | who | gates | to |
permit-table-anybody = anybody on the permit
permit-table-none = —
permit-paper-ready = Permit { $code }: a page to print and hang up, and a picture for the phone. Certificate numbers are hidden.
permit-file-name = hot-work permit
permit-paper-making = The permit is being drawn, one moment.
permit-measure-counted = { $text } ({ $number })
permit-opinion-absent = does not use this system, entered by the applicant
permit-told-late = told at { $at }
permit-opinion-applied = Measures are in place; hot work is applied for
permit-opinion =
    { $event ->
        [approve] Approved
       *[refuse] Refused
    }
permit-enterprise = { $name }
permit-level-name =
    { $level ->
        [fixed] { $name }
       *[other] { $name } (by reference to { $standard })
    }
permit-approver =
    { $level ->
        [fixed] { $title }
       *[other] by reference to { $standard }: { $title }
    }
permit-level = Level { $level }, { $start } to { $until }
permit-level-upgraded = Level { $level } (one up: { $why }, by reference to { $standard }), { $start } to { $until }
permit-card-fixed = Fixed hot-work area (no level), { $start } to { $until }
permit-why =
    { $why ->
        [holiday] public holiday
        [rest-day] rest day
        [night] night
       *[wind] open air in a strong wind
    }
permit-card-hours = Daily { $start }–{ $until }; no work at other times and on days off
permit-job = { $place }: { $content }
permit-crew = Welders: { $welders }
permit-welder = { $name } (certificate: { $until })
permit-welder-bare = { $name }
permit-people = Leader: { $leader }; guardian: { $guardian }
permit-card-tester = Gas tester: { $tester }
permit-absent = { $name } (not in this system)
permit-guarded = Guardian on site since { $at }
permit-unguarded = Guardian not on site
permit-gas-none = Gas: not measured yet
permit-gas-free = Gas: not measured ({ $reason })
permit-card-gas = Gas: { $gas } { $value }% ({ $at }, { $verdict })
permit-gas-ok = within limits
permit-gas-over = over the limit
permit-recheck = Next check: { $at }
permit-missing = Before the start: { $items }
permit-missing-resume = Before going on: { $items }
permit-missing-close = Before closing: { $items }
permit-gate =
    { $gate ->
        [certified] welders with valid certificates
        [distinct] welder, guardian and approver are different people
        [window] times within the rules
        [harmless] none of the ten prohibitions
        [point] no other job at this point
        [in_time] within the hours of the permit
        [sampled] gas sample
        [guarded] guardian on site
        [secured] measures confirmed on site
        [pictured] photo of the place
        [begun] work begun
        [watched] fire watch done
        [look_due] time of the next look
        [accepted] photo after the job
       *[possible] a state that allows it
    }
permit-paused =
    { $why ->
        [gas] Gas over the limit: no hot work since { $at }
        [unguarded] Guardian gone: no hot work since { $at }
        [missed] Re-check missed: suspended since { $at }
        [stopped] Stopped: no hot work since { $at }
        [spell] The day's hours are over since { $at }
       *[break] Break since { $at }
    }
permit-started = Started: { $at }
permit-finished = Finished: { $at }
permit-finished-late = Finished: { $at } (told at { $heard })
permit-card-look = Fire watch: look due at { $at }; watch until { $until }, counted from the end of work
permit-looked = Looked: { $times }
permit-violation = ⚠️ Work after the permit's end ({ $at }), on record
permit-remark = Returned: { $remark }
permit-refusal = Reason: { $remark }
permit-lacking = Measures not in place: { $items } (looked at by { $by }, { $at })
permit-lacking-told = Permit { $code }: work cannot begin. { $lacking }. Once they are in place, tap “Check measures” and confirm them; no hot work before that.
permit-card-unsecured = Measures: { $number } not confirmed on site yet
permit-card-secured = Measures: { $number } confirmed on site ({ $by })
permit-card-by = { $by }, { $at }
permit-secured-already = All measures of permit { $code } were confirmed on site today. If one is not in place, tap “Stop now”, or reply “{ $code } stop”.
permit-other-paper = { $name } ({ $told ->
        [yes] No. { $number }
       *[no] number not given
    })
permit-card-measures = Measures: { $number } confirmed
permit-measures-left = Measures not chosen: { $items }
permit-moved = The newest state of permit { $code } is below.
permit-option-approve = Approve
permit-option-return = Return
permit-option-refuse = Refuse
permit-option-arrive = Guardian here
permit-option-measures = Check measures
permit-option-sample = Gas sample
permit-option-photo = Photo
permit-option-start = Start
permit-option-stop = Stop now
permit-option-pause = Break
permit-option-resume = Go on
permit-option-leave = I must go
permit-option-finish = Finished
permit-option-watch = Watch begins
permit-option-look = All clear
permit-option-close = Accept, close
permit-option-cancel = Cancel
permit-option-edit = Correct
permit-option-paper = Print
permit-option-show = Show permit
permit-option-why = Say why
permit-option-seen = Seen
permit-option-left-site = We have left
permit-option-apply = Apply
permit-done =
    { $event ->
        [approve] { $code } is approved, the site has been told.
        [return] { $code } goes back; the applicant fills in that one answer again.
        [refuse] { $code } is refused; the applicant sees why.
        [arrive] The guardian is on site. He must not leave; tap "I must go" first, and the job stops.
        [start] { $code } has started, until { $until }.
        [resume] { $code } goes on, until { $until }.
        [stop] { $code } is stopped, the site has been told.
        [pause] { $code } pauses; make sure that every flame is out.
        [leave] The guardian has left; the job must stop.
        [finish] { $code } is finished. Clear the place; the guardian begins the fire watch.
        [watch] The fire watch has begun.
        [look] The look is on record.
        [measures] Your look at the measures is kept.
        [photo] The photo is with { $code }.
        [sample] The gas sample is with { $code }, within limits.
        [note] Noted with { $code }; its state stays as it is.
        [violation] ⚠️ { $code } had expired; this is on record as work after its end.
        [close] { $code } is accepted and closed.
        [cancel] { $code } is cancelled.
       *[other] Noted with { $code }.
    }
permit-blocked = Cannot { $event } yet. Missing: { $items }
permit-event =
    { $event ->
        [approve] approve
        [start] start
        [resume] go on
        [finish] finish
        [close] close
        [look] look
        [submit] submit
       *[other] do this
    }
permit-photo-how = Just send a photo of the place. Where the signal is bad, write { $code } beside it: sent later, it still goes with this permit.
permit-apply-which = You serve several enterprises; which one applies for hot work?
permit-point-held = Permit { $code } at this place is not closed yet; close it first.
permit-not-now = Permit { $code } is "{ $state }"; this is not possible now.
permit-look-early = Permit { $code }: the next look of the fire watch is due at { $at }. Please look then, and tap after it.
permit-looks-done = Permit { $code }: all looks of the fire watch are done; the place can be accepted.
permit-decided-already = Permit { $code } was dealt with by { $who }: { $state }.
permit-unknown = There is no permit { $code }, or you may not see it.
permit-ambiguous = You are on { $number } permits; write the code beside the photo, for example "{ $code }".
permit-quick-gas = { $code }: "{ $text }" is no gas value. Write a share of volume, for example "{ $code } 0.05%".
permit-quick-unit = { $code }: "{ $text }" needs its unit: "0.2%" is a share of volume, "5%LEL" one of the lower explosive limit.
permit-quick-which = { $code }: tap "Gas sample" and choose the gas first.

permit-prompt-awaits = ⏰ Permit { $code } awaits your approval: { $place }, level { $level }, work from { $start }.
permit-prompt-ends = ⚠️ Permit { $code } ends in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} ({ $until }). Guardian { $guardian }: see that work stops by then; more work needs a new permit.
permit-prompt-recheck = ⚠️ Permit { $code }: the gas check is due ({ $at }). { $tester }: measure now and reply like "{ $code } 0.05%" (share of volume). Without it the permit is suspended at { $deadline } and hot work must stop.
permit-prompt-suspended =
    { $why ->
        [unguarded] ⚠️ Permit { $code }: guardian { $guardian } has left, suspended. Stop hot work at once.
        [missed] ⚠️ Permit { $code }: check missed, suspended since { $at }. Stop hot work at once; measure before going on.
       *[stopped] ⚠️ Permit { $code } was stopped ({ $who }). Stop hot work at once; find out why and measure before going on.
    }
permit-prompt-gas = ⛔ Permit { $code }: too much gas: { $gases }. Stop hot work at once and leave the site. { $tester } measures again when it is put right.
permit-gas-above = { $gas } { $value }% (by reference to { $standard }, limit { $limit }%)
permit-oxygen-out = { $gas } { $value }% (by reference to { $standard }, range { $least }% to { $most }%)
permit-prompt-break-long = Permit { $code }: the break is longer than { $level ->
        [fixed] { $minutes } minutes
       *[other] { $minutes } minutes (by reference to { $standard })
    }; measure the gas before going on.
permit-prompt-expired = ⚠️ Permit { $code } has expired ({ $until }). Stop hot work at once; guardian { $guardian }: watch for fire for 30 minutes at least. More work needs a new permit.
permit-prompt-lapsed = Permit { $code } has expired ({ $until }) without work. Apply anew where it is needed.
permit-prompt-watch = ⏰ Permit { $code }: the job is finished. Guardian { $guardian }: clear the place and begin the fire watch.
permit-prompt-look = ⏰ Permit { $code }: time to look ({ $at }). Guardian { $guardian }: go and look for embers and smoke.
permit-prompt-accept = Permit { $code }: the fire watch is done. Leader { $leader }: take a photo, accept and close.
permit-prompt-passed = Nobody on site has confirmed for { $minutes } minutes; please see to it.
permit-seen = Noted that you have seen it.

permits-heading = Hot-work permits: { $live } under way, { $waiting } waiting, { $today } today
permits-none = No hot-work permits now. Apply before any hot work, and start after approval.
permits-none-staff = No hot-work permit is live now.
permits-live = Under way
permits-waiting = Waiting for approval or start
permits-today = Ended today
permits-district-heading = Hot work in { $place }: { $live } live ({ $suspended } suspended), { $today } today
permits-blocked = Applications stopped by a gate in the last 30 days: { $number } (a number only, without enterprises and names)
permits-entry = { $code } { $place }
permits-entry-staff = { $code } { $name }: { $place }
permits-entry-when = { $state }, until { $until }
permit-departed = Permit { $code }: { $name } ({ $seats }) can no longer act in the system; prompts go to the next in line.
permit-departed-guardian = No hot work without its guardian: name one at once, or stop the work first.
