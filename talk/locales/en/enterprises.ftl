# The life of an enterprise: standstill, resumption, end
enterprise-state = { $state ->
    [active] at work
    [suspended] at a standstill
    [deregistered] deregistered
    [moved] moved away
   *[merged] merged
}
enterprise-event = { $event ->
    [suspend] standstill
    [resume] resumption
    [deregister] deregistration
    [move] move out of the city
   *[merge] merger
}
state-since = { $state } (since { $day })
state-between = { $state } ({ $first } to { $last })
state-entered = { $event } from { $first }
state-in-the-future = No day after today can be entered for this ({ $event }). Enter it when that day has come.
state-ends-first = The last day of the standstill ({ $last }) is before its first ({ $first }). Please check the days.
state-clash = On that day { $place } is { $stands } by the record, so this cannot be entered ({ $event }). Please check the day, or take the earlier entry back first.
state-clash-later = Of { $place } there is an entry “{ $entered }”, which does not go with this one. Please take that back first, or name other days.
state-back-clash = After it “{ $entered }” was entered. Please take that back first.
state-taken-back-before = This entry was taken back already; nothing has changed.
state-merged-unknown = There is no “{ $code }” in the registry. Please check the credit code of the enterprise that goes on.
state-merged-itself = { $place } cannot be merged into itself. Please name the enterprise that goes on.
state-merged-closed = { $place } is { $state } by the record, and cannot be the enterprise that goes on. Please check.
state-told = { $place }: { $stands }.
state-told-coming = Entered: { $stands }.
state-told-duties = { $state ->
    [active] All duties are due as usual; what fell due during a standstill need not be made up.
    [suspended] What falls due during the standstill need not be answered, and nobody is reminded; it goes on with the resumption. Open major hazards stay in the ledger.
   *[closed] Nothing is owed any more. Earlier answers and receipts can still be seen.
}

# Enterprises that a new list does not name
imports-missing = { $number } of the registry are not in this list; nothing was changed, and they still owe their duties. Where one was deregistered or has moved, staff enter it on its card, or add --missing close to enter all as deregistered:
imports-missing-closed = { $number } that are not in this list are entered as deregistered, and what they owed is withdrawn. Where one is wrong, take it back on its card:
imports-missing-city = { $number } are supervised by the city, of which the list names none; they were not changed:
imports-listed-closed = { $number } of the list are deregistered, moved or merged by the record, which was not changed. Where that is wrong, take it back on the card:
imports-missing-one = { "  " }{ $name } ({ $code }, { $district }, { $state })
imports-missing-more = { "  " }{ $number } more: see --json of anzhu import.
imports-missing-reason = Not in the new list
imports-missing-unread = { $number } lines of the list could not be read, so nobody can tell who is missing from it; nothing was written. Put them right, then use --missing close.
imports-missing-many = { $number } are missing from the list, more than a fifth of the { $covered } that it is about ({ $names } …): it seems to be a part only, and nothing was written. Check the list; where they are gone, enter each on its card.

# What is said of it elsewhere
duty-still = Not asked for during the standstill; nobody is reminded.
state-still = not asked for: standstill
duty-closed = { $title } is not asked for any more: the enterprise was deregistered, has moved or was merged. Earlier answers and receipts are under /tasks.
firm-state = State: { $state }
check-closed = { $name } is { $state }, and is not checked any more.
permit-enterprise-closed = { $place } is { $state } and cannot apply for hot work. If that is wrong, please tell your department.
permit-gone-remark = state of the enterprise: { $state }
permit-gone = Permit { $code } is cancelled: { $place } is entered as { $state }. If that is wrong, please tell your department.
permit-gone-working = ⛔ Permit { $code } is cancelled: { $place } is entered as { $state }. Stop hot work at once, put out what glows, leave the site.
permit-gone-staff = { $place } is entered as { $state }. Its permit { $code } had not ended; it is cancelled, and its people were told.
permit-gone-staff-working = ⚠️ { $place } is entered as { $state } while work on permit { $code } was going on; it is cancelled, and its people were told to stop. Please look at the site.
imports-missing-hazards = { $number } of them have major hazards that are open and stay in the ledger; please follow them up:
