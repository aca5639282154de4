# Roles end.
role-ended = Your role for { $place } has ended ({ $role }): { $way ->
        [date] the day until which it was given has come
        [replaced] a successor has taken over
        [registry] the registry now names somebody else
        [operator] by the security administrator
       *[staff] by the supervising department or your enterprise's principal
    }. If you have questions, please contact the supervising department.
forgotten-told =
    As you asked, your name, your chat account and what was sent to you are deleted here. Kept by law: answers, permits, checks and hazards; messages to others that name you are emptied after { $days ->
        [one] a day
       *[other] { $days } days
    } at the latest.
role-ended-reason = Reason: “{ $reason }”
role-ended-talks = What you had not finished is put away for whoever comes next: { $titles }.
role-ended-none = You represent nobody at present. /me shows, exports or ends what is kept about you.
locked = This account is locked. Please contact the supervising department: a new one-time code leads back.
locked-back = ✅ { $name }, you can go on: { $roles }. Your former account is unbound. Send /tasks to see what is due.
role-end-planned = The role for { $place } ({ $role }) ends with { $day }.
role-end-past = { $day } is past; please give today or a later day.
role-ended-before = This role has ended already.
seats-heading = Roles that you look after: { $number }. Please end those of people who left or moved on, and lock out whoever lost the phone at once.
seats-due = { $number ->
    [one] 1 of them waits for
   *[other] { $number } of them wait for
} this half-year's review.
seats-line = { $place }, { $role }: { $name }
seats-questioned = the registry names another one; please decide
seats-to-review = to be reviewed, since { $day }
seats-since = since { $day }
seats-kept = Kept, on record: { $number }.
seat-since = Since { $day }.
seat-seen = Last heard from: { $day }.
seat-ends = Ends: { $at }.
seat-questioned = The registry now names another one: end the role or keep it.
seat-locked = The account is locked. The security administrator can let them in again.
seat-left = All right, nothing has changed.
seat-ended =
    Ended: { $name }, { $role } of { $place }. They were told. { $codes ->
        [0] {""}
       *[other] Unused codes for the same role are void ({ $codes }); please invite whoever comes next anew.
    }
seat-locked-now = { $name } is locked out: nothing is taken from them and nothing sent. The security administrator can let them in again.
seat-end-title = end the role of { $name }
seat-end-why = To be ended: { $name }, { $role } of { $place }. Please say why; the person reads it.
seat-end-why-hint = Such as “has moved on”.
seat-end-sure = End it? { $name }, { $role } of { $place }, because: “{ $reason }”. They can no longer see or do anything, and need a new invitation to come back.
seat-lock-title = lock out { $name }
seat-lock-sure = Lock out { $name }?
seat-lock-hint = Nothing is taken from them and nothing sent then; permit prompts go to the next in line.
option-end-role = End the role
option-keep-role = Keep
option-keep-roles = Keep the others
option-lock = Lock out now
option-leave-it = Leave it
option-see-seats = See the list
review-due = Half-yearly review of roles: { $number ->
    [one] 1 role waits for you
   *[other] { $number } roles wait for you
}. End those of people who left or moved on, keep the others.
waiting-seat = the registry names another { $role }; end the former role?

# Inviting, handing over, putting a name right
seats-none = There is nobody yet whose role you look after.
seats-invited = Codes that nobody has used yet: { $number }.
seats-namesake = { $name } (number { $number })
option-invite = Invite
option-invitations = Unused codes
option-void = Take back
option-hand-over = Hand over
option-rename = Correct name
invite-title = inviting for { $place }
invite-which = For which one do you invite?
invite-role = { $role ->
    [principal] Principal
    [officer] Safety officer
    [worker] Worker
    [clerk] District clerk
   *[leader] District leader
}
invite-ask-role = Who is to be invited?
invite-role-label = role
invite-ask-district = { $role } of which district?
invite-district-label = district
invite-district-hint = Please tap one, or reply with the name of the district.
invite-ask-enterprise = { $role } of which enterprise?
invite-enterprise-label = enterprise
invite-enterprise-hint = Please reply with the name of the enterprise, or its credit code.
invite-closed = { $place } is { $state } by the record, so nobody is invited. If that is wrong, take it back on its card first.
invite-ask-number = How many codes? One for each person, 20 at the most.
invite-number-label = number
invite-unit = codes
invite-confirm = When you confirm, { $number ->
    [one] 1 code
   *[other] { $number } codes
} for { $role } will be made, and shown this once.
invite-make = Make codes
invite-made = { $place }, { $role }: { $number ->
    [one] 1 code
   *[other] { $number } codes
}, good until { $day }, each once:
invite-how = Give it to the person on paper or by telephone: they join by sending “/start CODE” here.
invite-holding = { $role } now: { $names }. { $second ->
    [true] When the new one has joined, please accept under what waits for you; they take over then.
   *[false] Once the new one has joined, all of them may act; end or hand over under /people what is no longer held.
}
invitations-none = There are no unused codes.
invitations-heading = { $number ->
    [one] 1 unused code; tap it
   *[other] { $number } unused codes; tap one
} to take it back:
invitation-until = invited by { $by }, good until { $day }
invitation-voided = Taken back: the code for { $role }, { $place }. To invite again, make another.
invitation-gone = { $stands ->
    [used] This code has been used.
    [voided] This code was taken back.
   *[expired] This code has expired.
}
handover-title = handing over the role of { $name }
handover-ask = { $place }, { $role }: to whom does { $name } hand over?
handover-label = successor
handover-invite = Invite
handover-confirm = When you confirm, { $successor } is { $role } of { $place } in the place of { $name }, whose role ends; { $successor } goes on with what is unfinished.
handover-confirm-invite = When you confirm, a code is made. When the successor joins by it, the role of { $name } as { $role } of { $place } ends, and the successor goes on with what is unfinished.
handover-yes = Hand over
handover-gone = The successor does not hold this role any more; nothing was handed over. Please choose again.
handover-done = Handed over: { $role } of { $place }, from { $name } to { $successor }. Both were told.
handover-told = { $name } has handed over to you: { $role } of { $place }. { $number ->
    [0] { "" }
    [one] 1 task is open.
   *[other] { $number } tasks are open.
}
rename-title = correcting the name of { $name }
rename-ask = What is the right name of “{ $name }” ({ $role } of { $place })?
rename-label = right name
rename-confirm = When you confirm, “{ $name }” is called “{ $new }” and is told; earlier records keep the name they have.
rename-yes = Correct
rename-done =
    Corrected: “{ $before }” is “{ $name }” now, and was told. { $number ->
        [0] {""}
       *[other] Also in { $also }.{" "}
    }Answers, permits and checks say what was true then, and stay.
rename-list =
    { $list ->
        [registry] the registry
        [workers] the register of special workers
       *[inspectors] the list of inspectors
    }
rename-told = Your name was corrected by the department: “{ $before }” is “{ $name }” now. If that is wrong, please tell it.
rename-meanwhile = A colleague has just corrected it: the name is “{ $name }” now. Nothing was changed; please check.
office-beside = { $name } has joined as { $role } of { $place }; in that office now: { $names }.
office-vacant = { $place } has no { $role } now: the last one has left. Please invite a successor.
leave-alone = Nobody but you is { $roles }. It is better to leave once a successor has joined.
