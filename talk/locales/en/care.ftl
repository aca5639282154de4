# How the bot itself is: doctor, /health, alarms
care-minutes = { $number } min
care-hours = { $number } h
care-days = { $number } days
care-letters = No message is stuck, { $number } wait.
care-letters-slow = Messages that wait to leave: { $number }, the oldest for { $age }. If they do not grow fewer, see that anzhu run works.
care-letters-stuck = Messages that should have left: { $number }, the oldest { $age } ago. See that anzhu run works, then look with anzhu outbox.
care-letters-tried = Messages that were tried { $tries } times or more and have not left: { $number }. Check the way to the platform; anzhu outbox tells why.
care-letters-lost = Messages that failed and are not tried any more: { $number }. anzhu outbox --state failed, and --state rejected, tells why; then anzhu outbox retry, or acknowledge.
care-letters-none-lost = No message failed.
care-leases = No message was taken and left lying.
care-leases-over = Messages that were taken to be sent, and of which nothing was heard: { $number }, the first { $age } ago. See that anzhu run works, and whether the token has changed.
care-papers = No paper is stuck, { $number } are being made.
care-papers-wait = Papers that were asked for and are not made yet: { $number }, the oldest for { $age }. See that anzhu run works, then look with anzhu papers.
care-papers-failed = Paper { $number } ({ $kind }) could not be made: { $why }. Who asked for it was told, and can ask again; anzhu papers and the log tell why.
care-updates = Nothing that came in is stuck, { $number } wait.
care-updates-wait = What came in and was not handled yet: { $number }, the oldest for { $age }. See that anzhu run works, and check disk and network.
care-polls = { $channel } was last asked for messages on { $at }.
care-polls-held = { $channel } was last asked for messages on { $at }, by the process { $holder }, which renewed its lease { $seconds } s ago.
care-polls-none = No platform was asked for messages yet.
care-webhook = { $channel } last brought messages, or was seen to be able to, on { $at } (webhook; { $pending } wait with the platform).
care-webhook-fails = { $channel } could not bring messages to the webhook on { $at }, { $pending } wait there: { $why }. See to the proxy, its certificate and ANZHU_WEBHOOK_URL.
care-polls-missed = Nothing was received from { $channel } for { $age }. See that anzhu run works, that the network does, and that the token is used in one place only.
care-ticks = Duties and reminders are done until { $ticked }.
care-ticks-missed = No round was run for { $age }: no new duties, reminders or escalations. See that anzhu run or the timer works, then look at the log.
care-files = The files that are kept lie on the disk.
care-files-missing = Files that are recorded and not on the disk: { $number }, the first { $first }. Restore the folder files from a backup.
care-rows = The rows of all tables can be read.
care-rows-broken = Rows that are damaged and cannot be read: { $number }: { $rows } ({ $why }). Restore them from a backup.
care-rows-settled = Rows that are damaged and cannot be read, all settled and in nobody's way: { $number }: { $rows }.
care-schema = The database has the present tables.
care-schema-newer = The database has the tables of a newer version ({ $tables }), which serve this program ({ $program }), too. Upgrade the program.

# To operators
alarm-begun = ⚠️ The system needs you now:
    { $what }
alarm-over = Well again:
    { $what }
alarm-look = Run anzhu doctor at the server for the details; reply /health for how it is now.
alarm-what =
    { $kind ->
        [data] the disk is nearly full, or cannot be written
        [clock] the clock of the machine leapt; duties and reminders stand still
        [ticks] duties and reminders were not run in time
        [polls] nothing is received from the platform
        [inbox] messages that came in were not handled in time
        [inbox-failed] messages that came in failed and were set aside
        [outbox] messages did not leave in time
        [outbox-failed] messages failed and are not tried any more
        [leases] messages were taken and left lying
        [papers] papers that people asked for were not made in time
        [channels] a channel is down, nothing leaves
        [kept-files] recorded files are not on the disk
        [rows] data is damaged and cannot be read
        [anchors] the anchor of the audit log cannot be written to its file
       *[audit] the audit log is not whole, or not as an anchor says
    }
anchor-of-the-day =
    Anchor of the audit log, { $at }, row { $seq }
    Keep this message. Where the database may have been put back, cut or changed, give it to anzhu audit verify --anchor.
health-standing = Needs somebody now:
    { $what }
health-wrong = { $what }, for { $age }
health-well = Nothing needs anybody now.
health-letters = Messages waiting to leave: { $number }, the oldest for { $age }.
health-updates = Messages waiting to be handled: { $number }, the oldest for { $age }.
health-lost = Messages that failed: { $number }.
health-polled = Last asked for messages { $age } ago.
health-room = Free on the disk: { $free } MB.
settings-metrics-port = Port { $port } is taken, so state and metrics cannot be told. Set ANZHU_METRICS_PORT to another one.
