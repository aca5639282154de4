# The command line: each command in a sentence
cli-about = Anzhu: the bot that reminds of a campaign's tasks and takes the reports.
cli-about-demo = the demo: a small district and its people, in the browser
cli-about-chat = talk as somebody, in the terminal
cli-about-run = Run the configured channels and the scheduler
cli-about-tick = one round: plan, remind, deliver
cli-about-import = bring in enterprises, lists of hazards, workers
cli-about-invite = make one-time invitation codes
cli-about-enterprises = list enterprises and how they stand
cli-about-duties = list duties
cli-about-permits = hot-work permits
cli-help-permits =
    Lists hot-work permits, by enterprise, district or state; with a number and --pdf makes a page with the whole numbers of certificates.
cli-name-permit = PERMIT
cli-option-permit = number of a permit, for example D-0619-07
cli-option-permit-pdf = write the permit as PDF (with the whole numbers of certificates: confidential)
cli-option-permit-state = only those in this state: submitted, returned, refused, approved, started, suspended, finished, fire_watch, closed, expired, cancelled
cli-permit-which = Say which permit to print, for example: anzhu permits D-0619-07 --pdf permit.pdf
cli-no-such-permit = There is no permit "{ $given }"; please check its number.
cli-permit-printed = Permit { $code } is in { $file }. It holds the whole numbers of certificates: keep it safe.
cli-about-hazards = the ledger of major hazards
cli-about-people = list the people who have joined; end roles, lock people out and let them in
cli-about-outbox = list messages and what came of them; send again, take back, take note
cli-about-inbox = list what came in and was not handled; handle again, take note
cli-about-papers = list the papers that people asked for, and what came of them
cli-about-receipt = check a receipt
cli-about-outline = draw the paths of a dialog as Mermaid
cli-about-replay = show the journal of a conversation and drive it again
cli-about-pack = list, check, proof-read and write rule packs
cli-about-db = upgrade the database
cli-about-doctor = check whether all is well
cli-about-audit = verify the audit log

# Headings of a help page
cli-usage = Usage: { $usage }
cli-commands = Commands:
cli-options = Parameters:
cli-help-help = show this help
cli-option-version = print the version of the program

# The help of each command
cli-help-demo =
    The demo: 12 made-up enterprises with made-up people, from 08:30 on 23 May 2023, on this machine only, without a network.
    Each start begins anew; the data lies in a temporary folder that is removed at the end. Ctrl-C stops it.
cli-help-chat =
    Talk as one person in the terminal, a line a message, until the input ends.
    What waited for that person is shown first. Options are answered by number or word; a line “file: PATH” sends a file.
    The input may be a pipe: all replies to a line are shown before the next one is read.
cli-help-run =
    Runs the bot: receives and sends on Telegram, plans and reminds every minute. Ctrl-C stops it.
    ANZHU_TELEGRAM_TOKEN must be set; ANZHU_TELEGRAM_API is the address of a Bot API server;
    ANZHU_TELEGRAM_LIBRARY is ptb (default) or aiogram.
cli-runs = Running as @{ $name }; Ctrl-C stops it.
cli-help-tick =
    One round: plan the duties that have opened, queue reminders, send what can be sent, seal the audit log, forget updates whose time is over.
    Without a channel, messages wait until there is one.
cli-help-import-enterprises =
    Bring the registry to what a sheet says, and report by line what was added, changed and refused.
    When a line is refused nothing is written (exit code 2), unless --partial is given. Importing twice changes nothing.
    Who is in the registry and not in the list, of the districts that it covers, is named; nothing is done about it, unless --missing close enters them as deregistered.
cli-help-import-hazards =
    Bring old lists of major hazards into the ledger with their source, reporting refused lines.
    What is in the ledger already stays. One refused line and nothing is written (exit code 2), unless --partial.
cli-help-import-workers =
    Bring in the register of workers (name, trade, certificate, validity), reporting refused and odd lines. Numbers are kept encrypted.
    One refused line and nothing is written (exit code 2), unless --partial. Whom the list does not name stays; who is marked 离岗 is removed.
cli-help-invite =
    Make a one-time code that is good for 30 days. It is shown this once; the database keeps a hash only.
    Codes can also be listed and taken back.
    With --all: a code for each enterprise of a district or of the city, written to a CSV file that only you may read.
