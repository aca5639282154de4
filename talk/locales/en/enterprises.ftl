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
imports-missing-closed = { $number ->
    [one] 1 that is not in this list is
   *[other] { $number } that are not in this list are
} entered as deregistered, and what they owed is withdrawn. Where one is wrong, take it back on its card:
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
permit-gone-staff-watched = { $place } is entered as { $state }. Work on its permit { $code } has ended and the fire watch goes on with the people on it. Please make sure that somebody watches the site.
imports-missing-hazards = { $number ->
    [one] 1 of them has
   *[other] { $number } of them have
} major hazards that are open and stay in the ledger; please follow them up:

# Entered, taken back
option-firm-state = State
option-enter-state = Enter a change
option-state-back = Take back No. { $number }
state-title = the state of { $place }
state-back-title = taking back an entry of { $place }
state-ask = What becomes of { $place }? “Move” means out of the city; a move between districts comes with the registry.
state-label = change
state-ask-first = { $event ->
    [suspend] From which day on does it stand still? A planned standstill may be of a day to come.
    [resume] From which day on is it at work again?
    [deregister] From which day on is it deregistered?
    [move] From which day on has it moved?
   *[merge] From which day on is it merged?
}
state-first-label = from
state-ask-planned = Is there a day on which it will be at work again?
state-planned-label = planned end
state-planned-yes = Yes
state-planned-no = Not known yet
state-ask-last = Which is the last day of the standstill? On the day after it the duties go on by themselves.
state-last-label = last day
state-ask-into = Into which enterprise is { $place } merged?
state-into-label = into
state-into-hint = Please reply with its name or its credit code.
state-ask-reason = On what ground?
state-reason-label = ground
state-reason-hint = Please say it in a sentence, as “written application of the enterprise”.
state-confirm = { $event ->
    [suspend] Please check. What falls due during the standstill will not be asked for, and nobody is reminded.
    [resume] Please check. What is not due yet will be asked for again.
   *[closed] Please check. All that is not answered will be withdrawn.
}{ $event ->
    [suspend] { "" }
    [resume] { "" }
   *[closed] { $permits ->
        [0] { "" }
       *[other] {" "}{ $permits } hot-work permits have not ended: they will be cancelled, and their people told.
    }
}{ $hazards ->
    [0] { "" }
   *[other] {" "}{ $hazards ->
       [one] 1 major hazard is open and stays in the ledger; please follow it up
      *[other] { $hazards } major hazards are open and stay in the ledger; please follow them up
   }.
}
state-enter = Enter it
state-is-entered = Entered.
state-is-taken-back = Taken back.
state-changed-meanwhile = A colleague has just entered a change, and yours has no effect. Please check, and then enter it.
state-nothing-entered = No change was ever entered.
state-line = No. { $number }: { $what }. Ground: { $reason } ({ $by }, { $at })
state-line-back = No. { $number }: { $what }. Taken back: { $reason } ({ $by })
state-entered-until = { $event } { $first } to { $last }
state-entered-into = { $event } from { $first }, into { $into }
state-by-operator = administrators
state-back-ask = What is wrong with the entry “{ $what }” of { $place }?
state-back-label = reason
state-back-hint = Please say it in a sentence.
state-back-confirm = “{ $what }” will have no effect any more, and the duties are as before; the record stays.
state-back-yes = Take it back

# An explanation is accepted
explained-entered = Entered as explained: { $stands }. The other duties of the standstill are excused too; where it ends sooner, enter that on the card of the enterprise.
explained-not-entered = This duty is excused; the standstill was not entered:
explained-gone = { $place } says that it is deregistered or has moved. Please check and enter its state; what else it owes is then withdrawn.
explained-ground = Explanation: { $title }

# Telephone numbers of an enterprise, for staff's eyes only
option-telephones = Telephone
option-correct-telephone = Correct
telephones-none = The registry has no telephone number of { $place }.
telephones-heading = Telephone numbers of { $place }:
telephones-line = { $whose }: { $number }
telephone-of-firm = the enterprise
telephone-of = { $role } { $name }
telephone-title = correcting a number of { $place }
telephone-ask-whose = Which number of { $place } is to be corrected?
telephone-whose-label = whose
telephone-whose = { $whose ->
    [principal] Principal
    [officer] Safety officer
   *[firm] Enterprise
}
telephone-ask = What is the number of { $whose } of { $place }?
telephone-label = number
telephone-none = None
telephone-kept = The number of { $whose } is kept; only staff see it.
telephone-removed = The number of { $whose } was removed.
