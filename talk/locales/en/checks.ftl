# Spot checks (抽查): planned, drawn, entered, taken back. Nothing of a plan is said to an enterprise (四不两直).
checks-heading = { $signature }Spot checks
checks-counts = { $planned } planned, { $recorded } entered.
checks-quiet = Before a result is entered an enterprise neither gets nor sees anything of a check.
checks-none = There are none at present.
checks-planned-heading = { $number } planned:
checks-recorded-heading = { $number } entered, the newest first:
checks-planned = Planned: { $number }.
checks-planned-before = Planned before: { $number }.
checks-unknown = Codes that are not among the enterprises you check: { $number } ({ $codes }).

check-pick-title = Choose enterprises to check
check-pick = Which enterprises are to be checked ({ $place })?
check-accepts-enterprises = Please reply with a credit code, or a piece of the name; or paste several codes, { $limit } at the most.
check-codes-unsound = “{ $code }” is not a sound credit code. Please check, and paste all of them again.
check-codes-many = At most { $limit } codes at a time; these are { $number }. Please paste them in parts.
check-none-found = “{ $text }” was not found among the enterprises you check. Please check the code or the name.
check-too-many-found = { $number } enterprises have a like name. Please write more of it, or the code.
check-which = { $number } enterprises have a like name; tap one:
check-planned-already = { $name } is planned already.
check-moved = { $name } is no longer checked by this bureau; nothing was entered. Please drop this plan.

check-how =
    { $how ->
        [hand] by hand
        [draw] at random
       *[suggestion] as suggested
    }
check-state =
    { $state ->
        [planned] planned
        [recorded] entered
        [dropped] dropped
       *[taken_back] taken back
    }
check-heading = { $signature }Spot check of { $name }: { $state }
check-from = Chosen { $how }
check-from-draw = Chosen by draw { $number }
check-assigned = Inspectors drawn: { $names }
check-quiet = Before the result is entered the enterprise neither gets nor sees anything of it.
check-nothing-found = Nothing that the table lists was found.
check-findings = Findings: { $number }
check-lines = { $lines }
check-finding = { $label }: { $note }
check-hazards-line = Major hazards in the ledger: { $numbers }
check-why = Reason: { $why }
check-line-found = checked on { $day }, findings: { $number }
check-line-none = checked on { $day }, nothing found
check-line-taken-back = checked on { $day }, taken back
check-photos-shown = Photos of the check: { $number }
check-no-photos = This check has no photos.
check-hazards-heading = Major hazards from this check: { $number }. Tap one to reinspect, list, close or look back:

check-ground-suspended = permits suspended { $number } times in { $days } days
check-ground-same-photo = the same photo in different answers ({ $number })
check-ground-overdue = hazards overdue: { $numbers }
check-ground-all-zero = a place of greater danger, and { $number } answers without a problem, nor a hazard in the ledger
check-ground-unmet = what it reported does not meet the clause: { $number } ({ $titles }); a ground to look, to be verified on site
check-ground-untouched = dispatch confirmed on { $day }, though nothing had been done for days about hazards { $numbers }
check-grounds = { $first }; { $rest }
check-suggested-heading = { $number ->
    [one] 1 enterprise
   *[other] { $number } enterprises
} with something to be looked at, by credit code and in no other order, for planning only. Tap one to plan it:
check-suggested-none = No enterprise is suggested at present.

check-draw-title = Draw at random
check-draw-places = From which areas?
check-draw-places-label = areas
check-city = All
check-draw-by = From which enterprises? Several conditions must all hold.
check-draw-by-label = pool
check-by-sector = Sector
check-by-tag = Risk
check-by-unchecked = Unchecked
check-everybody = All
check-draw-sectors = Which sectors?
check-draw-sectors-label = sectors
check-draw-tags = Which risks? One of them is enough.
check-draw-tags-label = risks
check-draw-lines =
    { $lines }
    Tap, or reply with numbers such as “1, 5”.
