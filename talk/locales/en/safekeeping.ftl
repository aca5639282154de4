# How data is kept safe
cli-doctor-modes = Only this user can read and write the data folder.
cli-doctor-no-modes = There is no data folder yet; when it is made, only this user can read and write it.
cli-doctor-open =
    Other users of this machine can read { $number } files or folders, the first is { $first }. Please run: chmod -R go= { $places }
cli-doctor-modeless =
    The file system of { $folder } has no modes: every user can read it. Please mount it so that only this user can (such as umask=077), or choose another folder.

# How long data is kept: anzhu outline retention, anzhu tidy
cli-about-tidy = delete what is over
cli-help-tidy =
    Delete or empty what is over by the table of retention, with a count for each kind. anzhu run and anzhu tick do so
    once a day. Terms and grounds: anzhu outline retention.
cli-option-tidy-dry-run = only count what is over
cli-column-kept = Data
cli-column-ended = Number
cli-column-kept-before = From before
cli-column-setting = Setting
cli-tidy-failed = These could not be tidied: { $kinds }. The rest was. Please look into the log and run anzhu tidy again.
retention-head = | data | whose | ground | how long | then | in one's own data |
retention-kind =
    { $kind ->
        [updates] messages as they came in, also those set aside because they could not be handled
        [letters] messages sent
        [letter-rows] that there was a message: when, to whom, of which kind
        [paper-orders] which tables, permits, reports somebody asked for: when, of which kind, what came of it
        [guests] people who read an invitation and never consented
        [strangers] chat accounts of people who have not joined, and the replies to them
        [tries] wrong invitation codes and receipts, and requests for files
        [invitations] invitations that were used, ran out or were made void
        [people] name, language, chat accounts
        [former] name and chat accounts of people who hold no role any more
        [factors] second factors (the secret encrypted, recovery codes hashed)
        [roles] roles, also those that ended
        [answers] answers, answers by phone, problems raised, risks reported
        [receipts] duties and receipts
        [prompts] questions that were asked, and their buttons
        [hazards] the ledger of major hazards with every step
        [accidents] accidents as enterprises reported them
        [permits] hot-work permits with the people on them, every step and prompt
        [workers] the register of special workers (numbers encrypted)
        [notices] notices, and who got, acknowledged and answered them
        [bureau] enforcement, spot checks, progress tables, trainings, inspectors
        [meter] how many reminders and nudges each person got on a day
        [feedback] complaints and suggestions
        [audit] the audit log (people by number, operators by name)
        [registry] the registry of enterprises, with the names of principals and safety officers and, encrypted, telephone numbers
        [attached] photos and files of answers, hazards, permits and notices
        [unattached] photos and files that nothing took up
        [own-data] the file of one's own data
        [papers] forms, permits and reports as they were drawn
       *[clockwork] the clock, the state of channels, alarms
    }
retention-whose =
    { $whose ->
        [writer] who wrote
        [stranger] who has not joined
        [member] who joined
        [staff] staff
        [worker] workers
        [enterprise] the enterprise
       *[nobody] nobody
    }
retention-ground =
    { $ground ->
        [consent] consent (PIPL 13(1)1)
        [duty] needed for the supervision of work safety (PIPL 13(1)3)
        [record] a truthful record (Work Safety Law 41; hot work by GB 30871-2022)
        [security] security (Cybersecurity Law: logs of six months at least, defence against intrusion)
        [reply] needed to answer whoever wrote
       *[technical] no personal data
    }
retention-term =
    { $kind ->
        [invitations] { $days } days after use or end
        [prompts] { $days } days after the end
        [former] { $days } days after the last role and the last word
        [workers] { $days } days after removal, unless a permit refers to it
        [guests] { $days } days after the last word
        [strangers] { $days } days after the last word
       *[other] { $days ->
            [one] { $days } day
           *[other] { $days } days
        }
    }
retention-no-term =
    { $end ->
        [leaving] until the person leaves
       *[archived] by the bureau's rules for archives
    }
