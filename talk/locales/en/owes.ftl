# Who owes what, as a bureau sees it; nudges; answers taken by phone; lists and files.
owes-unit =
    { $unit ->
        [enterprises] enterprises
        [districts] districts
       *[duties] tasks
    }
owes-counts = { $answered } of { $total } { $unit } reported{ $unmet }{ $overdue }{ $explained }
owes-count = , { $stand } { $number }
owes-stand =
    { $stand ->
        [overdue] overdue
        [open] to be reported
        [explained] explained
        [excused] excused
        [unmet] not met
       *[answered] reported
    }
owes-group = { $stand }:
owes-more = {" "}and { $number } more
owes-duty-heading = { $title }: { $number ->
    [one] 1 enterprise
   *[other] { $number } enterprises
} of { $place }, { $when }
owes-stand-names = { $stand } { $number }: { $names }{ $more }
owes-stand-count = { $stand } { $number }
owes-by-phone = { $number } of the reports were taken by phone.
owes-list-heading = { $title }, { $place }, { $stand }: { $number ->
    [one] 1 enterprise
   *[other] { $number } enterprises
}. Please tap a number:
owes-with-reason = { $state } ({ $reason })
owes-with-returned = { $state } (explanation returned: { $reason })
owes-reason =
    { $reason ->
        [halted] production halted: { $text }
        [gone] deregistered or moved away: { $text }
        [other-trade] not of these trades: { $text }
       *[other] other: { $text }
    }
owes-own-heading = { $number ->
    [one] 1 task
   *[other] { $number } tasks
} of the districts themselves (as of { $at })
owes-own-duty = { $title }: { $number ->
    [one] 1 district
   *[other] { $number } districts
}
owes-unknown = Nothing in { $place } is called “{ $words }”. Please reply “/district NAME” or “/district CODE”.
owes-several = { $number } found, please tap a number:
owes-several-many = More than { $number } found, here are the first { $number }. Please write more of the name, or the code.

option-owes-stand = { $stand } { $number }
option-owes-tools = Lists, files
option-nudge = Remind
option-unreached = Unreached
option-phone-list = Phone list
option-owes-export = Export
option-group = For a chat
option-own-duties = Districts
option-by-duty = By task
option-firm-duties = Tasks
option-by-phone = By phone

owes-tools-heading = { $place }: messages do not reach { $people ->
    [one] 1 person
   *[other] { $people } people
}. The lists hold personal data; who sees or exports them is on record.
owes-unreached-below = Messages do not reach { $people ->
    [one] 1 person
   *[other] { $people } people
}, see “Lists, files”.
owes-unreached-heading = Messages do not reach { $people ->
    [one] 1 person
   *[other] { $people } people
} of { $place }; please telephone:
owes-unreached-line = { $name } ({ $role }, { $place })
owes-unreached =
    { $why ->
        [not-joined] has not joined
        [left] has left, nobody follows yet
        [refused] has stopped the bot
       *[nowhere] has no chat account
    }
owes-making = Being made; it is sent to you when it is ready.
owes-export-empty = There is nothing to export for { $place }: no task has opened, and everybody can be reached.
owes-export-ready = { $place }: { $number ->
    [one] 1 task
   *[other] { $number } tasks
} (as of { $at }). Personal data; please keep it safe.
owes-file-name = tasks
phone-list-empty = Nobody in { $place } has to be telephoned.
phone-list-ready = Phone list of { $place }, { $people ->
    [one] 1 person
   *[other] { $people } people
} (as of { $at }). Numbers are those of the registry; where one is missing, it can be entered on the enterprise's card. Personal data; please keep it safe.
phone-list-file-name = phone list

group-heading = { $place }: reports on the search for major hazards (as of { $at })
group-line = { $title }: { $counts }
group-total = Together: { $counts }

firm-what = { $code }, { $district }, supervised by { $supervisor }
firm-as-on-licence = The code does not agree with the standard; it is taken as it stands on the licence.
firm-person = { $role } { $name }: { $state }
firm-joined = joined
firm-duties = { $total ->
    [one] 1 task
   *[other] { $total } tasks
}: { $answered } reported{ $unmet }, { $overdue } overdue, { $explained } explained
owes-promise-again = promise number { $number }
firm-missing = Evidence not attached to { $number }: { $titles }
firm-missing-item = { $title } ({ $what })
firm-by-phone = { $number } taken by phone wait for the principal.
firm-duty = { $title }: { $state }
firm-hazards = { $number ->
    [one] 1 major hazard is open
   *[other] { $number } major hazards are open
}, { $overdue } of them overdue.
firm-no-hazards = No major hazard is open.
firm-admits = { $title } says “{ $said }”; the ledger has no hazard of { $criterion }. Whether it is one, an inspection says.
firm-counts = Major hazards counted by { $title }: { $number }; in the ledger: { $there }.
firm-admits-why = { $told } The enterprise says why: “{ $why }”
firm-duties-heading = { $number ->
    [one] 1 task
   *[other] { $number } tasks
} of { $place }:
firm-hazards-heading = { $number ->
    [one] 1 open major hazard
   *[other] { $number } open major hazards
} of { $place }:

