# Notices: written by a bureau, and what came of them. A notice is sent (the platform took it) or acknowledged, nothing else.
notice-write-title = Write a notice
notice-text = Please write the notice: this is what its recipients will read.
notice-text-label = text
notice-text-hint = At most { $limit } characters. Links and signs are sent as they are, without formatting.
notice-districts = For which districts?
notice-districts-label = districts
notice-city = The whole city
notice-by = For which enterprises? Of several conditions all must hold.
notice-by-label = which enterprises
notice-by-sector = By sector
notice-by-tag = By risk
notice-by-duty = Not answered
notice-by-code = By code
notice-everybody = All of them
notice-sectors = Which sectors?
notice-sectors-label = sectors
notice-tags = Which risks? One of them is enough.
notice-tags-label = risks
notice-duty = Who has not answered which duty?
notice-duty-label = not answered
notice-lines = { $lines }
notice-lines-several =
    { $lines }
    Tap, or reply the numbers, as in "1, 5".
notice-accepts-number = Please reply a number from 1 to { $last }.
notice-codes = Please paste the unified social credit codes of the enterprises.
notice-codes-label = codes
notice-codes-hint = One a line, or with spaces or commas between them; at most { $limit }.
notice-accepts-codes = Please paste codes of 18 places, at most { $limit }, with spaces, commas or line breaks between them.
notice-codes-unsound = "{ $code }" is no valid code. Please check it, and paste all codes again.
notice-codes-many = At most { $limit } codes at a time; these are { $number }. Please send several notices.
notice-roles = Whom in the enterprises is it for?
notice-roles-label = recipients
notice-role =
    { $role ->
        [principal] principals
        [officer] safety officers
        [worker] workers
       *[clerk] district clerks
    }
notice-until = Until which day is the notice in force?
notice-until-label = in force until
notice-until-button = until { $day }
notice-until-hint = Please tap, or reply a date, as in "{ $example }". Who joins until then gets it too.
notice-form = Is an answer asked for?
notice-form-label = answer
notice-form-none = No answer
notice-files = Please send the files: photos, PDF, Word or Excel.
notice-files-label = files
notice-files-none = No files
notice-attach = Attach files
notice-to-preview = Next comes the preview: what recipients read, how many there are, and who cannot be reached. Nothing leaves yet.
notice-preview = Preview

notice-heading = { $signature }Notice
notice-reminder-heading = { $signature }Reminder: please take note of this notice
notice-for = This notice is for your: { $places }
notice-got-for = { $state } ({ $places })
notice-in-force = In force until { $until }.
notice-asks = When you have read it, please tap "Noted".
notice-asks-answer = When you have read it, please tap "Noted" and answer.
option-noted = Noted
option-respond = Answer
notice-acknowledged = On record: you took note of this notice on { $at }.
notice-answer-title = Answer to the notice: { $title }
notice-answered = ✅ Your answer to notice { $number } has been received.
notice-answers-left = Each of these is still to be answered for: { $places }
notice-answer-which = Notice “{ $title }” is answered for each of { $number } alone. Please choose for which:
notice-to-answer = to be answered
option-respond-next = Answer the next
notice-answer-line = { $asked } { $answer }
notice-past = This notice was in force until { $until }, which is past.

notice-preview-heading = Preview of notice { $number }, for: { $audience }
notice-preview-count = It will go to { $people ->
    [one] 1 person
   *[other] { $people } people
} ({ $enterprises ->
    [one] 1 enterprise is in
   *[other] { $enterprises } enterprises are in
} its range), such as { $sample }.
notice-person = { $name } ({ $place })
notice-more-people = { $number } more
notice-missing = { $people } cannot be reached, since they have not joined: { $names }.
notice-blocked = { $people } cannot be reached, since they blocked the bot: { $names }.
notice-left-out = { $number } units of the district are supervised by the city and not yours to write to; the city does.
notice-unknown = { $number ->
    [one] 1 code is
   *[other] { $number } codes are
} not in the register that you may write to: { $codes }.
notice-preview-until = In force until { $until }.
notice-preview-link = The text holds a link; please check it.
notice-not-served = Orders of enforcement are not served this way.
notice-send = Send
notice-drop = Do not send
notice-empty = Nobody can be reached by "{ $audience }", so nothing was sent. Please change whom it is for.
notice-changed = The text or the recipients of notice { $number } are not those of that preview, so nothing was sent. Please check the new preview.
notice-dropped = All right, notice { $number } is not sent.