cli-help-enterprises = List the registry: how each enterprise stands (active, suspended, deregistered, moved, merged), since which day, tags, employees.
cli-help-duties = List duties, by enterprise, district or status; or how long answering takes.
cli-help-hazards = List the ledger of major hazards, by enterprise, district when found, or state.
cli-help-people = List the people who have joined and not left, with their roles and channels.
cli-help-outbox = List all messages without their contents, by state, kind, person, channel and age.
cli-help-outbox-show = Show all that is kept of a message but what it says.
cli-help-outbox-retry = Send messages again that did not arrive; those that wait for their next try are tried at once.
cli-help-outbox-cancel = Take back messages that have not left.
cli-help-outbox-acknowledge = Take note of messages that did not arrive: they raise no alarm any more.
cli-help-inbox = List what came in and waits or failed, without contents, by state, person, channel and age.
cli-help-papers = List the papers that people asked for: who, when, whether they were made, and why not; without contents.
cli-help-inbox-show = Show all that is kept of what came in but what it says.
cli-help-inbox-retry = Handle what failed once more.
cli-help-inbox-cancel = Do not handle what waits.
cli-help-inbox-acknowledge = Take note of what failed: it raises no alarm any more.
cli-name-letter = MESSAGE
cli-name-letters = MESSAGE [MESSAGE …]
cli-name-update = UPDATE
cli-name-updates = UPDATE [UPDATE …]
cli-name-channel = CHANNEL
cli-name-age = AGE
cli-option-letter = number of a message, see anzhu outbox
cli-option-letters = numbers of messages, see anzhu outbox
cli-option-update = name of an update, see anzhu inbox
cli-option-updates = names of updates, see anzhu inbox
cli-option-state = only this state: ready, leased, sent, refused, rejected, failed, expired, cancelled
cli-option-paper-state = only this state: ready, leased, sent, failed, rejected
cli-option-update-state = only this state: waiting, failed, done; without it the first two
cli-option-kind = only this kind: permit, reply, deadline, notice, or one of the list
cli-option-of-person = only those of this person, by number
cli-option-channel = only those of this channel
cli-option-older-than = only those that are older: “30m” (minutes), “6h” (hours), “2d” (days)
cli-bad-age = “{ $given }” is no age. Write a number with m (minutes), h (hours) or d (days), as “6h”.
cli-no-such-letter = There is no message “{ $given }”. Run anzhu outbox to see them.
cli-no-such-update = There is no update “{ $given }”. Run anzhu inbox to see them; they are named as “telegram/123/4711”.
cli-column-received = received
cli-column-noted = noted
cli-inbox-state =
    { $state ->
        [waiting] waits
        [queued] queued
        [failed] failed
       *[done] handled
    }
cli-by-hand =
    { $outcome ->
        [retried-done] it is sent again. If it had arrived after all, it arrives twice
        [retried-on-its-way] it is being sent now; nothing is to be done
        [retried-waits] not tried yet, or the platform asks to wait; it leaves by itself
        [retried-empty] what it said is not kept any more, it cannot be sent again
        [retried-late] it is out of date, and not worth sending any more
        [cancelled-done] taken back
        [cancelled-on-its-way] it is being sent now, and not tried again
        [acknowledged-done] noted
        [acknowledged-over] it did not fail, nothing is to be noted
       *[over] it has come to its end, which cannot be changed
    }
cli-outbox-done = Message { $number } ({ $state }): { $outcome }.
cli-by-hand-update =
    { $outcome ->
        [retried-done] the running anzhu run handles it once more within a minute
        [retried-waits] it waits to be handled already
        [retried-empty] only its beginning is kept, it cannot be handled again
        [cancelled-done] it is not handled any more
        [acknowledged-done] noted
        [acknowledged-over] it did not fail, nothing is to be noted
       *[over] it has come to its end, which cannot be changed
    }
cli-inbox-done = Update { $update } ({ $state }): { $outcome }.
cli-help-receipt = What a receipt proves: duty, enterprise, time, whether it counts; no person and no contents.
cli-help-outline = Draw the paths of a dialog as Mermaid: each answer of a question is tried once while the others keep their first.
cli-help-replay = Show every answer of a conversation and drive it again. Exit code 1 when a finished one does not come to its end.
cli-help-pack-list = List the packs that are shipped.
cli-help-pack-check = Check a pack and name each fault by file, line and reason. Exit code 2 when there is one.
cli-help-db-upgrade = Bring the database to the present tables. SQLite is upgraded by any command; PostgreSQL needs this one.
cli-help-doctor = Look at disk, key, pack, database, files, clock, rounds, messages, channels and audit; change nothing. Exit code 1 when something needs somebody now.
cli-help-audit-verify =
    Check the audit log: whether rows were changed, taken out or put in; and compare it with anchors kept elsewhere.
    Exit code 1 where something is wrong. Who can change the database and has the key can forge all of it: only an
    anchor shows that.