nudge-done = { $people ->
    [one] 1 person is reminded
   *[other] { $people } people are reminded
}.
nudge-later = { $people ->
    [one] 1 person is reminded
   *[other] { $people } people are reminded
}, at { $at }.
nudge-nobody = No reminder was sent.
nudge-nothing = There is nobody to remind: all is reported or explained.
nudge-today = { $people ->
    [one] 1 person was reminded
   *[other] { $people } people were reminded
} today already.
nudge-full = { $people ->
    [one] 1 person has had
   *[other] { $people } people have had
} { $most } reminders this week; please telephone them.
nudge-unreached = Messages do not reach { $people ->
    [one] 1 person
   *[other] { $people } people
}, please telephone: { $names }.
nudge-unreached-districts = { $number ->
        [one] Messages reach no clerk of { $number } district, please telephone: { $names }.
       *[other] Messages reach no clerk of { $number } districts, please telephone: { $names }.
    }
nudge-more = { $people } more
nudge-person = { $name } ({ $place }, { $reason })

by-phone-title = { $title } of { $place }, by phone
by-phone-which = { $place }: which task was answered by phone?
by-phone-none = Nothing of { $place } can be taken by phone. The check of criteria, the first round and weekly check-ins the enterprise reports itself.
by-phone-cannot = This one cannot be taken by phone; the enterprise reports it itself.
by-phone-done-before = { $title } is reported already.
by-phone-who = Who of { $place } answered by phone?
by-phone-who-label = answered by
by-phone-who-hint = Please tap, or reply with a name.
by-phone-day = On which day?
by-phone-day-label = answered on
by-phone-own-word = As the principal said by phone: { $ask }
by-phone-own-word-label = { $label } (by phone)
by-phone-held-label = held
by-phone-confirm = Entered as { $who } answered by phone, and counted as reported; until { $name } has looked at it, it says “by phone, to be confirmed”.
by-phone-enter = Enter
by-phone-entered = ✅ { $title } of { $place } is entered ({ $who } by phone on { $day }), receipt { $code }. By phone, to be confirmed by the principal.
by-phone-told = The principal is asked to confirm it.
by-phone-untold = No message reaches the principal yet; they are asked to confirm it when they join.
by-phone-too-late = { $place } has just reported { $title }, or owes it no more. That counts; nothing was entered.
by-phone-planned = Noted: { $title } is planned for { $day }. It stays open, and the enterprise is reminded then.
by-phone-to-explain = Nothing was entered. Why it is not done, the enterprise explains itself.
by-phone-card = { $signature }{ $title } was entered as answered by phone, please check:
by-phone-no-photos = A call has no photos; you can add them afterwards.
by-phone-ask = If it is right, tap “Right”; if not, tap “Wrong” and correct it: then your own report counts.
by-phone-receipt = Receipt { $code }, to be shown at an inspection.
by-phone-list = { $number ->
    [one] 1 task was entered as answered by phone, please check it
   *[other] { $number } tasks were entered as answered by phone, please check each
}:
by-phone-confirmed = ✅ { $title }, taken by phone, is confirmed.
by-phone-disputed = The principal of { $place } says that { $title }, taken by phone, is wrong and corrects it.
by-phone-replaced = { $title } has been reported since; what was taken by phone no longer counts.
by-phone-mark = By phone: { $who } on { $day }, entered by { $clerk }, { $state }.
at-server-mark = At the server: entered by { $operator }, not confirmed by the person in their chat.
at-server-mark-receipt = At the server: entered by an operator, not confirmed by the person in their chat.
by-phone-mark-receipt = By phone on { $day }, entered by staff, { $state }.
by-phone-state-line = { $when } (by phone, { $state })
by-phone-state =
    { $state ->
        [waiting] to be confirmed by the principal
        [confirmed] confirmed by the principal
       *[disputed] the principal says it is wrong
    }
option-true = Right
option-wrong = Wrong
option-add-photos = Add photos
