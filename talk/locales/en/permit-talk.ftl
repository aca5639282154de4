# Hot-work permits: talks of application, gas samples, guarding, acceptance
permit-like = Last time: { $place } ({ $part }), { $content }. Welders { $welders }, leader { $leader }, guardian { $guardian }. The same job this time?
permit-like-label = Like last time
permit-like-yes = The same
permit-like-no = Fill in anew
permit-place = Where is the hot work?
permit-place-label = Place
permit-place-hint = For example: “Workshop 2, pipe rack on the north side”.
permit-known =
    Tap one, or reply with a new name:
    { $all }
permit-part = On which part?
permit-part-label = Part
permit-part-hint = For example: “outlet of silo 3”.
permit-content = What is done?
permit-content-label = Job
permit-content-hint = For example: “weld a new flange to the outlet”.
permit-surroundings = What kind of place is it?
permit-surroundings-label = Kind of place
permit-surroundings-hint =
    By reference to { $standard }:
    { $all }
    If several fit, take the first of them.
permit-named = { $name }: { $text }
permit-stopped = Is the plant fully stopped, cleaned, purged, tested and isolated?
permit-stopped-label = Stopped and isolated
permit-stopped-hint = If all of it is done, the job is second level by reference to { $standard }; if anything is missing, tap “Not all”.
permit-stopped-yes = All done
permit-stopped-no = Not all
permit-workpiece = What is worked on?
permit-workpiece-label = Worked on
permit-list-hint =
    Tap, or reply with numbers:
    { $all }
permit-air = Indoors or in the open air? How strong is the wind there?
permit-air-label = Indoors or open air
permit-air-hint = By reference to { $standard }, in the open air, at wind force { $force } or more hot work should stop; where it cannot wait, it goes one level up.
permit-air-indoors = Indoors
permit-air-calm = Open, below { $force }
permit-air-windy = Open, { $force } or more
permit-ways = Which kinds of hot work?
permit-ways-label = Kinds of work
permit-from = When does it begin?
permit-from-label = From
permit-from-hint = Tap, or reply with a time such as “14:30” or “tomorrow 8:00”. Approval and gas samples come before the start.
permit-from-in = { $minutes ->
    [30] In 30 minutes
    [60] In 1 hour
   *[120] In 2 hours
    }
permit-from-morning = 8:00 tomorrow
permit-from-past = { $moment } has passed. A permit is not made up afterwards; if hot work has begun, stop it at once. If it has not, reply with a later time, such as “tomorrow { $tomorrow }”.
permit-from-far = { $moment } is too far ahead; { $latest } is the last day.
permit-accepts-from = Reply with a time such as “14:30” or “tomorrow 8:00”; from 1 to 6 say am or pm.
permit-until = { $line } When does it end?
permit-until-label = Until
permit-until-at = Until { $clock }
permit-until-next = Next day { $clock }
permit-until-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
permit-until-before = The end must come after the start ({ $starts }); you wrote { $until }. Reply again, with the day if it is another one.
permit-until-long = { $line } { $level ->
        [fixed] By this system's setting
       *[other] By reference to { $standard }
    } it may last { $hours } hours, until { $latest } at the latest. Reply with an earlier time; what is not done by then needs a new permit.
permit-accepts-until = Reply with the end, such as “17:00”, { $latest } at the latest; from 1 to 6 say am or pm.
permit-hours = Over several days: from when to when each day?
permit-hours-label = Daily hours
permit-hours-hint = Working days only, and not at night; by reference to { $standard }, nights, rest days and holidays go one level up and need a permit of their own.
permit-hours-of = { $first }:00 to { $last }:00
permit-hours-shown = { $first } to { $last } on each working day
permit-hours-backwards = The end of the daily hours must come after their beginning, on the same day. Reply again, such as “8:00-17:00”.
permit-hours-night = { $begins } to { $ends } is night: by reference to { $standard }, hot work then goes one level up and needs a permit of its own. Reply with hours of the day, such as “8:00-17:00”.
permit-hours-none = No working day within the planned time has these hours. Take other hours, or go back and change the end.
permit-accepts-hours = Reply with daily hours, such as “8:00-17:00”.
permit-level-fixed = In a fixed hot-work area, without a level.
permit-level-plain = By reference to { $standard }, managed as { $level } level.
permit-level-up = { $why }: by reference to { $standard } it goes up from { $base } to { $level } level.
permit-level-highest = { $why }; by reference to { $standard } it is the highest level ({ $level }) already.
permit-why-holiday = { $day } is a public holiday
permit-why-rest = { $day } is a rest day
permit-why-night = it is partly at night ({ $begins } to { $ends })
permit-why-wind = wind force { $force } or more in the open air
permit-welders = Who welds?
permit-welders-nobody = Nobody in the register has a certificate that is still valid on { $day }: no hot work this time.
permit-welders-label = Welders
permit-welder-line = { $name }, { $trade }, { $until }
permit-welder-void = { $name }: { $why }
permit-welders-hint =
    Those in the register who may weld; several can be taken:
    { $names }