retention-end =
    { $end ->
        [deleted] deleted
        [emptied] words and address go, the number stays
        [left] as if the person had left: deleted, the number stands for “someone who left”
        [leaving] deleted; the number stands for “someone who left”
       *[archived] nothing by itself
    }
retention-not-exported = –

# What travels
cli-postgres-plain = The database server offers no encrypted connection; nothing was connected. Turn TLS on at the server; where the network is trusted, say ?sslmode=disable at the end of ANZHU_DATABASE_URL.
telegram-bad-api = ANZHU_TELEGRAM_API must be an https address (http on this machine only), without user and parameters. In a trusted network of containers set ANZHU_TELEGRAM_API_INSECURE=true.
telegram-bad-webhook = ANZHU_WEBHOOK_URL must be an https address that the platform reaches, without user and parameters, such as https://bot.example.org/telegram. Without it updates are polled.
telegram-webhook-port = ANZHU_WEBHOOK_URL has port { $port }, which the platform does not call. Please use 443 (which need not be written), 80, 88 or 8443.
telegram-bad-webhook-listen = ANZHU_WEBHOOK_LISTEN must be HOST:PORT, such as 127.0.0.1:9465.
telegram-bad-webhook-secret = ANZHU_WEBHOOK_SECRET must be 16 to 256 letters, digits, underscores or hyphens. Without it the secret is made of the key.
telegram-webhook-taken = Updates cannot be taken at { $where } ({ $detail }). Please set ANZHU_WEBHOOK_LISTEN to a free address and port of this machine.
cli-doctor-ways = The ways to the database and the Bot API stay on this machine, or are encrypted with the other side known.
cli-doctor-way-unverified = The way to the database is encrypted, but the server's certificate is not verified. Better say sslmode=verify-full and sslrootcert in ANZHU_DATABASE_URL.
cli-doctor-way-plain = The way to the database or the Bot API is not encrypted, as the settings say. Please make sure that the network is trusted.

# Clocks
cli-option-accept-clock = the time is right: the one given, or the machine's own after a leap, beside real data
clock-given-real = This is real data, where it is { $now }; the time given is { $given }. Nothing was run. Try the future on a copy; to use it all the same add --accept-clock.
care-clock-behind = The newest of what is stored is { $age } later than the clock of this machine: it is slow, or was fast. Check the time; where it is right, this goes once something newer is stored.
clock-leapt = The clock of this machine is { $hours } hours off from the last round and shows { $now }; nothing was planned and nobody reminded. Set the clock; where it is right, run anzhu tick --accept-clock once.
settings-clock-real = Real people have joined in this data; it cannot become a rehearsal. Unset ANZHU_CLOCK_START, or use another data folder.
cli-runs-rehearsal = Mind: this is a rehearsal, its time is not the real one, and every message says so. For real use take another data folder, without ANZHU_CLOCK_START.

cli-about-key = secret keys: which there are, a new one
cli-help-key-make = Make a key and print it.
cli-help-key-list = List the ids of the keys at hand: the first is in use, the others are retired and only open what is older.
cli-help-key-rotate =
    Put a new key into use: it is written into the key file before the old ones; certificates, secrets of
    second factors and encrypted files are encrypted anew, and the audit log is sealed with it from then on.
cli-help-key-renew =
    Where a variable, a program or systemd gives the key: put the new one before the old one there first,
    then encrypt certificates, secrets of second factors and encrypted files anew with this. Where
    ANZHU_ENCRYPT_FILES is set, plain files are encrypted as well. Interrupted, run it again.
cli-key-elsewhere = The key does not lie in a file of the bot's own. Run anzhu key make, put the new key before the old one where the key comes from, then run anzhu key renew.
cli-key-in-use = Key { $key } is in use; encrypted anew: { $certificates } certificates, { $telephones } telephone numbers, { $factors } secrets of second factors, { $files } files. Keep the old key: it verifies the audit log of before.
cli-column-key = key
cli-column-key-state = state
cli-key-state =
    { $state ->
        [current] in use
       *[other] retired
    }

