# The check against the criteria of major hazards.
criteria-group = Article { $number } { $article } | { $place }
criteria-scope =
    This check is against the criteria of industry and trade. Other matters have their own: { $others }.
    { $ask }
criteria-fact-in-full =
    { $fact }
    In its own words: { $text }.
criteria-facts =
    { $facts }
    Tap what applies, or reply the numbers, like “1, 3”. If nothing does, tap “None here”. { $done } of { $total } criteria checked.
criteria-fact-with-note = { $fact } ({ $note })
criteria-nth = Case { $number }
criteria-none = None here
criteria-checked = { $done } of { $total } criteria checked, { $found } found. What was found enters the ledger with your confirmation; you need not report it again.
criteria-own-words =
    Article { $article }, item { $item }, in its own words: { $text }
    Is this so in your enterprise?
criteria-own-words-label = { $name } verdict
criteria-article-14 = A device that is fitted but has failed counts just the same (article 14).
criteria-is = It is so
criteria-failed = Fitted but failed
criteria-is-not = It is not
criteria-place = Where on site: “{ $fact }”?
criteria-place-label = { $name } place
criteria-place-hint = For example: gas booster of converter 2
criteria-photos = Photos of the place
criteria-photos-hint = Please send photos of the place, several if you like; if there is none now, tap “No photos”.
criteria-photos-label = { $name } photos
criteria-fixed = Was it put right on the spot?
criteria-fixed-label = { $name } put right
criteria-fixed-yes = Put right
criteria-fixed-no = Not yet
criteria-person = Who is in charge of putting it right?
criteria-person-label = { $name } in charge
criteria-person-hint = For example: Wang, maintenance
criteria-measures = What will be done?
criteria-measures-label = { $name } measures
criteria-measures-hint = For example: fit fixed CO alarms, connected to the control room
criteria-funds = How much money is set aside, in yuan?
criteria-funds-label = { $name } funds
criteria-funds-hint = Please reply an amount, like 30000 yuan; 0 if none is needed.
criteria-deadline = By which day will it be done?
criteria-deadline-label = { $name } deadline
criteria-deadline-hint = Please reply today or a later day, with its month.
criteria-contingency = What is the contingency plan until then?
criteria-contingency-label = { $name } contingency plan
criteria-contingency-hint = For example: the area is closed, a guard with a portable alarm stands by