permit-welders-hint-void =
    Those in the register who may weld; several can be taken:
    { $names }
    Cannot be named:
    { $void }
permit-welders-void =
    Cannot be named:
    { $void }
permit-welder-unfit = { $name } cannot be named: { $why }. Name somebody with a valid certificate; if it was renewed or reviewed, update the register first.
permit-welder-unknown = “{ $name }” is not in the register. Import the certificate into the register first; if the name was mistyped, reply again.
permit-accepts-welders = Tap, or reply with names or numbers.
permit-accepts-no-welders = Go back and shorten the job, or update the register first.
permit-fault =
    { $fault ->
        [review_overdue] the review of the certificate was due by { $day } and has not been done
       *[expired] the certificate was valid until { $day }
    }
permit-fault-ends =
    { $kind ->
        [review] the review of the certificate is due by { $day }, before the end of the job
        [expiry] the certificate is valid until { $day }, not to the end of the job
       *[usable] the certificate is usable until { $day }, not to the end of the job
    }
permit-fault-unlisted = not in the register
permit-fault-trade = the certificate is for { $trade }, not for welding and hot cutting
permit-nth = No. { $number }
permit-leader = Who leads the job?
permit-leader-label = Leader
permit-guardian = Who is the guardian?
permit-guardian-label = Guardian
permit-guardian-hint = Work can begin only after the guardian's own tap on site. Somebody without this bot: reply with the name.
permit-guardian-welds = The guardian cannot be a welder as well: the guardian watches all the time and does nothing else. Name somebody else.
permit-tester = Who tests the gas?
permit-tester-label = Gas tester
permit-somebody-hint = Tap, or reply with a name.
permit-somebody-twice = There are several called “{ $name }”. Tap one of them.
permit-without-bot = { $name } (not on this bot)
permit-accepts-somebody = Tap somebody, or reply with a name (2 to 60 characters).
permit-sample = Here no gas sample is required. Will you take one?
permit-sample-label = Gas sample
permit-sample-hint = If not, tap or reply with the reason.
permit-sample-yes = Take one
permit-sample-nothing = Nothing combustible
permit-others = Is other special work involved?
permit-others-label = Other work
permit-others-hint =
    Each needs a permit of its own. Tap, or reply with numbers:
    { $all }
permit-others-none = None
permit-other-number = { $name } needs a permit of its own. What is its number?
permit-other-number-label = Permit number, { $name }
permit-other-number-hint = Reply with the number, as S-0606-01. Where it is not issued yet, tap “Not yet” and tell it on site; without it work cannot begin.
permit-other-number-none = Not yet
permit-accepts-other-number = Reply with the number, as S-0606-01; where it is not issued yet, tap “Not yet”.
permit-risks = Which risks are there?
permit-risks-label = Risks
permit-risks-hint =
    Suggested: { $likely }. Tap, or reply with numbers:
    { $all }
permit-risks-preset = As suggested
permit-measures = { $level } Check each safety measure: is all of it done?
permit-measures-label = Measures
permit-measures-hint =
    Measures that apply (by reference to { $standard }, table A.1):
    { $apply }
permit-measures-more =
    { $hint }
    Others: { $rest }.
    If the site differs, reply with the numbers of all that apply and are done, such as “1, 2, 5”.
permit-measure-rest = { $number } { $name }
permit-measure-before = { $text } ({ $number })
permit-measure-count = How many: “{ $name }”?
permit-measure-unit = pcs
permit-measures-preset = All done
permit-photo = Please take a photo of the place.
permit-photo-label = Photo of the place
permit-photo-hint = Of today: the part, what is around it, and the extinguishers.
permit-prohibited = Last, the prohibitions ({ $number }, by reference to { $source }): is any of these the case?
permit-prohibited-label = Prohibitions
permit-prohibited-hint =
    { $all }
    If so, reply with the numbers, such as “5, 8”: any one forbids the job.
