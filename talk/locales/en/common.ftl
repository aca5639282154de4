# Sentences that belong to no single subject.
signature = [{ $bureau }]{ " " }
whose-enterprise = Enterprise: { $place }
whose-district = District: { $place }
whose-alike = { $name } (code ending { $end })
which-district = You serve several districts. Tap one, or reply “/{ $command } { $example }”.
group-place = { $place }:
group-at-place = { $place } – { $group }
rehearsal-line = 【系统测试，非正式通知】 System test, not an official notice
listed = { $items }
role =
    { $role ->
        [principal] principal
        [officer] safety officer
        [worker] worker
        [clerk] district clerk
        [leader] district leader
        [city] city staff
       *[operator] operator
    }
role-at = { $place } ({ $role })

apology = Sorry, that did not work; everything you entered is kept. Please send it once more. If it fails again, contact your supervising department.
unreadable-set-aside =
    { $table ->
        [conversations] One of the forms that you were filling in is damaged and cannot be read. It was set aside for those who run the system. What you have just sent is handled as ever; please fill in that form again.
        [prompts] What you had picked for this question is damaged and cannot be read. Please answer it again below.
       *[other] The record of your code is damaged and cannot be read. Please enter a code when you are asked for it.
    }
unreadable-row = A record ({ $row }) is damaged and cannot be read, so this cannot be done now. What you sent is kept. Please tell your supervising department the number in brackets.
edited-ignored = Your first message stands. To change an answer, tap “Change”.
unsupported = Only text, photos and files are taken here; voice, videos, places and contacts are not. To report a hazard send /report, tell it in words, then send photos.
group-declined = Please chat with me in private; tasks are not handled in groups.
stranger = You have not joined yet. Ask your supervising department or your enterprise for an invitation, then send “/start CODE”, for example “/start K7Q4-M2PX”.
file-before-joining = Please join first, then send files; the file was not taken.
too-much = You are sending too fast; from this message on nothing was taken. Please wait a few minutes and send it again.
not-allowed = You cannot do this now. Send /tasks to see your tasks.

help-intro = I remind you of the tasks of “{ $title }”, and take your reports.
help-commands =
    /tasks what is due
    /hazards major hazards
    /report report a major hazard
    /accident report an accident
    /permit apply for hot work
    /permits hot-work permits
    /workers certified workers
    /notices notices
    /people people: invite, hand over, end roles, lock out lost phones
    /receipt check a receipt
    /file inspection file
    /me my data{ $factor ->
        [shown] {"\u000A"}/factor second factor
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback suggestions and complaints
    While answering: /back for the previous question, /cancel to put it away.
help-commands-staff =
    /tasks what is due
    /district who has answered; with a name, one enterprise
    /notice send a notice
    /notices notices and receipts
    /checks spot checks
    /actions enforcement
    /coverage who is checked and trained
    /annex progress table
    /drafts draft a report
    /hazards major hazards
    /report enter a major hazard
    /accident accidents that were reported
    /permits hot-work permits
    /people people: invite, hand over, end roles, lock out lost phones
    /receipt check a receipt
    /me my data{ $factor ->
        [shown] {"\u000A"}/factor second factor
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback suggestions and complaints
    While answering: /back for the previous question, /cancel to put it away.
help-commands-operator =
    /health how the bot is
    /me my data{ $factor ->
        [shown] {"\u000A"}/factor second factor
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback suggestions and complaints
help-commands-leader =
    /tasks what is due
    /district who has answered; with a name, one enterprise
    /notices notices and receipts
    /checks spot checks
    /actions enforcement
    /coverage who is checked and trained
    /annex progress table
    /drafts draft a report
    /hazards major hazards
    /accident accidents that were reported
    /permits hot-work permits
    /receipt check a receipt
    /me my data{ $factor ->
        [shown] {"\u000A"}/factor second factor
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback suggestions and complaints
    While answering: /back for the previous question, /cancel to put it away.
start-joined = You have joined: { $roles }.

screen-older = “{ $label }” stands on an older message. Tap it there, or reply /tasks to look again.
screen-no-number = The newest message has no No. { $number }. Reply with a number or a name that stands on it.
outside-file = The file belongs to nothing yet. If it shows a hazard, send /report and send it again when asked; if it is for a task, open the task, tap “Add photos” and send it again; if it is of hot work, send it with the code of the permit, such as “D-0619-07”.
outside-nothing-open = Nothing is waiting for you.
outside-first-duty = Next: { $title }, { $when }.

settings-other-key = The audit log is sealed with another key ({ $key }; at hand: { $given }), and going on with this one would break it. Give the former key back (ANZHU_SECRET_KEY), or name it after the new one.
settings-key-lost = The database is sealed with the key { $key }, and its file { $file } is gone; no other one was made. Put the key back, or give it by ANZHU_SECRET_KEY.
settings-no-key = With PostgreSQL, set ANZHU_SECRET_KEY (URL-safe base64 of 32 bytes), or ANZHU_SECRET_KEY_FILE or ANZHU_SECRET_KEY_COMMAND.
settings-many-keys = { $file } holds { $most } keys already; none was put into use. Take out the oldest ones (the audit log of their time then no longer verifies), then rotate.
settings-bad-key = { $where } is not right: it must be URL-safe base64 of 32 bytes.
settings-several-keys = Set only one of ANZHU_SECRET_KEY, ANZHU_SECRET_KEY_FILE and ANZHU_SECRET_KEY_COMMAND.
settings-key-file = The key file { $file } cannot be read ({ $detail }). Check ANZHU_SECRET_KEY_FILE and who may read the file.
settings-key-command = ANZHU_SECRET_KEY_COMMAND gave no key ({ $detail }). Run that program by itself first.
settings-key-command-slow = ANZHU_SECRET_KEY_COMMAND gave no key within { $seconds } seconds. Run that program by itself first.
settings-key-command-quotes = A quotation mark of ANZHU_SECRET_KEY_COMMAND has no partner. Correct it.
settings-clock-backwards = ANZHU_CLOCK_START ({ $start }) is before the time that was reached already; this data cannot become a rehearsal. Unset it, or use another data folder.
system-reason =
    { $why ->
        [denied] permission denied
        [missing] there is none
        [no-folder] a part of the path is no folder
        [folder] it is a folder
        [taken] it is there already
        [read-only] the file system is read-only
        [long] the name is too long
        [many] too many files are open
        [broken] the disk failed
        [full] the disk is full
        [no-program] it is no program
        [busy] it is in use
        [loop] the links go in a circle
       *[other] system error { $code }
    }