cli-help-audit-anchor = Print the anchor of the audit log as it is now, one line. Keep it where who runs the database cannot reach it; verify --anchor compares.
# Parameters
cli-name-person = PERSON
cli-name-time = TIME
cli-name-file = FILE
cli-name-path = PATH
cli-name-role = ROLE
cli-name-subject = SUBJECT
cli-name-code = CODE
cli-name-district = DISTRICT
cli-name-status = STATUS
cli-name-missing = keep|report|close
cli-name-receipt = CODE
cli-name-dialog = DIALOG
cli-name-conversation = CONVERSATION
cli-name-port = PORT
cli-name-command = COMMAND
cli-name-operator = NAME
cli-option-operator = who works at the server, for the audit; else ANZHU_OPERATOR, else the login name
cli-bad-operator = Write an operator’s name of 1 to { $limit } characters, without line breaks or other control characters.
cli-option-full = check every row of the audit log, however many there are
cli-option-anchor = an anchor that was kept elsewhere: the line that was printed, the whole message of the chat, or a file of them
cli-name-anchor = ANCHOR
cli-name-event = EVENT
cli-option-audit-event = events of this kind alone, such as invited or refused; all: of every kind; else who saw or took away personal data
cli-option-audit-operator = what this person did at the server alone
cli-option-audit-subject = what is about this alone, such as person/12 or registry
cli-option-audit-since = from this campaign time on, ISO 8601 with offset
cli-option-json = print JSON
cli-option-now = campaign time for this run only, ISO 8601 with offset, such as 2023-06-05T08:30:00+08:00
cli-option-as = an id that “anzhu people” lists; or new:NAME, a stranger on the terminal, the same NAME being the same person
cli-option-registry-file = an .xlsx file, or text such as .csv or .txt (comma, semicolon or tab; UTF-8, GB18030 or UTF-16)
cli-option-dry-run = report only, write nothing
cli-option-hidden = hidden or filtered lines, columns and worksheets: import them, or skip them; without it a file that has some is refused
cli-name-hidden = import|skip
cli-hidden-unknown = --hidden cannot be “{ $given }”. Use one of: import, skip.
cli-option-partial = when lines are refused, bring in the others
cli-option-role = principal, officer, worker, clerk, leader, city or operator
cli-option-for = an enterprise by its unified social credit code; for clerk and leader a district; for city and operator the city
cli-option-all = one for each enterprise, for principal and officer only; --for is then a district or the city
cli-option-out = write to this CSV file, which must not exist yet
cli-option-enterprise = only those of this enterprise
cli-option-district = only those of this district
cli-option-status = only those that are planned, open, answered, returned, explained, excused or withdrawn
cli-option-hazard-state = only this state: found, planned, rectifying, done, evaluated, reinspected, closed, reopened, not_major, merged, withdrawn
cli-option-enterprise-state = only this state: active, suspended, deregistered, moved, merged
cli-option-missing = who is not in the list: keep says nothing, report names them (the default), close enters them as deregistered
cli-option-as-on-licence = a code that stands so on the licence although the standard calls it wrong: it is taken, and marked; may be given several times
cli-option-stats = instead of duties: how long conversations took from the first question to the end, by dialog, median and 90th percentile
cli-option-burden = list instead the reminders and estimated minutes of each person and month
cli-option-receipt = such as K7Q4-M2PX
cli-option-dialog = such as monthly-dispatch
cli-option-conversation = the number of a conversation
cli-help-pack-show = Print what a pack asks of an enterprise (or a bureau) in a year: what, when and why, to be proof-read. Writes .xlsx and .ics, too.
cli-option-year = the year; else the last one of the campaign, or this one
cli-name-year = YEAR
cli-option-sector = the sector of the enterprise, its name or id
cli-name-sector = SECTOR
cli-option-tags = the risks of the enterprise, names or ids, parted by commas
cli-name-tags = TAGS
cli-option-employees = how many people the enterprise has
cli-name-employees = NUMBER
cli-option-of = whose: enterprise (the default), municipal (supervised by the city), district, city
cli-name-of = WHOSE
cli-option-pack-show-out = the file that is written, .xlsx or .ics
cli-pack-no-such = There is no “{ $given }”. Name one of { $known }.
cli-pack-no-such-year = Nothing is due in { $given }. Name a year from { $first } to { $last }.
cli-pack-show-kind = “{ $given }” cannot be written. Name a file that ends in .xlsx or .ics.
cli-pack-shown = Wrote { $file }: { $number } entries.
cli-help-pack-schema = Print the JSON Schema of the files of a pack, by which editors complete and check.
cli-help-pack-new = Begin a pack in a new folder: one of its own, or with --extends one upon another. With it goes the JSON Schema by which editors complete and check.
cli-help-pack-diff = Compare two packs, each with all that it extends, and list where they differ.
cli-help-pack-renew = Write the pack of another year: it extends the old one with its days moved by years; days without a counterpart, days of the notice and texts that name a year or a day are listed to be looked at.
cli-option-pack-in = the folder in which it is begun; else the present one
cli-name-folder = FOLDER
cli-name-pack = PACK
cli-option-pack-name = the name of the new pack: small letters, digits, underscores
cli-option-extends = the pack that it takes over: a shipped one, or a folder beside
cli-option-renew-year = the year in which the new pack begins
cli-option-renew-as = the name of the new pack; else the old one with the year replaced
cli-column-way = at
cli-column-before = before
cli-column-after = after
cli-pack-begun = Began { $folder }. Edit its pack.yaml, then run anzhu pack check { $folder }.
cli-pack-renewed = Began { $folder }. Places to look at: { $number } (also at the head of pack.yaml). Then run anzhu pack check { $folder }.
cli-pack-look =
    { $why ->
        [no-day] { $at }: { $value }, the year has no such day; set it
        [no-week] { $at }: { $value }, the year has no such week; set it
        [notice] { $at }: { $value }, a day of the old notice or of a law; check it
       *[words] { $at }: { $value }, the text names a year or a day; check it
    }
