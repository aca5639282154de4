# 备份和恢复
cli-about-backup = 备份：数据库和存着的文件，一个文件
cli-about-restore = 从备份恢复到空的数据文件夹或空的数据库
cli-help-backup =
    把数据库和存着的文件备份成一个文件，机器人不用停；只有本人可读。密钥不在其中，须另行保管。
    加 --verify 则核对一个已有的备份：逐个文件核对，并核对封签。
cli-help-restore =
    把备份恢复到空的数据文件夹（SQLite）或空的数据库（PostgreSQL）。先核对整个备份，再写入；中断的再运行一次即可。
    须先放好备份时的密钥。
cli-name-backup = 备份文件
cli-name-recipient = 公钥
cli-option-backup-file = 备份文件的路径；备份时不能是已有的文件
cli-option-backup-verify = 只核对，不写入
cli-option-recipient = 用这把公钥加密（age 格式，age1… 或 ssh-ed25519 …），可多次给出；恢复时要用对应的私钥
cli-option-identity = 加密备份的私钥文件，即 age-keygen 生成的文件
backup-told =
    { $what ->
        [done] 已备份到 { $file }：数据库和存着的文件{ $files }个，共{ $size }MB，取自{ $taken }，最新的填报在{ $newest }。恢复时需要密钥 { $key }，它不在备份里，请另行保管。
        [sound] 备份 { $file } 完好：数据库和存着的文件{ $files }个，共{ $size }MB，取自{ $taken }，最新的填报在{ $newest }。恢复时需要密钥 { $key }。
       *[restored] 已从 { $file } 恢复：数据库和存着的文件{ $files }个，共{ $size }MB，取自{ $taken }，最新的填报在{ $newest }；此后的不在其中。请运行 anzhu doctor 和 anzhu audit verify，再启动。
    }
backup-anchor = 备份时审计记录的锚点：{ $anchor }
backup-lacks = 存着的文件有{ $missing }个不在磁盘上，{ $spoilt }个被改动过，备份里也是如此。请从更早的备份找回。
backup-seal-unchecked = 密钥 { $key } 不在这里，没有核对封签：备份与它自己的清单相符，清单是否被改过无法判断。
backup-taken = “{ $file }”已存在，没有覆盖。请换一个文件名。
backup-no-folder = 文件夹“{ $folder }”不存在，没有备份。请先建立，或换一个位置。
backup-busy = 另一个备份正在写“{ $file }”。请等它结束，或换一个文件名。
backup-no-database = 还没有数据库，没有可备份的。请核对 ANZHU_DATA_DIR 和 ANZHU_DATABASE_URL。
backup-none-of-ours = 不是 anzhu backup 生成的备份，没有写入任何内容。请核对文件。
backup-not-whole = 备份不完整，或不是备份，没有写入任何内容。请重新复制一次，或换一份备份。
backup-damaged = 备份已损坏，没有写入任何内容。请重新复制一次，或换一份备份。
backup-forged = 备份的清单与封签不符，可能被改动过，没有写入任何内容。请换一份备份。
backup-newer = 备份是更新的版本生成的，没有写入任何内容。请升级程序后再恢复。
backup-needs-key = 恢复这个备份需要密钥 { $key }，它不在这里；没有写入任何内容，也没有另行生成。请先放好密钥（数据文件夹的 secret.key 或 ANZHU_SECRET_KEY），再恢复。
backup-other-kind =
    这是{ $kind ->
        [sqlite] SQLite
       *[postgresql] PostgreSQL
    }数据库的备份，只能恢复到同种数据库，没有写入任何内容。请核对 ANZHU_DATABASE_URL。
restore-not-empty = “{ $place }”里已有内容，没有恢复。请换一个空的数据文件夹或空的数据库。
restore-busy = 另一个恢复正在写“{ $place }”。请等它结束。
backup-encrypted = 备份是加密的。请用 --identity 给出私钥文件。
backup-other-identity = 这把私钥打不开备份。请换成备份时所用公钥对应的私钥。
backup-bad-identity = “{ $file }”里没有可用的私钥。请给出 age-keygen 生成的文件，或没有口令的 ssh-ed25519 私钥。
backup-bad-recipient = “{ $given }”不是公钥。请写成 age1… 或 ssh-ed25519 …。

# 恢复之后
cli-rewound = 数据已于{ $restored }从{ $taken }的备份恢复：最新的填报在{ $answer }，最新收到的消息在{ $update }，任务生成到{ $tick }，审计记录到第{ $seq }条。此后的都不在其中，包括之后给出、终止的身份和用过的邀请码，请逐项核对。已告知工作人员；之后来信的人会被请求再看一遍。
rewound = 系统已于{ $restored }从{ $taken }的备份恢复，这中间您填报、确认过的内容没有保留下来。请回复 /tasks 看一遍，缺的请再填一次。
rewound-stranger = 系统已于{ $restored }从{ $taken }的备份恢复。如果您是这中间加入的，请用原来的邀请码再加入一次。
rewound-staff = 系统已于{ $restored }从{ $taken }的备份恢复，这中间的填报、办理、审批没有保留下来。企业来信时会请其再看一遍、缺的补填；请您也核对这段时间经手的事项。
tap-rewound = 这个问题是{ $taken }以后提的，系统已从那时的备份恢复，之后的没有保留下来。请回复 /tasks 看一遍，缺的请再填一次。
cli-audit-restored = 审计记录自身相连，但第{ $at }条与锚点不符：数据库于{ $restored }从{ $taken }的备份恢复过，那个备份的记录到第{ $seq }条，此后的不在其中。请核对这次恢复，把这份锚点与恢复的记录一起存档，另起新的锚点文件。