permit-prohibited-none = None of them
permit-confirm = { $line } It is valid until { $until } and ends by itself then. It goes to the approver ({ $approver }); no hot work before the approval.
permit-confirm-days =
    { $ask }
    Rest days and holidays are not within this permit; they need one of their own.
permit-confirm-kept =
    As last time:
    Job: { $content }
    Worked on: { $workpiece }; kinds: { $ways }
    Welders: { $welders }; leader: { $leader }
    Guardian: { $guardian }; gas sample: { $tester }
    Risks: { $risks }; other work: { $others }; numbers: { $numbers }
    If anything has changed, go back to the first question and tap “Fill in anew”.
    { $ask }
permit-kept-count = { $name } { $number }
permit-no-sample = none ({ $reason })
permit-accepts-one = Tap one, or reply with its name or number (1 to { $last }).
permit-accepts-list = Tap and then “Done”, or reply with numbers, such as “1, 3” (1 to { $last }).
permit-accepts-preset = Tap “{ $preset }”, or reply with numbers, such as “1, 3” (1 to { $last }).
permit-accepts-none = If none, tap “{ $none }”; otherwise reply with numbers, such as “1, 3” (1 to { $last }).

permit-gas = Permit { $number }: which gas was measured?
permit-gas-label = Gas
permit-gas-value = What is the reading of { $gas }? Within limits: { $limit }.
permit-gas-value-label = Reading
permit-gas-value-hint = Reply with the share of volume, such as “0.05%”; if the detector shows %LEL, write “5%LEL”.
permit-gas-oxygen-hint = Reply with the share of volume, such as “20.9%”.
permit-accepts-gas = Reply with one reading, such as “0.05%”, “5%LEL” or “300ppm”, not below zero; several gases one after the other.
permit-accepts-oxygen = Reply with the share of oxygen, such as “20.9%”, not below zero.
permit-gas-impossible = There is no such reading. { $accepts }
permit-gas-reading =
    { $unit ->
        [lel] { $value }%LEL
        [ppm] { $value } ppm
        [volume] { $value }% vol
       *[percent] { $value }%
    }
permit-gas-unit = Is { $value } % vol, or % of the lower explosive limit (%LEL)? As %LEL, with an LEL of { $lel }%, it is { $share }% vol.
permit-gas-unit-label = Unit
permit-gas-lel = %LEL
permit-gas-volume = % vol
permit-gas-converted = { $reading } is { $share }% vol.
permit-limit = by reference to { $standard }, at most { $limit }%
permit-limit-oxygen = by reference to { $standard }, { $least }% to { $most }%
permit-taken = When was it taken?
permit-taken-converted = { $converted } When was it taken?
permit-taken-label = Taken at
permit-taken-ago = { $minutes } min ago
permit-taken-future = { $moment } is still to come. Reply with the time when it was taken, such as “14:25”.
permit-taken-old = A sample of { $moment } is too old. Take a new one.
permit-accepts-taken = Tap, or reply with the time, such as “14:25” or “10分钟前”; from 1 to 6 say am or pm.
permit-gas-by = Permit { $number }: who took the sample?
permit-gas-good = { $gas } { $value }%, within limits ({ $limit }). Was another gas measured?
permit-gas-more-label = More samples
permit-gas-done = Done
permit-gas-more = Another gas

permit-return-field = Permit { $number }: which answer is wrong?
permit-return-field-label = Sent back
permit-return-hint = Only this one is answered anew, then the application comes again.
permit-remark-label = Remark
permit-reason =
    { $act ->
        [refuse] Why is permit { $number } ({ $place }) refused?
       *[cancel] Why is permit { $number } ({ $place }) cancelled?
    }
permit-reason-label = Reason
permit-reason-hint =
    { $act ->
        [refuse] One sentence, for the applicant. If only one answer is wrong, send it back instead.
       *[cancel] One sentence; everybody on the permit reads it.
    }
permit-reason-confirm =
    { $act ->
        [refuse] Refused, permit { $number } ends for good; whoever needs hot work applies again.
       *[cancel] Cancelled, permit { $number } ends for good; hot work stops at once.
    }
permit-reason-yes =
    { $act ->
        [refuse] Refuse
       *[cancel] Cancel it
    }