check-draw-number = How many are to be drawn?
check-draw-number-label = to be drawn
check-draw-number-hint = For each of them 2 of { $inspectors } inspectors are drawn. Please reply with a number, such as “5”.
check-draw-unit = enterprises
check-draw-confirm = The seed was made before the pool was chosen; its fingerprint is { $fingerprint }. It is told after the draw, which cannot be changed.
check-draw-now = Draw
check-draw-heading = { $signature }Draw { $number } ({ $at })
check-draw-pool = From { $pool ->
    [one] 1 enterprise
   *[other] { $pool } enterprises
} and { $inspectors } inspectors; drawn: { $number }
check-draw-seed = Seed: { $seed } (fingerprint before: { $fingerprint })
check-draw-line = { $name }: { $inspectors }
check-draw-more = { $number } more; see what is planned.
check-draw-again = Draw again at any time: anzhu checks --draw { $number }
check-draw-open = Draw { $number } is not drawn yet. Fingerprint of its seed: { $fingerprint }
check-drawn-already = Draw { $number } is made already:
check-empty-pool = There is no enterprise to draw from (those planned are left out). Please choose other conditions.
check-small-pool = There are only { $pool }, so { $number } cannot be drawn. Please ask for fewer, or widen the conditions.
check-few-inspectors = A check needs two inspectors; { $number } are named. Please name them first.

check-inspectors-title = Name inspectors
check-name-inspectors = Who are the inspectors of { $place }?
check-name-inspectors-hint = Please reply with names, commas between them.
check-name-unsound = “{ $name }” does not look like a name. A name has { $limit } characters at the most and no digits; commas go between several.
check-inspectors-heading = { $number ->
    [one] 1 inspector
   *[other] { $number } inspectors
}. Tap one to let them go; earlier signatures stay:
check-inspectors-none = No inspector is named yet. A check needs two.
check-inspector-gone = let go

check-record-title = Result of the check of { $name }
check-day = On which day was { $name } checked?
check-day-label = checked on
check-inspectors = Who checked? Two at the least.
check-inspectors-label = checked by
check-inspectors-known =
    { $lines }
    Tap, reply with numbers, or write all the names, commas between them.
check-inspectors-new = Please write all the names, commas between them.
check-accepts-inspectors = From 2 to { $most } people check. Please tap them, or write all the names, commas between them.
check-as-drawn = As drawn
check-found =
    { $number ->
        [1] What was found? Tap only that.
       *[2] What else was found? Tap only that.
    }
check-found-label = found
check-found-more-label = also found
check-rows = { $lines }
check-rows-admitted =
    { $lines }
    What the enterprise reported itself is a lead, and no finding: only what you saw counts.
check-row-admitted =
    { $label }
    Its own report: { $said }{ $more ->
        [0] {""}
       *[other] , and { $more } more
    }
check-admitted = { $day } “{ $said }”
check-nth = No. { $number }
check-found-none = None
check-cases = “{ $label }”: which of these?
check-cases-label = cases of finding { $number }
check-note = “{ $label }”: what exactly?
check-note-label = finding { $number }
check-note-uncertified = Seen on site, or found in the permits that are kept; what was stopped at the application does not count.
check-photos = Please send photos of it.
check-photos-label = photos of finding { $number }
check-photos-none = No photo
check-confirm =
    { $own ->
        [yes] Who checks signs and answers for it. To submit is your own signature; the others of { $names } sign for themselves. { $name } is told.
       *[no] Who checks signs and answers for it. Once submitted, { $names } sign for themselves; until then the record says so. { $name } is told.
    }
check-sign = Submit result
check-action = spot check { $number }
check-action-found = spot check { $number }: { $note }
check-entered = ✅ The result is entered, and counts for the table.
check-told = People of the enterprise told: { $number }. Where a major hazard was found, tap “Hazard”.
check-nobody-told = Nobody of the enterprise has joined, so nobody was told; please tell them. Where a major hazard was found, tap “Hazard”.

check-result-heading = { $signature }Spot check of { $name }
check-result-next = Please put right each of these; { $bureau } will look again. If you see it otherwise, speak to who checked, or reply /feedback.
check-result-clean = There is nothing for you to do.
check-result-not-served = This only tells the result. Enforcement documents are not served through this platform.
check-result-taken-back = The result of the spot check of { $day } was taken back by { $bureau } and holds no more. Reason: { $why }

