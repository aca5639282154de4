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
