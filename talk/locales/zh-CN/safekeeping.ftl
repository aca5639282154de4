# 数据的保管
cli-doctor-modes = 数据文件夹只有本用户能读写。
cli-doctor-no-modes = 数据文件夹还没有，建立时只有本用户能读写。
cli-doctor-open =
    同一台机器上的其他用户能读到{ $number }处，首先是 { $first }。请运行：chmod -R go= { $places }
cli-doctor-modeless =
    { $folder } 所在的文件系统不分权限，其他用户都能读到。请以只有本用户能读写的方式挂载（如 umask=077），或换一个文件夹。

# 保存期限：anzhu outline retention、anzhu tidy
cli-about-tidy = 删除已到期的数据
cli-help-tidy =
    按保存期限表删除或清空到期的数据，逐类报告条数。anzhu run 和 anzhu tick 每天自动做一次。
    期限和依据见 anzhu outline retention。
cli-option-tidy-dry-run = 只统计到期的条数，不删除
cli-column-kept = 数据
cli-column-ended = 条数
cli-column-kept-before = 之前的
cli-column-setting = 设置
cli-tidy-failed = 下列数据没有清理成：{ $kinds }。其余已清理。请查看日志，再运行 anzhu tidy。
retention-head = | 数据 | 谁的 | 依据 | 多久 | 到期 | 本人导出 |
retention-kind =
    { $kind ->
        [updates] 收到的原始消息（包括不能处理而搁置的）
        [letters] 发出的消息
        [letter-rows] 发过消息的记录（何时、给谁、哪一类）
        [paper-orders] 要过哪些表、票、报告（何时、哪一类、结果）
        [guests] 看过邀请、没有同意加入的人
        [strangers] 没有加入的人的聊天账号和给他们的回复
        [tries] 输错的邀请码、回执、文件请求的次数
        [invitations] 用过、过期、作废的邀请
        [people] 姓名、语言、聊天账号
        [former] 已没有任何身份的人的姓名、聊天账号
        [factors] 二次验证（加密的密钥、备用码的散列）
        [roles] 身份，包括已终止的
        [answers] 填报内容、电话代录、提出的问题、风险申报
        [receipts] 任务和回执
        [prompts] 问过的问题和按钮
        [hazards] 重大事故隐患台账和每一步
        [accidents] 企业报告的生产安全事故
        [permits] 动火作业票、票上的人、每一步和提醒
        [workers] 特种作业人员名册（证号加密）
        [notices] 通知和送达、知悉、答复
        [bureau] 执法、抽查、调度表、培训和检查人员
        [meter] 每人每天的提醒条数、催办
        [feedback] 意见与投诉
        [audit] 审计记录（人员只记编号，操作员记名）
        [registry] 企业名录（包括主要负责人、安全管理人员姓名和加密的电话号码）
        [attached] 填报、隐患、作业票、通知中的照片和文件
        [unattached] 没有被采用的照片和文件
        [own-data] 本人导出的资料文件
        [papers] 生成的表、票、报告文件
       *[clockwork] 时钟、通道状态、运行告警
    }
retention-whose =
    { $whose ->
        [writer] 来信人
        [stranger] 未加入的人
        [member] 已加入的人
        [staff] 工作人员
        [worker] 作业人员
        [enterprise] 企业
       *[nobody] 无
    }
retention-ground =
    { $ground ->
        [consent] 本人同意（个人信息保护法第十三条第一款第一项）
        [duty] 履行安全生产监管职责所必需（个人信息保护法第十三条第一款第三项）
        [record] 如实记录、备查（安全生产法第四十一条；动火作业按 GB 30871—2022）
        [security] 网络安全（网络安全法：日志不少于六个月，防范入侵）
        [reply] 答复来信人所必需
       *[technical] 不含个人信息
    }
retention-term =
    { $kind ->
        [invitations] 用过、到期或作废后{ $days }天
        [prompts] 办结后{ $days }天
        [former] 最后一个身份结束、最后一次来信后{ $days }天
        [workers] 移出名册后{ $days }天，作业票引用的除外
        [guests] 最后一次来信后{ $days }天
        [strangers] 最后一次来信后{ $days }天
       *[other] { $days }天
    }
retention-no-term =
    { $end ->
        [leaving] 退出为止
       *[archived] 按本单位档案规定
    }
