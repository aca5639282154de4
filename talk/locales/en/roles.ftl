# Roles end.
role-ended = Your role for { $place } has ended ({ $role }): { $way ->
        [date] the day until which it was given has come
        [replaced] a new principal has taken your place
        [registry] the registry now names somebody else
        [operator] by the security administrator
       *[staff] by the supervising department or your enterprise's principal
    }. If you have questions, please contact the supervising department.
role-ended-reason = Reason: “{ $reason }”
role-ended-talks = What you had not finished is put away for whoever comes next: { $titles }.
role-ended-none = You represent nobody at present. /me shows, exports or ends what is kept about you.
locked = This account is locked. Please contact the supervising department: a new one-time code leads back.
locked-back = ✅ { $name }, you can go on: { $roles }. Your former account is unbound. Send /tasks to see what is due.
role-end-planned = The role for { $place } ({ $role }) ends with { $day }.
role-end-past = { $day } is past; please give today or a later day.
role-ended-before = This role has ended already.
seats-heading = Roles that you look after: { $number }. Please end those of people who left or moved on, and lock out whoever lost the phone at once.
seats-due = { $number } of them wait for this half-year's review.
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
review-due = Half-yearly review of roles: { $number } roles wait for you. End those of people who left or moved on, keep the others.
waiting-seat = the registry names another { $role }; end the former role?