# Kept files
cli-doctor-files-plain = { $number } kept files, not encrypted (ANZHU_ENCRYPT_FILES).
cli-doctor-files-sealed = { $number } kept files, all encrypted with the key in use.
cli-doctor-seals = Numbers of certificates, telephone numbers and secrets of second factors are under the key in use.
cli-doctor-seals-renew = { $number } numbers of certificates, telephone numbers or secrets of second factors are still under a retired key. Please run anzhu key renew.
cli-doctor-files-renew = Of the kept files { $plain } are not encrypted, { $old } are with a retired key. Please run anzhu key renew.
cli-doctor-files-spoilt = { $number } kept files do not open: their key is not at hand, or they were changed. Please put the old key back behind the one in use; restore from a backup what was changed.

# What ends some day: the doctor, and the log of anzhu run
horizon-holidays = The calendar of holidays and exchanged days is known until { $until }.
horizon-holidays-end = The calendar of holidays and exchanged days is known only until { $until }. Once that of { $year } is published, upgrade the program, or write it into the file of ANZHU_HOLIDAYS; until then the days from { $year } on are reckoned by law alone, without exchanged days.
horizon-no-end = The pack is in force from { $first } on, without an end.
horizon-campaign = The campaign lasts until { $until }.
horizon-owed-from = Things are owed from { $first } on: before, nothing is planned and nobody is reminded. The campaign lasts until { $until }.
horizon-closing = The campaign ended on { $ended } and is closed on { $until }: what falls due until then is reminded of, answered and reported; after that nobody is reminded. Name the pack of the next one in ANZHU_PACK.
horizon-campaign-over = The campaign ended on { $until }: nothing is planned any more, and nobody is reminded. Name the pack of the next one in ANZHU_PACK.
horizon-certificate = The certificate { $file } holds until { $until }.
horizon-certificate-end = The certificate { $file } ends on { $until }; after that the database cannot be reached. Replace it in time.
horizon-certificate-over = The certificate { $file } ended on { $until }. Replace it, or the database cannot be reached.
horizon-no-certificate = { $file } is no certificate in PEM. Check sslrootcert and sslcert in ANZHU_DATABASE_URL.
cli-doctor-fonts = There is a font for each character in the names of enterprises and people.
cli-doctor-fonts-lack = No font has “{ $signs }”, which stand in names of enterprises or people: empty boxes in PDF and pictures. Install fonts on the server (as fonts-noto-cjk, fonts-hanazono) and restart.

# The file of days off (ANZHU_HOLIDAYS)
settings-owed-from = ANZHU_OWED_FROM says { $day }, which is no day of the campaign ({ $first } to { $last }). Name a day of it: from that one on things are owed.
settings-holidays = The file of days off { $file }: { $what } Mend it and run this again.
holidays-line = line { $line } “{ $given }” is not understood; write it as “2027-02-05 2027-02-11 off” or “2027-02-20 work”.
holidays-no-day = line { $line } “{ $given }” names a day that there is not.
holidays-stretch = line { $line } ends before it begins, or is longer than { $limit } days.
holidays-twice = line { $line } says the contrary of a line before about { $day }.
holidays-not-yaml = line { $line } is no valid YAML; write it as “2027: {"{"}off: [2027-02-05 2027-02-11], on: [2027-02-20]{"}"}”.
holidays-year = line { $line } “{ $given }” is no year; write it as “2027:”.
holidays-kind = line { $line } “{ $given }” is not understood; beneath a year stand off and on, each a list of days.
holidays-day = line { $line } “{ $given }” is not understood; write it as “2027-02-20” or “2027-02-05 2027-02-11”.
holidays-other-year = line { $line } names { $day }, which is no day of { $year }.
holidays-again = line { $line } names { $day }, which stands there before.
holidays-key-twice = line { $line } has “{ $given }” a second time; put both together.
holidays-no-text = it is no text, or too long.