retention-end =
    { $end ->
        [deleted] 删除
        [emptied] 清空内容和地址，只留编号
        [left] 与本人退出相同：删除，编号改记“已退出人员”
        [leaving] 删除，编号改记“已退出人员”
       *[archived] 不自动删除
    }
retention-not-exported = 无

# 传输
cli-postgres-plain = 数据库服务器不提供加密连接，没有连接。请在服务器上启用 TLS；确为可信网络的，在 ANZHU_DATABASE_URL 末尾写明 ?sslmode=disable。
telegram-bad-api = ANZHU_TELEGRAM_API 须为 https 地址（本机可用 http），不含用户名和参数。确为可信的容器网络的，设置 ANZHU_TELEGRAM_API_INSECURE=true。
telegram-bad-webhook = ANZHU_WEBHOOK_URL 须为平台能访问的 https 地址，不含用户名和参数，例如 https://bot.example.cn/telegram。不设则改为轮询。
telegram-webhook-port = ANZHU_WEBHOOK_URL 的端口{ $port }不能用，平台只访问443、80、88、8443。请换成其中之一，443可以不写。
telegram-bad-webhook-listen = ANZHU_WEBHOOK_LISTEN 须写明主机和端口，例如 127.0.0.1:9465。
telegram-bad-webhook-secret = ANZHU_WEBHOOK_SECRET 须为16至256个字母、数字、下划线或连字符。不设则由密钥得出。
telegram-webhook-taken = 不能在 { $where } 接收平台的来信（{ $detail }）。请把 ANZHU_WEBHOOK_LISTEN 改为本机空闲的地址和端口。
cli-doctor-ways = 与数据库、Bot API 之间的连接是本机的，或已加密并核验对方。
cli-doctor-way-unverified = 与数据库之间的连接已加密，但不核验服务器证书。建议在 ANZHU_DATABASE_URL 中写明 sslmode=verify-full 和 sslrootcert。
cli-doctor-way-plain = 与数据库或 Bot API 之间的连接没有加密，是设置里写明的。请确认网络可信。

# 时钟
cli-option-accept-clock = 确认时间无误：给出的时间，或本机跳变后的时钟，用于真实数据
clock-given-real = 这里是真实数据，现在是{ $now }，给出的时间是{ $given }，没有运行。要试将来的情况，请用数据的副本；确实要用的，加 --accept-clock。
care-clock-behind = 数据中最新的记录比本机时钟晚{ $age }：本机时钟慢了，或以前快过。请核对时间；时间无误的，新的记录写入后此提示自行消失。
clock-leapt = 本机时钟与上一轮相比差了{ $hours }小时，现在显示{ $now }，没有生成任务和提醒。请校准时钟；确认无误的，运行一次 anzhu tick --accept-clock。
settings-clock-real = 数据中已有真实人员加入，不能改作测试。请取消 ANZHU_CLOCK_START，或另用数据文件夹。
cli-runs-rehearsal = 注意：这是测试，行动时间不是实际时间，每条消息都会注明。正式使用请另用数据文件夹，不设 ANZHU_CLOCK_START。

cli-about-key = 密钥：查看、生成、更换
cli-help-key-make = 生成一个密钥，打印出来。
cli-help-key-list = 列出现有密钥的编号，第一个在用，其余已停用、只用来读旧数据。
cli-help-key-rotate =
    更换密钥：在密钥文件里写入新密钥（旧的留在后面），证号、二次验证密钥、加密的文件改用新密钥加密，
    此后的审计记录用新密钥加封。
cli-help-key-renew =
    由变量、程序或 systemd 提供密钥的，先把新密钥放到旧密钥前面，再运行本命令，
    把证号、二次验证密钥、加密的文件改用新密钥加密。
    设了 ANZHU_ENCRYPT_FILES 的，没有加密的文件一并加密。中断的再运行一次即可。
cli-key-elsewhere = 密钥不在机器人自己的文件里。请运行 anzhu key make 生成新密钥，放到原来提供密钥的地方、旧密钥的前面，再运行 anzhu key renew。
cli-key-in-use = 在用密钥 { $key }；重新加密证号{ $certificates }个、电话号码{ $telephones }个、二次验证密钥{ $factors }个、文件{ $files }个。旧密钥请保留，用来核验以前的审计记录。
cli-column-key = 密钥
cli-column-key-state = 状态
cli-key-state =
    { $state ->
        [current] 在用
       *[other] 已停用
    }