cli-pack-renew-year = It cannot be renewed for { $given }. The pack begins in { $start }; name a later year.
cli-pack-renew-beside = What extends the pack of a folder lies beside it. Write --in { $folder }, or leave --in out.
cli-pack-bad-name = “{ $given }” can be no name. Use small letters, digits and underscores, like qingyuan_2027.
cli-pack-name-shipped = A shipped pack is called “{ $given }” already. Choose another name.
cli-pack-there = { $folder } is there already and was left alone. Choose another name, or move it away.
cli-option-pack-path = the folder of a pack, or the name of a shipped one
cli-option-port = the port of the page, 0 for any that is free
cli-option-no-browser = do not open the browser

# Used wrongly
cli-no-such-command = There is no command “{ $name }”. Run { $command } --help for all commands.
cli-no-such-command-near = There is no command “{ $name }”. Did you mean “{ $near }”?
cli-no-subcommand = “{ $command }” needs a subcommand: { $known }.
cli-no-such-option = There is no option “{ $option }”. Run { $command } --help for all options.
cli-no-such-option-near = There is no option “{ $option }”. Did you mean “{ $near }”?
cli-option-value = “{ $option }” needs a value, or takes none. Run { $command } --help.
cli-missing = “{ $name }” is missing. Run { $command } --help.
cli-surplus = “{ $given }” is too much. Run { $command } --help.
cli-misused = The command is not written right. Run { $command } --help.
cli-bad-moment = “{ $given }” is not a time. Write it like 2023-06-05T08:30:00+08:00.
cli-naive-moment = The time “{ $given }” has no offset. Write it like 2023-06-05T08:30:00+08:00.
cli-far-moment = The time “{ $given }” lies outside { $first } to { $last }; please check it.
cli-bad-setting =
    { $name ->
        [ANZHU_CLOCK_START] The variable ANZHU_CLOCK_START must be a time with its offset, such as 2023-05-23T08:30:00+08:00.
        [ANZHU_TIMEZONE] The variable ANZHU_TIMEZONE must be the name of a zone, such as Asia/Shanghai.
       *[other] The variable { $name } has a value that cannot be used; please correct it.
    }
cli-bad-keep = The variable { $name } must be a whole number of days from { $least } to { $most }.
cli-bad-newcomer = After “new:” write a name of 1 to { $limit } characters that does not begin with #.
cli-no-such-person = There is no person “{ $given }”. Run anzhu people for the ids, or use new:NAME.
cli-no-such-role = There is no role “{ $given }”. Use one of: { $known }.
cli-missing-unknown = --missing cannot be “{ $given }”. Use one of keep, report, close.
cli-not-on-a-licence = “{ $given }” behind --as-on-licence can stand on no licence: a code has 18 letters and digits, an old registration number 15 digits. Please check.
cli-licence-unused = “{ $given }” behind --as-on-licence is not in this list. Please check.
cli-no-such-status = There is no status “{ $given }”. Use one of: { $known }.
cli-no-such-enterprise = No enterprise in the registry has the code “{ $given }”. Check it, or import the registry first.
cli-no-such-district = There is no district “{ $given }”. Use one of: { $known }.
cli-not-the-city = “{ $given }” is not right. For this role, --for must be “{ $city }”.
cli-no-such-dialog = There is no dialog “{ $given }”. Use one of: { $known }.
cli-no-such-conversation = There is no conversation “{ $given }”.
cli-no-such-receipt = There is no receipt “{ $given }”; please check the code.
cli-all-roles = --all is for principal and officer only.
cli-all-needs-out = --all needs a file, by --out, or --json.
cli-nobody-to-invite = The registry has no enterprise in “{ $place }”. Import the registry first.
cli-file-exists = The file “{ $name }” is there already. Choose another name.
cli-bad-port = The port “{ $given }” is not right. Use a number from 0 to 65535.