check-drop-title = Drop the check of { $name }
check-drop-why = Why is the check of { $name } dropped?
check-drop-drawn = What was drawn at random is dropped with a reason only, such as “no longer in business”.
check-drop-no-reason = No reason
check-dropped = The check of { $name } is dropped.
check-take-back-title = Take back the result of { $name }
check-take-back-why = Why is the result of { $name } of { $day } taken back?
check-take-back-label = reason
check-take-back-hint = The entry stays, and counts no more; to correct it, enter it anew afterwards.
check-take-back-confirm = This takes it back, and tells { $name } the reason. Hazards in the ledger are not touched.

option-spot = The check
option-check-planned = Planned
option-check-recorded = Entered
option-check-add = Add
option-check-draw = Draw
option-check-suggested = Suggested
option-check-inspectors = Inspectors
option-check-name = Add
option-check-record = Result
option-check-drop = Drop
option-check-hazard = Hazard
option-check-hazards = Hazards
option-check-take-back = Take back
option-check-again = Look again
option-check-anew = Enter anew
option-check-drawn = The draw

telegram-command-checks = Spot checks

cli-about-checks = spot checks: planned, entered, and draws to be verified
cli-help-checks = Lists spot checks; --draw draws again from the kept seed and pool, and compares.
cli-option-draw = draw this one again, and compare
cli-name-draw = DRAW
cli-no-such-draw = There is no draw “{ $given }”, or it is not drawn yet.
cli-draw-same = Draw { $number }, drawn again, gives what was kept:
cli-draw-differs = Draw { $number }, drawn again, does not give what was kept: data were changed.
cli-column-checked = Checked
cli-column-how = Chosen
cli-column-inspectors = Inspectors
cli-column-findings = Findings

checks-of = Spot checks of { $name }, { $number }, the newest first:
check-again =
    { $left ->
        [0] looked at again on { $day }: none of it found again
       *[other] looked at again on { $day }: { $left } of it found again
    }
check-not-again = not looked at again yet
check-hazard-stands = major hazard { $number } { $state }
check-made = Checked on { $day }
check-inspectors-line = Inspectors: { $names }
check-signature =
    { $how ->
        [own] { $name } (signed in person { $at })
        [code] { $name } (signed { $at } by a one-time code of { $giver }, on the phone of { $by })
       *[entered] { $name } (signed for by { $by } on entry { $at })
    }
check-signature-wanted = { $name } (to sign)
check-signature-objected = { $name } (to sign; objects: { $objection })
check-unsigned = to be signed by { $number }
checks-unsigned = To be signed: { $number }.
checks-unsigned-heading = To be signed: { $number }, yours first:
checks-unsigned-none = No spot check waits for a signature.
check-to-sign =
    { $who ->
        [no] { $signature } Please sign the spot check of { $name }
       *[other] { $signature } { $who }, please read and sign in person: the spot check of { $name }
    }
check-sign-means = Who checks signs and answers for it. If you did not take part, or it was otherwise, do not sign.
check-signed = ✅ Signed.
check-all-signed = ✅ The spot check of { $name } is signed by every inspector.
check-object-title = Objection to the spot check of { $name }
check-object = The spot check of { $name } on { $day }: what is not so?
check-object-label = Objection
check-object-hint = Such as “当天没有参加这次检查”.
check-object-confirm = Once confirmed, whoever entered it is told, and the record shows your objection.
check-objected = Your objection is kept, and whoever entered it is told. You can still sign.
check-objection = ⚠️ { $who } objects to the spot check of { $name }: { $objection }. If it was entered wrongly, take it back and enter it anew.
check-code = Code of { $name }: { $code }, good for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} and once. Hand it to { $name } in person, to reply “/sign { $code }” on a colleague's phone, read the spot check of { $enterprise }, and sign.
check-code-by-another = Whoever entered a check cannot hand out its codes. Please have a colleague or the city open it and give { $name } a code.
check-code-wrong = This code cannot be used: mistyped, expired, used, or handed out by yourself. Check it, or have a colleague give a new one.
check-code-hint = Reply “/sign CODE”, such as “/sign K7Q4-M2PX”. A colleague gives the code from the card of the check.
check-code-pause = Too many tries; try again in an hour.
option-check-sign = Sign
option-check-object = Object
option-check-to-sign = To sign
option-check-code = Code for { $name }
