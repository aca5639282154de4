# The morning's card of staff, what waits for their decision, the card of the 28th.
morning-heading = { $signature }What waits on { $day }
morning-district = { $district }: { $number ->
    [one] 1 duty
   *[other] { $number } duties
} of { $enterprises ->
    [one] 1 enterprise
   *[other] { $enterprises } enterprises
}
morning-overdue = Overdue by now: { $number ->
    [one] 1 duty
   *[other] { $number } duties
} of { $enterprises ->
    [one] 1 enterprise
   *[other] { $enterprises } enterprises
}.
morning-unmet =
    { $passed ->
        [0] Reported and not met: { $number }.
       *[other] Reported and not met: { $number }, of these past the promised day: { $passed }.
    }
morning-hazards = Major hazards past their deadline: { $number }
morning-reinspect = Rectified, to be reinspected: { $number }
morning-unsigned =
    { $own ->
        [0] Spot checks to be signed: { $number }
       *[other] Spot checks to be signed: { $number }, { $own } by you
    }
morning-waiting = For you to decide: { $number }
morning-unreachable = Principals newly unreachable or gone, { $number }: { $names }
morning-own = Your district owes { $number }:
morning-own-overdue = ⚠️ Your district owes { $number }, { $overdue } of them overdue:
morning-button-district = Overdue
morning-button-waiting = To decide

waiting-heading =
    { $number ->
        [0] Nothing waits for your decision.
        [one] 1 thing waits for your decision; tap its number:
       *[other] { $number } things wait for your decision; tap a number:
    }
waiting-explanation = explains why “{ $title }” is not done
waiting-principal = somebody else wants to be the principal
waiting-risk = reports “{ $tag }” otherwise than the registry
waiting-problem = a problem of a dispatch needs help
waiting-hazard = hazard { $number }: is it a major one?
waiting-extension = hazard { $number }: more time is asked for
waiting-annex = a cell of the table of { $month } was returned, to be filed again
waiting-gone = This was decided already, or is not yours to decide.

annex-button-chief = Summary
chief-heading = { $signature }{ $month }, as of { $at }
chief-filed = { $number } of { $all } tables are filed.
chief-missing = Neither filed nor explained, { $number }: { $places }
chief-explained = Not filed, with a reason: { $place } ({ $why })
chief-changes = { $number ->
    [one] 1 row changed
   *[other] { $number } rows changed
} since { $month }:
chief-change = { $label }: { $figures } ({ $change })
chief-same = Nothing changed since { $month }.
chief-hazards = Open major hazards: { $number }
chief-unasked = Of these without this week's check-in: { $number }
chief-unasked-line = { $district } { $name }: { $number }
chief-unasked-more = { $number ->
    [one] 1 more enterprise
   *[other] { $number } more enterprises
}.
chief-picture = { $month }: found, rectified and filed by district:
chief-file-name = summary { $month }
pack-bad-time = “{ $given }” is no time of day. Write it like “17:00 [D]”.

cli-help-audit-show = Who saw or took away personal data: when, the person's number, how, about what, of how many people. What was done at the command line has no person.
cli-name-person-number = PERSON
cli-option-audit-person = of this person alone
cli-column-what = how
cli-column-people = people
cli-bad-person-number = “{ $given }” is no number of a person; anzhu people lists them.
