# Backups and their restoring
cli-about-backup = A backup: the database and the kept files in one file
cli-about-restore = A backup put back into an empty data folder or database
cli-help-backup =
    Puts the database and the kept files into one file, readable by you alone, while the bot runs. The key is not in it:
    keep it elsewhere. With --verify a backup that is there is checked, file by file, and its seal.
cli-help-restore =
    Puts a backup into an empty data folder (SQLite) or an empty database (PostgreSQL). All of it is checked before
    anything is written; one that was interrupted is run again. The key of then has to be in place.
cli-name-backup = FILE
cli-name-recipient = KEY
cli-option-backup-file = the path of the backup; a new one must not be there yet
cli-option-backup-verify = check it, write nothing
cli-option-recipient = encrypt to this public key (age: age1…, or ssh-ed25519 …), any number of them; restoring needs its secret key
cli-option-identity = the file with the secret key of an encrypted backup, as age-keygen writes it
backup-told =
    { $what ->
        [done] Backed up to { $file }: the database and { $files } kept { $files ->
            [one] file
           *[other] files
        }, { $size } MB, as of { $taken }, the newest answer of { $newest }. Restoring needs the key { $key }, which is not in it: keep it elsewhere.
        [sound] The backup { $file } is sound: the database and { $files } kept { $files ->
            [one] file
           *[other] files
        }, { $size } MB, as of { $taken }, the newest answer of { $newest }. Restoring needs the key { $key }.
       *[restored] Restored from { $file }: the database and { $files } kept { $files ->
            [one] file
           *[other] files
        }, { $size } MB, as of { $taken }, the newest answer of { $newest }; what came later is not in it. Run anzhu doctor and anzhu audit verify, then start.
    }
backup-anchor = The anchor of the audit log in it: { $anchor }
backup-lacks = Of the kept files { $missing } are not on the disk and { $spoilt } were changed, and so they are in the backup. Look for them in an older one.
backup-seal-unchecked = The key { $key } is not here, so the seal was not checked: the backup is as its own list says, and whether that was changed nobody knows.
backup-taken = “{ $file }” is there already and was not overwritten. Choose another name.
backup-no-folder = There is no folder “{ $folder }”; nothing was backed up. Make it, or choose another place.
backup-busy = Another backup is writing “{ $file }”. Wait for its end, or choose another name.
backup-no-database = There is no database yet, so nothing to back up. Check ANZHU_DATA_DIR and ANZHU_DATABASE_URL.
backup-none-of-ours = This is no backup that anzhu backup made; nothing was written. Check the file.
backup-not-whole = The backup is not whole, or is none; nothing was written. Copy it once more, or take another one.
backup-damaged = The backup is damaged; nothing was written. Copy it once more, or take another one.
backup-forged = The list in the backup is not the one that was sealed: it may have been changed. Nothing was written. Take another one.
backup-newer = A later version made this backup; nothing was written. Upgrade the program, then restore.
backup-needs-key = Restoring this backup needs the key { $key }, which is not here; nothing was written, and no other key was made. Put it in place first (secret.key in the data folder, or ANZHU_SECRET_KEY).
backup-other-kind =
    This is the backup of { $kind ->
        [sqlite] an SQLite
       *[postgresql] a PostgreSQL
    } database and goes into one of that kind only; nothing was written. Check ANZHU_DATABASE_URL.
restore-not-empty = There is something in “{ $place }” already; nothing was restored. Choose an empty data folder or database.
restore-busy = Another restore is writing into “{ $place }”. Wait for its end.
backup-encrypted = The backup is encrypted. Name the file with its secret key by --identity.
backup-other-identity = This secret key does not open the backup. Take the one that belongs to the public key of then.
backup-bad-identity = There is no secret key in “{ $file }”. Name a file that age-keygen wrote, or an ssh-ed25519 key without a passphrase.
backup-bad-recipient = “{ $given }” is no public key. Write age1… or ssh-ed25519 ….

# After a restore
cli-rewound = The data was restored at { $restored } from the backup of { $taken }: the newest answer is of { $answer }, the newest message of { $update }, duties are planned up to { $tick }, the audit log ends at row { $seq }. Nothing later is in it, nor the roles given or ended and the invitations used since: look through them. Staff were told; whoever writes is asked to look again.
rewound = The system was restored at { $restored } from a backup of { $taken }. What you reported or confirmed in between was not kept. Please send /tasks, look, and report again what is missing.
rewound-stranger = The system was restored at { $restored } from a backup of { $taken }. If you joined in between, please join once more with the code that you had.
rewound-staff = The system was restored at { $restored } from a backup of { $taken }. What was reported, decided or approved in between was not kept. Enterprises are asked to look again when they write; please look through your own matters of that time.
tap-rewound = This was asked after { $taken }; the system was restored from a backup of then, and nothing later was kept. Please send /tasks, look, and report again what is missing.
cli-audit-restored = The audit log holds together, but row { $at } differs from an anchor: at { $restored } the database was restored from a backup of { $taken }, which ended at row { $seq }; what came later is not in it. Check that restore, put these anchors away with its papers, and begin a new file of them.
