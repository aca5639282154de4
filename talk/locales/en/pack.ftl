# What `anzhu pack check` finds wrong in a rule pack, and what to do.

pack-broken = The pack “{ $pack }” has faults and was not taken. Run: anzhu pack check { $pack }
pack-no-files = There are no files of a pack here. Give a folder that holds .yaml files.
pack-not-yaml = This is not valid YAML. Check indentation, colons and quotes of this line and the one before.
pack-not-text = This is no text in UTF-8. Save it in UTF-8.
pack-too-big = Holds or nests too much to be read. Split the file, and refer to anchors (&, *) less often.
pack-not-a-mapping = A file of a pack consists of “key: value”. Write it like the pack that is shipped.
pack-extends-what = extends names one pack, or a folder beside this one.
pack-no-base = There is no pack “{ $name }” to extend. Name a shipped pack, or a folder beside this one.
pack-two-of-one-name = A shipped pack and the folder { $folder } are both called “{ $name }”, so it is not clear which is extended. Rename the folder.
pack-extends-circle = The packs extend each other in a circle: { $way }. Take one extends away.
pack-name-of-base = The pack has the name of the one that it extends, “{ $name }”. Give it another name.
pack-no-base-to-change = Without extends there is nothing that “{ $key }” could change. Say which pack is extended, or remove “{ $key }”.
pack-nothing-to-change = There is no “{ $name }” in the pack that is extended. Correct it; there is: { $known }
pack-change-what = Beneath “{ $name }” stand the keys that change and their values.
pack-drop-what = drop is a list of names, like [drill, forms/drill].
pack-in-base = The pack that is extended has “{ $name }” already. To alter it write it under change; to replace it drop it first; if it is something else, rename it.
pack-key-twice = “{ $name }” stands twice in one place. Keep one.
pack-unwritable = there is a character here that no document prints and no platform takes (a control, say); please delete it.
pack-missing = “{ $key }” is missing. Add it.
pack-unknown-key = “{ $key }” is not known. Correct the spelling or remove it.
pack-bad-value = “{ $key }” cannot be “{ $given }”. Write it like the pack that is shipped.
pack-not-one-of = “{ $given }” is not one of the values allowed: { $expected }. Choose one.
pack-no-chinese = “{ $key }” has no Chinese text. Add zh.
pack-no-clause = The duty has no clause. Add it, for example clause: 三(一)1
pack-no-mark = “{ $given }” has no mark. Add [N] if it stands in the notice, [S] if in a law or another document ([S~] if you saw a copy alone), [R] if in a standard, [D] if it was derived or chosen, for example 2023-05-30 [N]
pack-bad-day = “{ $given }” is not a day. Write it like 2023-05-30 [N], day 28 [N], last day of month [D], day 15 of next month [N], 03-31 of each year [D], 01-31 of next year [N], period end + 3 days [N] or period end + 20 working days [N]; from an event within 24 hours [D] or within 20 working days [S].
pack-bad-moment = “{ $given }” is not a moment. Write it like opens, opens + 1 working day, halfway, due - 3 days or due + 1 day.
pack-after = { $day } lies after the campaign and its closing. Correct the day, or say by closing for how many days after its end the campaign is still closed, for example closing: 45 days [D]
pack-bad-days = “{ $given }” is not a number of days. Write it like 45 days [D], 1 to 999 days.
pack-outside = { $day } lies outside the campaign. Correct the date, or start and end.
pack-backwards = The end comes before the beginning. Correct the dates.
pack-unknown-name = “{ $given }” is not defined. Name one that is ({ $known }), or define it first.
pack-no-such-period = The duty has no period “{ $period }”. Correct period; what is owed once needs none.
pack-repeated = “{ $name }” is there twice. Rename or remove one.
pack-every = Several years (every) belong to cadence: yearly, as in cadence: yearly, every: 3 years.
pack-shadowed = No enterprise falls to this variant: those before it cover all of its scope, and the first that covers an enterprise counts. Put the narrower one first, or take this one out. For dates of each year use cadence: yearly.
pack-note-no-period = No period of the campaign has 7 days for this variant: nobody ever owes it.
pack-note-nobody = Enterprises of this variant owe nothing of { $periods }: a later variant does, but the first that covers an enterprise counts.
pack-phases = phases and cadence: phase belong together. Add one or remove the other.
pack-hours = “within … hours” is for cadence: event alone. Write a day.
pack-due = There is no due day, or a continuous duty has one. Add or remove due.
pack-trigger = A duty by event has no trigger. Say which event makes it.
pack-counts-nothing = The row counts nothing. Name its source in counts, for example ledger: [listed]
pack-length = “{ $given }” is too short or too long. Write { $shortest } to { $longest } characters.
pack-many-places = The article has { $number } places, and a message has { $most } buttons at most. Put some places together.
pack-many-facts = The place “{ $place }” has { $number } facts, and { $most } are the most. Make two places of it.
pack-reserved-key = The key “{ $name }” is taken by the bot itself. Choose another one.
pack-button = “{ $label }” does not fit on a button. Write 2 to 7 characters.
pack-only-if = The condition does not fit the question that it names. Write is: true or is: false for a yes-no, is: OPTION for a choice, has: OPTION for choices, above: 0 for a count.
pack-unmet = The condition of unmet or admits does not fit its question. Write one: is: true or is: false for a yes-no, is: OPTION for a choice, has: OPTION or lacks: OPTION for choices, is, above or below with a number for a count, before: DAY [D] or campaign for a day, missing: true for a text or photo.
pack-bounds = No number fits. Correct minimum and maximum, or remove nothing.
pack-at-most = at_most names something that is not a count. Name an earlier count.
pack-bad-range = “{ $given }” is no range of numbers. Write it like 100+ (100 and more) or 30-99.
pack-valid-from = The rule is in force (valid) only after the day { $day } on which it is due. Correct valid or due.
pack-endless = The pack has no end, so that what is owed once needs a date. Write due like 2027-03-31 [D], or add end.
pack-no-standard = There are no criteria (standard) to check by. Add a standard, or name another form.
pack-off = A duty that is off says what is to be checked of it first. Add unsure.
pack-done-by = done_by is the last day of a deed, and no question for its day is named. Add done_on, or remove done_by.
pack-as-counted = as_counted is for numbers that the bot counts: same must be one of { $known }. Correct it.
pack-counts-as = asked must name a yes-no question of the form ({ $known }). Correct it.
pack-how-many =
    { $most ->
        [0] “{ $key }” has too few entries. Write at least { $least }.
       *[other] “{ $key }” has too few or too many entries. Write { $least } to { $most }.
    }