notice-state =
    { $state ->
        [draft] being changed
        [previewed] to be confirmed
        [queued] waiting
        [sending] being sent
        [done] done
       *[stopped] stopped
    }
notice-standing =
    { $standing ->
        [queued] waiting
        [accepted] sent (the platform took it)
        [acknowledged] noted
        [answered] answered
        [halted] not sent (stopped)
        [not-joined] has not joined
        [nowhere] no chat account
        [refused] blocked the bot
        [rejected] the platform refused the message
        [unknown] outcome unknown, not sent again by itself
       *[expired] too late to be sent
    }
notice-progress-heading = Notice { $number } "{ $title }": { $state }
notice-not-confirmed = Not confirmed yet.
notice-progress =
    { $at }, { $total ->
        [one] 1 person
       *[other] { $total } people
    } in all:
    waiting { $queued }, sent (the platform took it) { $accepted }, of them noted { $acknowledged }
    not reached { $unreached }
notice-progress-answered = answered { $answered }
notice-progress-halted = not sent when stopped { $halted }
notice-refresh = Refresh
notice-stop = Stop
notice-resume = Go on
notice-remind = Remind the others
notice-phones = Phone list
notice-export = Export receipts
notice-look = Show notice
notice-write = Write a notice
notice-stopped = Notice { $number } is stopped; { $halted } did not leave. The few on their way may have reached the platform.
notice-reminded = { $people ->
    [one] 1 person who has not taken note of notice { $number } is reminded
   *[other] { $people } people who have not taken note of notice { $number } are reminded
}.
notice-reminded-today = Notice { $number } was reminded of today; tomorrow it can be again.
notice-nobody-to-remind = Nobody can be reminded of notice { $number }: all have noted it, or must be telephoned.
notice-orphaned = ⚠️ Notice { $number } "{ $title }" stopped halfway: its sender no longer holds that post. If it is needed, please go on with it.

notices-sent = Notices written ({ $number }):
notices-none-sent = No notice has been sent yet.
notices-got = Notices to you that are in force:
notices-none-got = There are no notices to you.
notice-line = { $state }, { $total ->
    [one] 1 person
   *[other] { $total } people
}, { $acknowledged } noted
notice-noted = noted
notice-to-note = to be noted

notice-phones-heading = { $people ->
    [one] 1 person whom notice { $number } has not reached; please telephone
   *[other] { $people } people whom notice { $number } has not reached; please telephone them
}:
notice-phones-line = { $name } ({ $place }): { $reason }
notice-phones-more = { $number ->
    [one] 1 more is
   *[other] { $number } more are
} in the exported list.
notice-phones-none = Nobody has to be telephoned about notice { $number }.
notice-export-making = The receipts and the phone list are being made, and will be sent to you.
notice-export-ready = Receipts and phone list of notice { $number } ({ $at }).
notice-file-name = receipts of notice { $number }

notice-of-sectors = sectors: { $names }
notice-of-tags = risks: { $names }
notice-of-unanswered = not answered: { $title }
notice-of-codes = { $number } named ones

telegram-command-notice = send a notice
telegram-command-notices = notices
web-notices = Notices

cli-about-notices = list notices with their receipts
cli-help-notices = List notices: how many each went to, how many the platform took, how many were acknowledged; with a number, every recipient.
cli-name-notice = NOTICE
cli-option-notice = only the recipients of this notice
cli-no-such-notice = There is no notice "{ $given }". Run anzhu notices to see them.
cli-column-audience = audience
cli-column-recipients = people
cli-column-accepted = sent
cli-column-acknowledged = noted
cli-column-answered = answered
cli-column-unreachable = not reached