permit-stop-why = Permit { $number } is stopped. Why?
permit-stop-hint = See to the site first; the reason can wait.
permit-stop-later = Later
permit-stop-gas = Gas alarm
permit-stop-guardian = Guardian left
permit-stop-sparks = Sparks
permit-arrive = Permit { $number } ({ $place }): take a photo of the place to confirm that you are there to guard it.
permit-arrive-hint = It shows the part and the extinguishers. Without a photo of the place work cannot begin.
permit-arrive-no-photo = No photo yet
permit-on-site = Permit { $number } ({ $place }): look at each measure on site. Is any of them not in place?
permit-on-site-hint =
    As told by { $applicant } at the application:
    { $all }
    Reply with the numbers of what is not in place, as 2, 5: while one is lacking work cannot begin. Each measure then bears your name and the minute.
permit-on-site-done =
    { $hint }
    Confirmed on site already: { $those }.
permit-on-site-line = { $name } ({ $by }, { $at })
permit-on-site-all = All in place
permit-look = Permit { $number } ({ $place }): how is the fire watch?
permit-look-hint = Look at the place, below, behind and next to it, then tap.
permit-look-clear = Nothing glows
permit-look-fire = Fire seen
permit-accept = Permit { $number } ({ $place }): is the place accepted?
permit-accept-label = Acceptance
permit-accept-hint = Nothing glows, gas and power are cut off, the place is cleared.
permit-accept-safe = Accepted
permit-accept-unsafe = Not yet
permit-accept-photo = Take a photo of the place as it is now.

permit-none-certified = { $name } has nobody with a valid certificate in its register and cannot apply for hot work. Give the list of valid certificates to { $bureau } for import, then apply; /workers shows the register.
permit-submitted = Permit { $number } waits for approval ({ $approver }). Planned { $starts } to { $until }. Work begins only after approval, gas sample and guardian.
permit-no-approver = Nobody can approve it yet: the approver is neither applicant, welder nor guardian. Have somebody join who may approve.
permit-gate-shut =
    { $gate ->
        [certified] A welder's certificate is not valid during the job, or not in the register. Not handed in; choose again.
        [distinct] Guardian, welder and approver are three people. Not handed in; name somebody else.
        [window] The start has passed, or the job lasts longer than its level allows (by reference to { $standard }). Not handed in. A permit is not made up afterwards; if hot work has begun, stop it at once.
        [harmless] One of the prohibitions applies: no hot work.
       *[point] Another permit holds this place at that time. Not handed in; change time or place, or end the other one first.
    }
permit-forbidden =
    ⚠️ No hot work at { $place }. By reference to { $source }, this is forbidden and is the case:
    { $those }
    Put it right, then apply again. Until then, no hot work there.
option-apply-again = Apply again
permit-photo-old = This photo was taken on { $day }, it does not show the place today; not kept. Take a photo of the place now.
permit-photo-again = This photo is with the permit already and shows no place after the job. Please take a new one.
permit-photo-late = This photo was taken on { $day }: it is kept with { $code } as of then, but not as a photo of the place today.
permit-reason-kept = The reason is kept with permit { $number }.
permit-sample-good = Permit { $number }: { $gas } { $value }%, within limits, kept.
permit-sample-old = Permit { $number }: { $gas } { $value }% is kept, but it was taken at { $taken }, { $level ->
        [fixed] more than { $minutes } minutes ago
       *[other] more than { $minutes } minutes ago (by reference to { $standard })
    }: work cannot begin or go on by it. Take a new sample.
permit-sample-over =
    { $running ->
        [yes] ⛔ Permit { $number }, too much gas: { $gas }. The permit is suspended: stop hot work and leave at once; measure again when it is put right.
       *[no] ⛔ Permit { $number }, too much gas: { $gas }. No hot work, leave the site; measure again when it is put right.
    }
permit-late = Permit { $number } ({ $state }): kept, but it no longer changes the permit.
permit-fire = ⚠️ Permit { $number } ({ $place }): fight the fire with what is at hand, call 119, get people to safety. Leader and officer are told.
permit-fire-told = ⚠️ Permit { $number } ({ $place }): { $name } saw fire during the fire watch. Fight it at once and call 119.
permit-unsafe = Permit { $number } is not accepted yet. Put the place in order, then accept it.
permit-application-title = Application for hot work
permit-talk-title = Permit { $number }
permit-which = Permit { $number } ({ $place })
permit-discarded = The applicant discarded the changes.