# 存着的文件
cli-doctor-files-plain = 存着的文件{ $number }个，不加密（ANZHU_ENCRYPT_FILES）。
cli-doctor-files-sealed = 存着的文件{ $number }个，都已用在用密钥加密。
cli-doctor-seals = 证号、电话号码、二次验证密钥都已用在用密钥加密。
cli-doctor-seals-renew = 有{ $number }个证号、电话号码或二次验证密钥还用着已停用的密钥。请运行 anzhu key renew。
cli-doctor-files-renew = 存着的文件有{ $plain }个没有加密，{ $old }个用的是已停用的密钥。请运行 anzhu key renew。
cli-doctor-files-spoilt = 存着的文件有{ $number }个打不开：密钥不在，或者文件被改动过。请把旧密钥放回在用密钥后面；被改动的，从备份恢复。

# 什么会到期：doctor、anzhu run 的日志
horizon-holidays = 法定节假日和调休安排掌握到{ $until }。
horizon-holidays-end = 节假日和调休安排只掌握到{ $until }。国务院公布{ $year }年安排后，请升级程序，或写入 ANZHU_HOLIDAYS 指定的文件；在此之前，{ $year }年起只按法定节日推算，没有调休。
horizon-no-end = 规则包自{ $first }起施行，没有结束日期。
horizon-campaign = 专项行动至{ $until }。
horizon-owed-from = 从{ $first }起才有应办事项，此前不生成任务，也不提醒；专项行动至{ $until }。
horizon-closing = 专项行动已于{ $ended }结束，收尾至{ $until }：其间到期的照常提醒、填报、报告，此后不再提醒。下一次行动请用 ANZHU_PACK 指定新的规则包。
horizon-campaign-over = 专项行动已于{ $until }结束，不再生成任务和提醒。下一次行动请用 ANZHU_PACK 指定新的规则包。
horizon-certificate = 证书 { $file } 有效期至{ $until }。
horizon-certificate-end = 证书 { $file } 将于{ $until }到期，到期后连不上数据库。请及时更换。
horizon-certificate-over = 证书 { $file } 已于{ $until }到期。请更换，否则连不上数据库。
horizon-no-certificate = { $file } 不是 PEM 格式的证书。请核对 ANZHU_DATABASE_URL 里的 sslrootcert、sslcert。
cli-doctor-fonts = 名录和人员姓名里的字，都有字体可印。
cli-doctor-fonts-lack = 名录或人员姓名里的“{ $signs }”没有字体可印，PDF 和图片上会是空框。请在服务器上安装字体（如 fonts-noto-cjk、fonts-hanazono）后重启。

# 节假日文件（ANZHU_HOLIDAYS）
settings-owed-from = ANZHU_OWED_FROM 写的是{ $day }，不在行动期间（{ $first }至{ $last }）之内。请改成期间内的一天，从这天起才有应办事项。
settings-holidays = 节假日文件 { $file }：{ $what }请改正后再运行。
holidays-line = 第{ $line }行“{ $given }”看不懂，应写成如“2027-02-05 2027-02-11 休”或“2027-02-20 班”。
holidays-no-day = 第{ $line }行“{ $given }”里的日期不存在。
holidays-stretch = 第{ $line }行的起止日期颠倒，或超过{ $limit }天。
holidays-twice = 第{ $line }行把{ $day }写成休又写成班，和前面的行不一致。
holidays-not-yaml = 第{ $line }行不合 YAML 格式，应写成如“2027: {"{"}off: [2027-02-05 2027-02-11], on: [2027-02-20]{"}"}”。
holidays-year = 第{ $line }行“{ $given }”不是年份，应写成如“2027:”。
holidays-kind = 第{ $line }行“{ $given }”看不懂，年份下面只写 off（休）和 on（班），各是日期的列表。
holidays-day = 第{ $line }行“{ $given }”看不懂，应写成如“2027-02-20”或“2027-02-05 2027-02-11”。
holidays-other-year = 第{ $line }行的{ $day }不在{ $year }年。
holidays-again = 第{ $line }行的{ $day }前面已经写过。
holidays-key-twice = 第{ $line }行的“{ $given }”写了两次，应合为一处。
holidays-no-text = 不是文本文件，或者太大。