# Failures
cli-unreadable = A row of the database ({ $row }) is damaged and cannot be read. Restore it from a backup; anzhu doctor names all such rows.
cli-unexpected = Something unexpected went wrong, and the command did not finish. Try once more; if it fails again, run the same command as python -X dev -m bot and report what it shows.
cli-undecoded = The command holds characters that are not UTF-8. Set the terminal to UTF-8 and type it again.
cli-undecoded-setting = { $name } holds characters that are not UTF-8. Set it again in UTF-8.
cli-interrupted = Interrupted. What was being written is kept as a whole, or not at all.
cli-disk-full = The disk is full; nothing was kept. Make room and try again.
cli-port-taken = The port is taken. Choose another with --port, or any free one with --port 0.
cli-file-failed = “{ $name }” cannot be read or written ({ $detail }). Check the path and its permissions.
cli-system-failed = The system refused ({ $detail }). Mend that and try again.
cli-database-address = ANZHU_DATABASE_URL is no address of a database that can be used. Write it like postgresql+psycopg://user@host/name, or leave it out.
cli-database-locked = Another program holds the database. Try again in a moment.
cli-database-closed = The database file cannot be opened, or is read-only. Check the path and permissions of the data folder.
cli-database-broken = The database file is damaged, or is no database. Restore it from a backup.
cli-database-old = The database does not have the present tables. Run anzhu db upgrade.
cli-database-failed = The database failed (code { $code }), and the command did not finish. Run anzhu doctor.
cli-database-io = The database file cannot be read or written; the disk may be failing. Check the disk, and restore a backup if need be.
cli-runs-newer = A newer version has changed the database. This program has stopped taking and sending; what it had not taken was not acknowledged and is not lost. Upgrade the program, then start it.
cli-database-newer = The database was made by a newer version; this one cannot use it, and changed nothing. Upgrade the program, or use another data folder.
cli-database-foreign = The database holds tables of another program; nothing was changed. Check ANZHU_DATABASE_URL, or use an empty database.
cli-database-right = The account of the database lacks a right. Have the administrator of the database grant it reading and writing.
cli-database-readonly = The database server is read-only, perhaps a standby. Check that ANZHU_DATABASE_URL names the primary.
cli-database-crowded = The database server has no connection left. Try again in a moment, or raise max_connections.
cli-postgres-away = PostgreSQL cannot be reached. Check ANZHU_DATABASE_URL, and that the server runs.
cli-postgres-login = PostgreSQL does not accept this user or password. Check ANZHU_DATABASE_URL.
cli-postgres-missing = PostgreSQL has no such database. Check ANZHU_DATABASE_URL, or have the database made.
cli-postgres-certificate = The TLS certificate of PostgreSQL could not be verified. Check sslrootcert and the host in ANZHU_DATABASE_URL.

# Lists
cli-nothing = Nothing matches.
cli-column-number = id
cli-column-district = district
cli-column-subject = subject
cli-column-duty = duty
cli-column-due = due
cli-column-place = Place
cli-column-state = state
cli-column-name = name
cli-column-roles = roles
cli-column-channels = channels
cli-column-joined = joined
cli-column-kind = kind
cli-column-person = person
cli-column-operator = operator
cli-column-channel = channel
cli-column-not-before = not before
cli-column-sent = sent
cli-column-asked = asked for
cli-column-done = settled
cli-column-error = remark
cli-column-dialog = dialog
cli-column-conversations = number
cli-column-median = median
cli-column-p90 = 90th percentile
cli-column-month = Month
cli-column-messages = Reminders
cli-column-minutes = Estimated minutes
cli-column-at = time
cli-column-question = question
cli-column-answer = answer
cli-column-counts = counts
cli-column-title = title
cli-column-document = document
cli-column-days = days
cli-column-in-force = in force
cli-column-enterprise = enterprise
cli-column-employees = employees
cli-column-credit-code = unified social credit code
cli-column-role = role
cli-column-invitation = invitation code
cli-column-expires = good until
cli-seconds = { $number } s
cli-status =
    { $status ->
        [planned] planned
        [open] open
        [answered] answered
        [returned] returned
        [explained] explained
        [excused] excused
       *[withdrawn] withdrawn
    }
