# Roles end.
role-ended = Your role for { $place } has ended ({ $role }): { $way ->
        [date] the day until which it was given has come
        [replaced] a new principal has taken your place
        [registry] the registry now names somebody else
        [operator] by the operator of the system
       *[staff] by the supervising department or your enterprise's principal
    }. If you have questions, please contact the supervising department.
role-ended-reason = Reason: “{ $reason }”
role-ended-talks = What you had not finished is put away for whoever comes next: { $titles }.
role-ended-none = You represent nobody at present. /me shows, exports or ends what is kept about you.
locked = This account is locked. Please contact the supervising department: a new one-time code leads back.
locked-back = ✅ { $name }, you can go on: { $roles }. Your former account is unbound. Send /tasks to see what is due.
role-end-planned = The role for { $place } ({ $role }) ends with { $day }.
role-end-past = { $day } is past; please give today or a later day.
