# Sentences that belong to no single subject.
signature = 【{ $bureau }】
whose-enterprise = 企业：{ $place }
whose-district = 区县：{ $place }
whose-alike = { $name }（代码末位 { $end }）
which-district = 您负责多个区县，请点选要看的区县，或回复“/{ $command } { $example }”。
group-place = { $place }：
group-at-place = { $place }　{ $group }
rehearsal-line = 【系统测试，非正式通知】
listed = { $items }
role =
    { $role ->
        [principal] 企业主要负责人
        [officer] 安全管理人员
        [worker] 作业人员
        [clerk] 联络人
        [leader] 领导
        [city] 应急局工作人员
       *[operator] 系统运行人员
    }
role-at = { $place }{ $role }

apology = 抱歉，刚才没有处理成功，您已填的内容都在。请再发一次；仍不行的，请联系您的监管部门。
unreadable-set-aside =
    { $table ->
        [conversations] 您正在填的一项内容已损坏，读不出来，已经放到一边，由管理人员查看。您刚才发的内容照常处理；那一项请您重新填报。
        [prompts] 这一题先前点选的内容已损坏，读不出来。请按下面的提问重新作答。
       *[other] 您的登录验证记录已损坏，读不出来。请按提示重新输入动态码。
    }
unreadable-row = 有一条记录（{ $row }）已损坏，读不出来，这件事暂时办不了。您发的内容已保存。请把括号里的编号告诉您的监管部门。
edited-ignored = 以您第一次发送的为准。要更改，请点“修改”。
unsupported = 这里只收文字、照片和文件，语音、视频、位置、名片没有接收。报告隐患请回复 /report，用文字说明，再发照片。
group-declined = 请与我单独聊天办理，群里不处理任务。
stranger = 您还没有加入。请向监管部门或本企业索取邀请码，然后回复“/start 邀请码”，如“/start K7Q4-M2PX”。
file-before-joining = 请先加入，再发送文件；刚才的文件没有接收。
too-much = 您发得太快了，从这条起没有接收。请稍等几分钟再发。
not-allowed = 这一项您现在不能办理。请回复 /tasks 查看您的任务。

help-intro = 我按{ $title }的要求，提醒任务、接收填报。
help-commands =
    /tasks 待办任务
    /hazards 重大隐患台账
    /report 报告重大隐患
    /accident 报告生产安全事故
    /permit 申请动火作业
    /permits 动火作业票
    /workers 特种作业人员
    /notices 通知
    /people 人员：邀请、移交、结束身份、锁定
    /receipt 核验回执
    /file 迎检资料
    /me 我的资料{ $factor ->
        [shown] {"\u000A"}/factor 二次验证
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback 意见与投诉
    填报中可回复 /back 上一步，/cancel 先放下。
help-commands-staff =
    /tasks 待办任务
    /district 填报进度，加企业名称可查一家
    /notice 发通知
    /notices 通知和回执
    /checks 抽查检查
    /actions 执法情况
    /coverage 应检应训
    /annex 进展情况调度表
    /drafts 起草报告
    /hazards 重大隐患台账
    /report 录入重大隐患
    /accident 企业的事故报告
    /permits 动火作业票
    /people 人员：邀请、移交、结束身份、锁定
    /receipt 核验回执
    /me 我的资料{ $factor ->
        [shown] {"\u000A"}/factor 二次验证
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback 意见与投诉
    填报中可回复 /back 上一步，/cancel 先放下。
help-commands-operator =
    /health 运行状态
    /me 我的资料{ $factor ->
        [shown] {"\u000A"}/factor 二次验证
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback 意见与投诉
help-commands-leader =
    /tasks 待办任务
    /district 填报进度，加企业名称可查一家
    /notices 通知和回执
    /checks 抽查检查
    /actions 执法情况
    /coverage 应检应训
    /annex 进展情况调度表
    /drafts 起草报告
    /hazards 重大隐患台账
    /accident 企业的事故报告
    /permits 动火作业票
    /receipt 核验回执
    /me 我的资料{ $factor ->
        [shown] {"\u000A"}/factor 二次验证
       *[hidden] {""}
    }
    /language 语言 Language
    /feedback 意见与投诉
    填报中可回复 /back 上一步，/cancel 先放下。
start-joined = 您已加入：{ $roles }。

screen-older = “{ $label }”在较早的一条消息里。请点那条消息的按钮，或回复 /tasks 重新查看。
screen-no-number = 最新的消息里没有第{ $number }项。请回复其中的序号或名称。
outside-file = 文件没有交到任何一处。是隐患的，请回复 /report，按提问再发一次；是某项任务的材料，请先打开该任务，点“附照片”后再发；是动火作业的，请连同作业票编号一起发，如“D-0619-07”。
outside-nothing-open = 目前没有待填报的任务。
outside-first-duty = 最近的一项：{ $title }，{ $when }。

settings-other-key = 密钥不是封存审计记录的那一把（封存用的是 { $key }，现有的是 { $given }）：现在运行会使审计记录断裂。请换回原来的密钥（ANZHU_SECRET_KEY），或把它列在新密钥之后。
settings-key-lost = 数据库是用密钥 { $key } 封存的，但密钥文件 { $file } 不见了，没有另行生成。请把原来的密钥放回去，或用 ANZHU_SECRET_KEY 等设置给出。
settings-no-key = 使用 PostgreSQL 时须设置 ANZHU_SECRET_KEY（32字节的 URL 安全 base64），或 ANZHU_SECRET_KEY_FILE、ANZHU_SECRET_KEY_COMMAND。
settings-many-keys = { $file } 里已有{ $most }把密钥，没有换。请先删去最旧的几把（它们核验的审计记录从此无法核验），再换。
settings-bad-key = { $where } 不正确：须为32字节的 URL 安全 base64。
settings-several-keys = ANZHU_SECRET_KEY、ANZHU_SECRET_KEY_FILE、ANZHU_SECRET_KEY_COMMAND 只能设置一个。
settings-key-file = 密钥文件 { $file } 读不了（{ $detail }）。请检查 ANZHU_SECRET_KEY_FILE 和文件权限。
settings-key-command = ANZHU_SECRET_KEY_COMMAND 没有给出密钥（{ $detail }）。请先单独运行该程序检查。
settings-key-command-slow = ANZHU_SECRET_KEY_COMMAND 在{ $seconds }秒内没有给出密钥。请先单独运行该程序检查。
settings-key-command-quotes = ANZHU_SECRET_KEY_COMMAND 的引号不成对。请改正。
settings-clock-backwards = ANZHU_CLOCK_START（{ $start }）早于已运行到的时间，不能改作测试。请取消该设置，或另用数据文件夹。
system-reason =
    { $why ->
        [denied] 没有权限
        [missing] 不存在
        [no-folder] 路径中有一段不是文件夹
        [folder] 是文件夹
        [taken] 已存在
        [read-only] 文件系统只读
        [long] 名称太长
        [many] 打开的文件太多
        [broken] 磁盘读写出错
        [full] 磁盘已满
        [no-program] 不是程序
        [busy] 正被占用
        [loop] 链接成环
       *[other] 系统错误{ $code }
    }