cli-overdue = overdue
cli-escalated =
    { $level ->
        [district] shown to the district
       *[city] shown to the city
    }
cli-papers-state =
    { $state ->
        [ready] waits
        [leased] being made
        [sent] made and sent
        [failed] failed
       *[rejected] cannot be read
    }
cli-outbox-state =
    { $state ->
        [ready] waits
        [leased] being sent
        [sent] sent
        [refused] refused by the person
        [rejected] rejected by the platform
        [failed] failed
        [expired] expired unsent
       *[cancelled] cancelled
    }
cli-role-for = { $role } of { $subject }
cli-role-pending = { $role } (pending)
cli-current =
    { $current ->
        [true] counts
       *[false] changed since
    }
cli-in-force = in force
cli-from = from { $first } on
cli-from-to = { $first } to { $last }

# What came of it
cli-ticked = { $at }: { $planned } duties planned, { $reminded } people reminded, { $escalated } duties escalated, { $sent } messages sent.
cli-demo-runs = Open the address above in a browser. Ctrl-C stops the demo.
cli-importing = importing
cli-invited = Code { $code }: { $role } of { $place }, good until { $day }. Hand it to the person, who sends “/start { $code }” in the chat.
cli-invited-all = { $number ->
    [one] 1 code was
   *[other] { $number } codes were
} written to { $file }. Only you may read it; hand them on with care.
cli-replay-heading = Conversation { $number }: { $dialog }, person { $person }, state { $state }
cli-replay-ends = Driven again, it comes to its end: { $result }.
cli-replay-waits = Driven again, it waits at the question “{ $key }”.
cli-replay-broken = Conversation { $number } is finished, but driven again does not come to its end. Look at what changed in the dialog, and its rev.
cli-pack-note = { $file }, line { $line }, note: { $what }
cli-pack-problem = { $file }:{ $line }: { $what }
cli-pack-faults = Faults in the pack “{ $pack }”: { $number }. Correct them line by line.
cli-pack-sound = The pack “{ $pack }” has no faults.
cli-db-current = The database has the present tables.
cli-db-upgraded = The database was upgraded to revision { $revision }.
cli-db-to-upgrade = The database would be upgraded to revision { $revision }; nothing was changed.
cli-db-serves = Processes of the version before ({ $revision }) can go on with the new tables. Replace one after the other; where need be the version before can be started again.
cli-db-serves-no-more = Processes of the version before ({ $revision }) cannot work on the new tables; each ends by itself with exit code 78. Start the new version right after it.
cli-audit-whole = The audit log is whole: { $sealed } rows, all of them sealed.
cli-audit-anchored = It agrees with the anchor at row { $at }.
cli-audit-not-anchored = There is no anchor to compare with: a whole database put back to an older state would not show. Operators get one each day, and anzhu audit anchor prints one; give it with --anchor.
cli-audit-broken =
    { $missing ->
        [0] The audit log is broken at row { $at }
       *[other] The audit log is broken at row { $at }: rows { $at } to { $missing } are not there
    }; the { $sealed } before it are whole{ $agrees ->
        [0] {""}
       *[other] , and up to row { $agrees } as an anchor says
    }. Leave it as it is and compare it with a backup.
cli-audit-loose = Rows of the audit log without a seal, which the bot did not write: { $number }. The other { $sealed } are whole. Leave it as it is and compare it with a backup.
cli-audit-other-key = The audit log is sealed with another key and cannot be checked with this one. Give the former key back, or name it after the new one.
cli-audit-other-log = The anchor ({ $taken }) is of another database: it is the wrong anchor, or this database was put in the place of that one. Look into it.
cli-audit-rewound =
    Not as an anchor says: the audit log holds together, but ends at row { $sealed }, while the anchor of { $taken } is at row { $at }. An older database was put in its place, or its end was cut off{ $agrees ->
        [0] {""}
       *[other] ; up to row { $agrees } it is as an anchor says
    }. Leave it as it is and compare it with a backup.
cli-audit-altered =
    Row { $at } is not as an anchor says (of { $taken }): the audit log holds together, but rows up to this one were written anew, or an older database was put in its place and has grown to here since{ $agrees ->
        [0] {""}
       *[other] ; up to row { $agrees } it is as an anchor says
    }. Leave it as it is and compare it with a backup.
cli-audit-miscopied = Row { $at } is not as an anchor says (of { $taken }), but only by a few characters: the anchor was most likely copied wrongly. Copy the original and check again.
cli-audit-new = The audit log has not begun.
cli-no-anchor = “{ $given }” is no whole anchor, and no file with one. An anchor is the line that anzhu audit anchor prints: it begins with anzhu-audit and ends with a time. Copy all of it.

# A conversation in the terminal
cli-file-at = File { $name }: { $path }
cli-file-sealed = File { $name }: { $size } KB, kept encrypted; please look at it on a phone.

# The doctor
cli-finding =
    { $level ->
        [ok] ok     { $what }
        [warning] note   { $what }
       *[error] wrong  { $what }
    }
cli-doctor-data = The data folder { $folder } can be written, { $free } MB are free.
cli-doctor-no-data = The data folder { $folder } is not there yet; it is made at first use.
cli-doctor-little-room = The data folder { $folder } has only { $free } MB left. Make room for 500 MB or more.
cli-doctor-few-files = The disk of the data folder { $folder } takes only { $left } more files. Clear it up, or use another disk.
cli-doctor-key = The secret key { $key } can be used.
cli-doctor-key-beside = The secret key { $key } can be used, but lies beside the data: who takes the data folder takes the key. Put it elsewhere with ANZHU_SECRET_KEY_FILE.
cli-doctor-no-key = There is no secret key yet; it is made at first use.
cli-doctor-owed-from = The campaign began on { $first }, and the bot has not begun: all that was due since would be overdue and rise to staff at once. Say by ANZHU_OWED_FROM=YYYY-MM-DD from which day things are owed, then begin.
cli-doctor-pack = The pack { $name } can be used: { $title }.
cli-doctor-database = The database can be read and written, and has the present tables.
cli-doctor-no-database = There is no database yet; it is made at first use.
cli-doctor-clock = Campaign time is real time, { $now }.
cli-doctor-rehearsal = A rehearsal: campaign time is { $now }, and every message says so.
cli-doctor-never-ticked = Campaign time is { $now }; no duties were planned yet. Import the registry, then run anzhu tick.
cli-doctor-tick = Campaign time is { $now }; the last round was at { $ticked }. Run anzhu tick.
cli-doctor-sent-files = The files of the last seven days arrived, or are on their way.
cli-doctor-sent-files-lost = { $number } files of the last seven days did not arrive: { $names }. Why, of the newest: { $why }. Their words arrived, and whoever was concerned was told.
cli-doctor-inbox = All messages that came in were handled.
cli-doctor-inbox-failed = Messages that could not be handled and were set aside: { $number }; senders who are known were asked to send again. The newest came at { $at }: { $why }. Look at the log.
cli-doctor-audit = The audit log is whole: { $number } rows, each checked.
cli-doctor-audit-end = The audit log has { $number } rows, and only its end was checked; --full or anzhu audit verify checks each.
cli-doctor-growth = What was over has ended; the database has { $size } MB.
cli-doctor-growth-unswept = What is over has not ended for { $age }, and grows on. See that anzhu run or anzhu tick works, or run anzhu tidy.
cli-doctor-growth-kinds = Over for more than a week and still there: { $kinds }. Run anzhu tidy, and see which kind cannot end.
cli-doctor-growth-disk = As it grew in the last { $days } days the disk is full in about { $left } (the database has { $size } MB, { $free } are left). Make room, or shorten the terms that begin with ANZHU_KEEP_.
cli-doctor-anchors-ended =
    { $known ->
        [0] The file of anchors holds none yet. See that anzhu run or anzhu tick works and can write ANZHU_AUDIT_ANCHOR_FILE.
       *[other] The last anchor is of { $last }, and there should be one each day. See that anzhu run or anzhu tick works, can write that file, and that the clock is right.
    }
cli-doctor-channels = No channel is down.
cli-doctor-registry = { $number } enterprises in the registry; the code of { $marked } of them is taken as it stands on the licence, against the standard.
cli-doctor-channel = Channel { $name } ({ $account }) is down: { $reason }. Check its settings.
cli-name-text = TEXT
cli-name-day = DAY
cli-name-invitation = CODE
cli-option-person-number = the number of a person, see anzhu people
cli-option-role-alone = end this role only
cli-option-for-alone = end the roles for this enterprise, district or city only
cli-option-reason = why; the person reads it
cli-option-ends-on = the last day, such as 2023-12-31; without it the role ends now
cli-option-until = the last day of the role, such as 2023-12-31; without it the role has no end
cli-option-invitations = list the codes that were made: role, subject, state; never the code itself
cli-option-void = take back: a number, a code, or all (then --for is the subject)
cli-help-people-data =
    Write all that is kept about somebody into a file (PIPL 45), with the photos and files that they sent in; it is for them
    alone. Of who has no account give the name, and with --for the enterprise or the district.
cli-help-people-forget =
    Let somebody go who asked for it (PIPL 47): roles end, name, chat accounts and what was sent to them are deleted; what
    the law wants kept is named. Of who has no account give the name, and with --for the enterprise or the district.
cli-name-whom = PERSON|NAME
cli-option-whom = the number of a person, see anzhu people; of who has no account the name, with --for
cli-option-data-out = the file to write (.zip)
cli-data-written = Written into { $file }. It holds personal data, and is for that person alone.
cli-no-name = “{ $given }” is no name. With --for give the name; of who has an account give the number, without --for.
cli-no-such-name = { $place } has no worker, inspector or registered head who is called “{ $given }”.
cli-forgotten =
    Name, chat accounts and what was sent to person { $number } are deleted. Answers, permits, checks and hazards are kept by law; messages to others that name them are emptied after { $days ->
        [one] a day
       *[other] { $days } days
    } at the latest. Earlier backups still hold all of it, until they are destroyed by your rules.
cli-forgotten-worker = Deleted from the register of special workers (number { $number }).
cli-kept-worker = Number { $number } of the register of special workers stands on a hot-work permit: taken off the register and proposed for no other; the permit is a record that the law wants kept.
cli-forgotten-inspector = Deleted from the inspectors (number { $number }).
cli-kept-inspector = Inspector { $number } stands on a check or a draw: drawn no more; the check is a record that the law wants kept.
cli-kept-registered = The registry names them as { $role }, which was not changed: name another one in the list first, and import it.
cli-help-people-end = End roles of a person, now or with a day; what is unfinished, unsent, and unused codes for the same role end too. The person is told.
cli-help-people-lock = Lock somebody out whose phone is lost: nothing is taken from it and nothing sent there; permit prompts go to the next.
cli-help-people-unlock = Make a one-time code for somebody who is locked out: it works for this person only, and unbinds the former account.
cli-bad-reason = The reason must have 1 to { $limit } characters.
cli-bad-day = “{ $given }” is no day. Please write it as 2023-12-31.
cli-no-such-person-number = There is no person with the number “{ $given }”. Please run anzhu people.
cli-no-such-post = { $name } (number { $number }) has no such role. Please run anzhu people.
cli-role-ended = Ended: { $role }. Conversations put away: { $talks }, messages taken back: { $letters }, codes void: { $invitations }.
cli-locked = { $name } (number { $number }) is locked out. To let them in again: anzhu people unlock { $number }.
cli-locked-before = { $name } (number { $number }) was locked out before.
cli-not-locked = { $name } (number { $number }) is not locked out. For a new phone please run anzhu people lock { $number } first.
cli-nothing-to-unlock = { $name } (number { $number }) has no role to come back to; please invite them anew with anzhu invite.
cli-unlocked = Code { $code }: leads { $name } back, nobody else, good until { $day }. Make sure who you speak to, then hand it over; it is sent as “/start { $code }” in the chat.
cli-invite-whom = Please give --role and --for, or use --list or --void.
cli-void-all-for = To take back all please name the enterprise, district or city with --for.
cli-no-such-invitation = There is no code “{ $given }” that could be taken back. Please run anzhu invite --list.
cli-voided = { $number ->
    [one] 1 code is
   *[other] { $number } codes are
} void.
cli-invitation-state =
    { $state ->
        [open] open
        [used] used
        [voided] void
       *[expired] expired
    }
cli-column-invited-by = invited by
cli-column-locked = locked
cli-option-end-replaced = end the role of whoever is in office where the list names another; without it the department is asked
cli-option-review = list every role to look through: whose, since when, last heard from, given by whom
cli-option-review-out = with --review: write this .xlsx file, with a column to tick what stays and what ends
cli-out-needs-review = --out goes with --review only.
cli-help-people-keep = Note that the roles of a person were looked at and stay. To end them use anzhu people end.
cli-review-written = { $number ->
    [one] 1 role was
   *[other] { $number } roles were
} written to { $file }. Only you may read it. For those that stay run anzhu people keep, for those that end anzhu people end.
cli-sheet-review = review of roles
cli-column-keep-or-end = keep / end
cli-column-since = since
cli-column-seen = last heard from
cli-column-ends = ends
cli-column-reviewed = last review
cli-unmet = not met
cli-unmet-until = not met (promised by { $day })
