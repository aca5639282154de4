# 命令行：每个命令一句话
cli-about = 安嘱：提醒任务、接收填报的专项行动机器人。
cli-about-demo = 演示：一个小区县和它的人，在浏览器里聊天
cli-about-chat = 在终端里以某人的身份对话
cli-about-run = 运行已配置的通道和定时任务
cli-about-tick = 运行一轮：生成任务、提醒、发送
cli-about-import = 导入企业名录、隐患清单、特种作业人员名册
cli-about-invite = 生成一次性邀请码
cli-about-enterprises = 列出企业及其状态
cli-about-duties = 列出任务
cli-about-permits = 动火安全作业票
cli-help-permits =
    列出动火安全作业票，可按企业、区县、状态筛选；给出票号和 --pdf 时，生成含完整证号的一页PDF。
cli-name-permit = 票
cli-option-permit = 作业票编号，例如 D-0619-07
cli-option-permit-pdf = 把这张票写成PDF（含完整证号，注意保密）
cli-option-permit-state = 只看这种状态：submitted、returned、refused、approved、started、suspended、finished、fire_watch、closed、expired、cancelled
cli-permit-which = 请写明要打印哪张作业票，例如 anzhu permits D-0619-07 --pdf 作业票.pdf
cli-no-such-permit = 没有编号为“{ $given }”的作业票，请核对。
cli-permit-printed = 作业票 { $code } 已写入 { $file }。内含完整证号，请妥善保管。
cli-about-hazards = 重大事故隐患台账
cli-about-people = 列出已加入的人员；结束角色，锁定、恢复账号
cli-about-outbox = 列出消息及其发送状态；重发、撤回、标记知悉
cli-about-inbox = 列出没有处理完的来信；重新处理、标记知悉
cli-about-papers = 列出有人要过的文件（表、票、报告）和生成情况
cli-about-receipt = 核验回执
cli-about-outline = 用 Mermaid 画出一种对话的各条路径
cli-about-replay = 显示一次会话的记录并重演
cli-about-pack = 列出、检查、核对、编写规则包
cli-about-db = 升级数据库
cli-about-doctor = 检查各部分是否正常
cli-about-audit = 核验审计记录

# 帮助的标题
cli-usage = 用法：{ $usage }
cli-commands = 命令：
cli-options = 参数：
cli-help-help = 显示本帮助
cli-option-version = 显示程序的版本

# 各命令的帮助
cli-help-demo =
    演示：12家虚构企业、虚构人员，行动时间从2023年5月23日8:30开始，只在本机，不联网。
    每次启动都从头开始，数据放在临时文件夹，停止后删除。按 Ctrl-C 停止。
cli-help-chat =
    以某人的身份在终端里对话，一行一条消息，输入结束即退出。
    先显示等待此人的消息。选项按序号或文字回答；“file: 路径”一行发送文件。
    也可从管道读取：每条消息的回复全部显示后，才读下一行。
cli-help-run =
    运行机器人：收发 Telegram 消息，每分钟生成任务和提醒。按 Ctrl-C 停止。
    须设置 ANZHU_TELEGRAM_TOKEN；ANZHU_TELEGRAM_API 为 Bot API 服务器地址；
    ANZHU_TELEGRAM_LIBRARY 为 ptb（默认）或 aiogram。
cli-runs = 正在以 @{ $name } 运行，按 Ctrl-C 停止。
cli-help-tick =
    运行一轮：生成到期应有的任务，排好提醒，发送可发的消息，封存审计记录，清理到期的收件记录。
    没有可用的通道时，消息留待以后发送。
cli-help-import-enterprises =
    按表格更新企业名录，逐行报告新增、变更、未接受的行。
    有一行不能接受，就什么都不写入（退出码2），除非加 --partial。重复导入不会改变数据。
    名单所涉区县中，名录有而名单没有的企业会逐家列出；不作改动，除非加 --missing close（登记为注销）。
cli-help-import-hazards =
    把以往的重大事故隐患清单连同来源导入台账，逐行报告未接受的行。
    已在台账中的不作改动；有一行不能接受，就什么都不写入（退出码2），除非加 --partial。
cli-help-import-workers =
    导入特种作业人员名册（姓名、作业类别、证号、有效期），逐行报告未接受的和需核对的行。证号加密保存。
    有一行不能接受，就什么都不写入（退出码2），除非加 --partial。名册未提到的人员不变；在岗状态填“离岗”的移出。
cli-help-invite =
    生成一次性邀请码，30天内有效；只显示这一次，数据库中只存散列值。也可列出、作废。
    “--all”为一个区县或全市的每家企业各生成一个，写入只有本人可读的 CSV 文件。
cli-help-enterprises = 列出企业名录：状态（正常、停产、注销、迁出、合并）、自哪天起、标签、职工人数。
cli-help-duties = 列出任务，可按企业、区县、状态筛选；或统计填报用时。
cli-help-hazards = 列出重大事故隐患台账，可按企业、发现时的区县、状态筛选。
cli-help-people = 列出已加入且未退出的人员、角色、通道。
cli-help-outbox = 列出全部消息，不含内容；可按状态、种类、人员、通道、时间筛选。
cli-help-outbox-show = 显示一条消息的全部记录，不含内容。
cli-help-outbox-retry = 让没有送达的消息重新发送；等着重试的立即重试。
cli-help-outbox-cancel = 撤回还没有发出的消息。
cli-help-outbox-acknowledge = 标记已知悉：消息没有送达，不再为此报警。
cli-help-inbox = 列出等待处理和处理失败的来信，不含内容；可按状态、人员、通道、时间筛选。
cli-help-papers = 列出有人要过的文件（表、票、报告）：谁要的、何时、生成了没有、为什么没有；不含内容。
cli-help-inbox-show = 显示一条来信的全部记录，不含内容。
cli-help-inbox-retry = 让处理失败的来信重新处理。
cli-help-inbox-cancel = 等待处理的来信不再处理。
cli-help-inbox-acknowledge = 标记已知悉：来信处理失败，不再为此报警。
cli-name-letter = 消息
cli-name-letters = 消息 [消息 …]
cli-name-update = 来信
cli-name-updates = 来信 [来信 …]
cli-name-channel = 通道
cli-name-age = 时长
cli-option-letter = 消息的编号，见 anzhu outbox
cli-option-letters = 消息的编号，可以有几个，见 anzhu outbox
cli-option-update = 来信的编号，见 anzhu inbox
cli-option-updates = 来信的编号，可以有几个，见 anzhu inbox
cli-option-state = 只看这种状态：ready、leased、sent、refused、rejected、failed、expired、cancelled
cli-option-paper-state = 只看这种状态：ready、leased、sent、failed、rejected
cli-option-update-state = 只看这种状态：waiting、failed、done；不写则看前两种
cli-option-kind = 只看这种消息：permit、reply、deadline、notice，或表中的种类
cli-option-of-person = 只看这个人的，写人员编号
cli-option-channel = 只看这个通道的
cli-option-older-than = 只看比这更早的，如“30m”（分钟）、“6h”（小时）、“2d”（天）
cli-bad-age = 不认识时长“{ $given }”。请写数字加 m（分钟）、h（小时）或 d（天），如“6h”。
cli-no-such-letter = 没有编号为“{ $given }”的消息。请运行 anzhu outbox 查看。
cli-no-such-update = 没有编号为“{ $given }”的来信。请运行 anzhu inbox 查看，编号如“telegram/123/4711”。
cli-column-received = 收到
cli-column-noted = 已知悉
cli-inbox-state =
    { $state ->
        [waiting] 待处理
        [queued] 排队中
        [failed] 处理失败
       *[done] 已处理
    }
cli-by-hand =
    { $outcome ->
        [retried-done] 重新发送。若它其实已经送达，对方会收到两次
        [retried-on-its-way] 正在发送，不用处理
        [retried-waits] 还没有试过，或平台要求等待，到时会自己发出
        [retried-empty] 内容已不再保存，无法重新发送
        [retried-late] 已过有效期，没有再发的意义
        [cancelled-done] 已撤回
        [cancelled-on-its-way] 正在发送，不再重试
        [acknowledged-done] 已标记知悉
        [acknowledged-over] 它没有失败，不用标记
       *[over] 已有结果，不能再改
    }
cli-outbox-done = 消息{ $number }（{ $state }）：{ $outcome }。
cli-by-hand-update =
    { $outcome ->
        [retried-done] 一分钟内由运行中的 anzhu run 重新处理
        [retried-waits] 已在等待处理
        [retried-empty] 只保存了开头，无法重新处理
        [cancelled-done] 不再处理
        [acknowledged-done] 已标记知悉
        [acknowledged-over] 它没有失败，不用标记
       *[over] 已有结果，不能再改
    }
cli-inbox-done = 来信 { $update }（{ $state }）：{ $outcome }。
cli-help-receipt = 核验回执：哪项任务、哪家企业、何时提交、是否有效；不含人员和内容。
cli-help-outline = 用 Mermaid 画出一种对话的各条路径：每个问题的各种回答各走一遍，其余问题取第一种回答。
cli-help-replay = 显示一次会话的全部回答，并据此重演。已结束的会话重演到不了结尾时，退出码为1。
cli-help-pack-list = 列出随附的规则包。
cli-help-pack-check = 检查规则包，逐条给出文件、行号、原因。有问题时退出码为2。
cli-help-db-upgrade = 将数据库升级到当前版本。SQLite 数据库会自动升级，PostgreSQL 须运行本命令。
cli-help-doctor = 检查磁盘、密钥、规则包、数据库、文件、时钟、任务和提醒、收发消息、通道、审计，不作任何改动。有需要现在处理的异常时退出码为1。
cli-help-audit-verify =
    核验审计记录：有没有被改、被删、被插入；再与另行保存的锚点比对。有问题时退出码为1。
    能改数据库又拿到密钥的人可以伪造全部记录，只有锚点能揭穿。
cli-help-audit-anchor = 打印审计记录现在的锚点（一行）。请保存在数据库管理员碰不到的地方，核验时用 --anchor 比对。

# 参数
cli-name-person = 人员
cli-name-time = 时间
cli-name-file = 文件
cli-name-path = 路径
cli-name-role = 角色
cli-name-subject = 对象
cli-name-code = 信用代码
cli-name-district = 区县
cli-name-status = 状态
cli-name-missing = keep|report|close
cli-name-receipt = 回执编号
cli-name-dialog = 对话
cli-name-conversation = 会话编号
cli-name-port = 端口
cli-name-command = 命令
cli-name-operator = 姓名
cli-option-operator = 在服务器上操作的人的姓名，记入审计；默认取 ANZHU_OPERATOR，未设则取登录名
cli-bad-operator = 操作人姓名须为1至{ $limit }个字，不含换行等控制字符。
cli-option-full = 审计记录不论多少，逐条核验
cli-option-anchor = 另行保存的锚点：打印的一行、聊天里的整条消息，或含锚点的文件
cli-name-anchor = 锚点
cli-name-event = 事件
cli-option-audit-event = 只看这种事件，如 invited、refused；all 为全部事件；不给则看谁看过、导出过个人信息
cli-option-audit-operator = 只看此人在服务器上做的
cli-option-audit-subject = 只看关于此对象的，如 person/12、registry
cli-option-audit-since = 只看此行动时间以后的，ISO 8601 格式，须带时区
cli-option-json = 以 JSON 输出
cli-option-now = 只在本次运行中以此为行动时间，ISO 8601 格式，须带时区，如 2023-06-05T08:30:00+08:00
cli-option-as = “anzhu people”列出的编号；或“new:姓名”，即终端上的一个陌生人，同名即同一人
cli-option-registry-file = .xlsx，或 .csv、.txt 文本（逗号、分号、制表符分隔；UTF-8、GB18030 或 UTF-16）
cli-option-dry-run = 只报告，不写入
cli-option-hidden = 隐藏或被筛选掉的行、列、工作表：import 一并导入，skip 不导入；不写则有这些内容时不导入
cli-name-hidden = import|skip
cli-hidden-unknown = --hidden 不能是“{ $given }”。请用下列之一：import、skip。
cli-option-partial = 有不能接受的行时，先导入其余各行
cli-option-role = principal、officer、worker、clerk、leader、city、operator 之一
cli-option-for = 企业的统一社会信用代码；clerk、leader 为区县名；city、operator 为市名
cli-option-all = 为每家企业各生成一个，只用于 principal、officer；此时 --for 为区县名或市名
cli-option-out = 写入此 CSV 文件，文件须尚不存在
cli-option-enterprise = 只看这家企业
cli-option-district = 只看这个区县
cli-option-status = 只看这种状态：planned、open、answered、returned、explained、excused、withdrawn
cli-option-hazard-state = 只看这种状态：found、planned、rectifying、done、evaluated、reinspected、closed、reopened、not_major、merged、withdrawn
cli-option-enterprise-state = 只看这种状态：active、suspended、deregistered、moved、merged
cli-option-missing = 名单里没有的企业：keep 不提，report 列出（默认），close 登记为注销
cli-option-as-on-licence = 营业执照上就是这个代码，虽与国家标准不符仍收录，并作标记；可多次使用
cli-option-stats = 不列任务，按对话统计从第一个问题到办结的用时：中位数、第90百分位
cli-option-burden = 改列每人每月收到的提醒条数和预计填报分钟数
cli-option-receipt = 如 K7Q4-M2PX
cli-option-dialog = 如 monthly-dispatch
cli-option-conversation = 会话的编号
cli-help-pack-show = 列出规则包在一年里对一家企业（或一个监管部门）的要求：何时、何事、依据什么，供人核对。可写入 .xlsx 或 .ics 文件。
cli-option-year = 年份，默认行动的最后一年或今年
cli-name-year = 年份
cli-option-sector = 企业的行业，名称或 id
cli-name-sector = 行业
cli-option-tags = 企业的风险，名称或 id，用逗号隔开
cli-name-tags = 风险
cli-option-employees = 企业的职工人数
cli-name-employees = 人数
cli-option-of = 谁的：enterprise（默认）、municipal（市直管企业）、district（区县局）、city（市局）
cli-name-of = 谁
cli-option-pack-show-out = 写入的文件，.xlsx 或 .ics
cli-pack-no-such = 没有“{ $given }”。可写：{ $known }
cli-pack-no-such-year = { $given }年没有什么要办的。可写：{ $first }至{ $last }
cli-pack-show-kind = 不能写成“{ $given }”。请写 .xlsx 或 .ics 文件。
cli-pack-shown = 已写入 { $file }：{ $number }项。
cli-help-pack-schema = 输出规则包文件的 JSON Schema，供编辑器边写边检查、补全。
cli-help-pack-new = 新建一个规则包文件夹：自成一体，或用 --extends 沿用另一个。附 JSON Schema，编辑器据此补全和检查。
cli-help-pack-diff = 比较两个规则包（连同各自沿用的），逐处列出不同。
cli-help-pack-renew = 生成另一年的规则包：沿用原来的，日期按年顺延；没有对应日期的、通知写明的、文字里带年月的，逐条列出供核对。
cli-option-pack-in = 在哪个文件夹里新建，默认当前文件夹
cli-name-folder = 文件夹
cli-name-pack = 规则包
cli-option-pack-name = 新规则包的名称：小写字母、数字、下划线
cli-option-extends = 沿用哪个：随附规则包的名称，或旁边文件夹的名称
cli-option-renew-year = 新规则包从哪一年开始
cli-option-renew-as = 新规则包的名称，默认把原名里的年份换掉
cli-column-way = 位置
cli-column-before = 前
cli-column-after = 后
cli-pack-begun = 已新建 { $folder }。请编辑其中的 pack.yaml，然后运行 anzhu pack check { $folder }。
cli-pack-renewed = 已新建 { $folder }，有{ $number }处要核对（也写在 pack.yaml 开头）。核对后运行 anzhu pack check { $folder }。
cli-pack-look =
    { $why ->
        [no-day] { $at }：{ $value }，这一年没有这一天，请改定
        [no-week] { $at }：{ $value }，这一年没有这一周，请改定
        [notice] { $at }：{ $value }，原通知或法规写明的日期，请核对
       *[words] { $at }：{ $value }，文字里有年份或日期，请核对
    }
cli-pack-renew-year = 不能续到{ $given }年。原规则包从{ $start }年开始，请写之后的一年。
cli-pack-renew-beside = 沿用文件夹里的规则包，新的须在它旁边。请写 --in { $folder }，或不写 --in。
cli-pack-bad-name = “{ $given }”不能作名称。请只用小写字母、数字、下划线，如 qingyuan_2027。
cli-pack-name-shipped = 随附的规则包已叫“{ $given }”。请另起一个名称。
cli-pack-there = { $folder } 已经存在，没有改动它。请换一个名称，或先移开它。
cli-option-pack-path = 规则包所在文件夹，或随附规则包的名称
cli-option-port = 网页的端口，0为任选一个
cli-option-no-browser = 不打开浏览器

# 用错了
cli-no-such-command = 没有“{ $name }”这个命令。请运行 { $command } --help 查看全部命令。
cli-no-such-command-near = 没有“{ $name }”这个命令。是否为“{ $near }”？
cli-no-subcommand = “{ $command }”之后缺少子命令，可用：{ $known }。
cli-no-such-option = 没有“{ $option }”这个参数。请运行 { $command } --help 查看全部参数。
cli-no-such-option-near = 没有“{ $option }”这个参数。是否为“{ $near }”？
cli-option-value = “{ $option }”缺少值，或不应带值。请运行 { $command } --help 查看用法。
cli-missing = 缺少“{ $name }”。请运行 { $command } --help 查看用法。
cli-surplus = 多出“{ $given }”。请运行 { $command } --help 查看用法。
cli-misused = 命令写法不对。请运行 { $command } --help 查看用法。
cli-bad-moment = 看不懂时间“{ $given }”。请写成如 2023-06-05T08:30:00+08:00。
cli-naive-moment = 时间“{ $given }”没有时区。请写成如 2023-06-05T08:30:00+08:00。
cli-far-moment = 时间“{ $given }”不在{ $first }年至{ $last }年之间，请核对。
cli-bad-setting =
    { $name ->
        [ANZHU_CLOCK_START] 环境变量 ANZHU_CLOCK_START 须为带时区的时间，如 2023-05-23T08:30:00+08:00。
        [ANZHU_TIMEZONE] 环境变量 ANZHU_TIMEZONE 须为时区名称，如 Asia/Shanghai。
       *[other] 环境变量 { $name } 的值不能用，请改正。
    }
cli-bad-keep = 环境变量 { $name } 须为{ $least }至{ $most }之间的整数（天）。请改正。
cli-bad-newcomer = “new:”之后请写姓名，1至{ $limit }个字，不以 # 开头。
cli-no-such-person = 没有编号为“{ $given }”的人员。请运行 anzhu people 查看，或用“new:姓名”。
cli-no-such-role = 没有“{ $given }”这种角色。请用下列之一：{ $known }。
cli-missing-unknown = --missing 不能是“{ $given }”。请用 keep、report、close 之一。
cli-not-on-a-licence = --as-on-licence 后的“{ $given }”不会是营业执照上的代码：代码是18位字母和数字，旧注册号是15位数字。请核对。
cli-licence-unused = --as-on-licence 后的“{ $given }”不在这份名单里，请核对。
cli-no-such-status = 没有“{ $given }”这种状态。请用下列之一：{ $known }。
cli-no-such-enterprise = 名录中没有信用代码为“{ $given }”的企业。请核对，或先导入名录。
cli-no-such-district = 没有“{ $given }”这个区县。请用下列之一：{ $known }。
cli-not-the-city = “{ $given }”不对。此角色的 --for 须为“{ $city }”。
cli-no-such-dialog = 没有“{ $given }”这种对话。请用下列之一：{ $known }。
cli-no-such-conversation = 没有编号为“{ $given }”的会话。
cli-no-such-receipt = 没有编号为“{ $given }”的回执，请核对。
cli-all-roles = --all 只用于 principal 和 officer。
cli-all-needs-out = --all 须同时用 --out 给出文件，或用 --json。
cli-nobody-to-invite = “{ $place }”在名录中没有企业。请先导入名录。
cli-file-exists = 文件“{ $name }”已存在。请换一个文件名。
cli-bad-port = 端口“{ $given }”不对。请用0至65535之间的数字。

# 出了故障
cli-unreadable = 数据库里有一行（{ $row }）已损坏，读不出来。请从备份恢复这一行，或运行 anzhu doctor 查看。
cli-unexpected = 出现意外错误，没有完成。请再试一次；仍不行的，请用 python -X dev -m bot 运行同一命令，把显示的内容反馈给维护人员。
cli-undecoded = 命令里有字不是 UTF-8 编码。请把终端的编码设为 UTF-8，再输入一次。
cli-undecoded-setting = 环境变量 { $name } 里有字不是 UTF-8 编码。请用 UTF-8 重新设置。
cli-interrupted = 已中断。正在写入的内容，要么完整保存，要么没有保存。
cli-disk-full = 磁盘已满，没有保存。请清理出空间后再试。
cli-port-taken = 端口已被占用。请用 --port 换一个端口，或用 --port 0 任选一个。
cli-file-failed = “{ $name }”无法读写（{ $detail }）。请核对路径和权限。
cli-system-failed = 系统没有完成操作（{ $detail }）。请处理后再试。
cli-database-address = ANZHU_DATABASE_URL 不是可用的数据库地址。请写成如 postgresql+psycopg://用户@主机/库名，或不设置。
cli-database-locked = 数据库正被其他程序占用。请稍后再试。
cli-database-closed = 打不开数据库文件，或文件只读。请核对数据文件夹的路径和权限。
cli-database-broken = 数据库文件已损坏，或不是数据库。请从备份恢复。
cli-database-old = 数据库的表不是当前版本。请运行 anzhu db upgrade。
cli-database-failed = 数据库出错（代码{ $code }），没有完成。请运行 anzhu doctor 检查。
cli-database-io = 读写数据库文件出错，磁盘可能有故障。请检查磁盘，必要时从备份恢复。
cli-runs-newer = 数据库已由更新的版本升级，本程序已停止收发，未处理的消息没有确认，不会丢失。请升级程序后再启动。
cli-database-newer = 数据库是更新的版本建立的，本程序不能使用，没有改动。请升级程序，或另用数据文件夹。
cli-database-foreign = 数据库里已有别的程序的表，没有改动。请核对 ANZHU_DATABASE_URL，或换一个空的数据库。
cli-database-right = 数据库账号没有权限。请让数据库管理员授予该账号读写权限。
cli-database-readonly = 数据库服务器只读，可能是备用服务器。请核对 ANZHU_DATABASE_URL 是否指向主服务器。
cli-database-crowded = 数据库服务器的连接已用完。请稍后再试，或调大 max_connections。
cli-postgres-away = 连不上 PostgreSQL。请核对 ANZHU_DATABASE_URL，并确认服务正在运行。
cli-postgres-login = PostgreSQL 不接受这个用户或密码。请核对 ANZHU_DATABASE_URL。
cli-postgres-missing = PostgreSQL 上没有这个库。请核对 ANZHU_DATABASE_URL，或请数据库管理员建库。
cli-postgres-certificate = PostgreSQL 的 TLS 证书没有通过核验。请核对 ANZHU_DATABASE_URL 里的 sslrootcert 和主机名。

# 列表
cli-nothing = 没有符合条件的内容。
cli-column-number = 编号
cli-column-district = 区县
cli-column-subject = 对象
cli-column-duty = 任务
cli-column-due = 截止
cli-column-place = 地点
cli-column-state = 状态
cli-column-name = 名称
cli-column-roles = 角色
cli-column-channels = 通道
cli-column-joined = 加入时间
cli-column-kind = 类别
cli-column-person = 人员
cli-column-operator = 操作人
cli-column-channel = 通道
cli-column-not-before = 最早发送
cli-column-sent = 发送时间
cli-column-asked = 要的时间
cli-column-done = 办结时间
cli-column-error = 说明
cli-column-dialog = 对话
cli-column-conversations = 次数
cli-column-median = 中位数
cli-column-p90 = 第90百分位
cli-column-month = 月份
cli-column-messages = 提醒（条）
cli-column-minutes = 预计（分钟）
cli-column-at = 时间
cli-column-question = 问题
cli-column-answer = 回答
cli-column-counts = 是否有效
cli-column-title = 名称
cli-column-document = 文号
cli-column-days = 期间
cli-column-in-force = 启用
cli-column-enterprise = 企业名称
cli-column-employees = 职工人数
cli-column-credit-code = 统一社会信用代码
cli-column-role = 角色
cli-column-invitation = 邀请码
cli-column-expires = 有效期至
cli-seconds = { $number }秒
cli-status =
    { $status ->
        [planned] 未开始
        [open] 待填报
        [answered] 已填报
        [returned] 退回重填
        [explained] 已说明情况
        [excused] 免填
       *[withdrawn] 已撤销
    }
cli-overdue = 已逾期
cli-escalated =
    { $level ->
        [district] 已报区县
       *[city] 已报市局
    }
cli-papers-state =
    { $state ->
        [ready] 等待生成
        [leased] 正在生成
        [sent] 已生成发出
        [failed] 没能生成
       *[rejected] 记录已损坏
    }
cli-outbox-state =
    { $state ->
        [ready] 待发
        [leased] 发送中
        [sent] 已发出
        [refused] 对方拒收
        [rejected] 平台不接受
        [failed] 失败
        [expired] 过期未发
       *[cancelled] 已取消
    }
cli-role-for = { $subject }{ $role }
cli-role-pending = { $role }（待确认）
cli-current =
    { $current ->
        [true] 有效
       *[false] 已更改
    }
cli-in-force = 启用中
cli-from = { $first }起
cli-from-to = { $first }至{ $last }

# 结果
cli-ticked = { $at }：新增任务{ $planned }项，提醒{ $reminded }人，升级{ $escalated }项，发出消息{ $sent }条。
cli-demo-runs = 请在浏览器中打开上面的地址。按 Ctrl-C 停止。
cli-importing = 正在导入
cli-invited = 邀请码 { $code }：{ $place }{ $role }，{ $day }前有效。请转交本人，在聊天中回复“/start { $code }”。
cli-invited-all = 已生成{ $number }个邀请码，写入 { $file }。只有您可读，请妥善转交。
cli-replay-heading = 会话{ $number }：{ $dialog }，人员{ $person }，状态 { $state }
cli-replay-ends = 重演：到达结尾 { $result }。
cli-replay-waits = 重演：停在问题“{ $key }”。
cli-replay-broken = 会话{ $number }已经结束，重演却到不了结尾。请核对对话的改动和 rev。
cli-pack-note = { $file } 第{ $line }行（提示）：{ $what }
cli-pack-problem = { $file }:{ $line }: { $what }
cli-pack-faults = 规则包“{ $pack }”有{ $number }处问题，请按行改正。
cli-pack-sound = 规则包“{ $pack }”没有问题。
cli-db-current = 数据库已是当前版本。
cli-db-upgraded = 数据库已升级到版本 { $revision }。
cli-db-to-upgrade = 数据库将升级到版本 { $revision }；现在没有改动。
cli-db-serves = 旧版（{ $revision }）的进程可以在新的表结构上继续运行，请逐个换成新版；需要时也可以换回旧版。
cli-db-serves-no-more = 旧版（{ $revision }）的进程不能在新的表结构上运行，会自行结束，退出码78；请随即启动新版。
cli-audit-whole = 审计记录完整：共{ $sealed }条，都已封存。
cli-audit-anchored = 与第{ $at }条的锚点一致。
cli-audit-not-anchored = 没有锚点可比：整个数据库若被换成旧的，查不出来。锚点每天发给系统运行人员，也可用 anzhu audit anchor 打印；核对时用 --anchor 给出。
cli-audit-broken =
    { $missing ->
        [0] 审计记录在第{ $at }条断裂
       *[other] 审计记录在第{ $at }条断裂：第{ $at }条到第{ $missing }条不见了
    }，此前{ $sealed }条完整{ $agrees ->
        [0] {""}
       *[other] ，第{ $agrees }条及以前与锚点一致
    }。请保留现状，与备份比对。
cli-audit-loose = 有{ $number }条审计记录没有封存，不是本系统写入的；其余{ $sealed }条完整。请保留现状，与备份比对。
cli-audit-other-key = 审计记录是用另一把密钥封存的，用现在的密钥无法核验。请换回原来的密钥，或把它列在新密钥之后。
cli-audit-other-log = 锚点（{ $taken }）属于另一个数据库：锚点给错了，或现在的数据库整个被换过。请核对。
cli-audit-rewound =
    与锚点不符：审计记录自身相连，但只到第{ $sealed }条，而{ $taken }的锚点在第{ $at }条。数据库被换成了旧的，或末尾被截掉{ $agrees ->
        [0] {""}
       *[other] ；第{ $agrees }条及以前与锚点一致
    }。请保留现状，与备份比对。
cli-audit-altered =
    第{ $at }条与锚点不符（锚点时间{ $taken }）：审计记录自身相连，但到这一条为止的记录被改写过，或换成旧数据库后又写到了这里{ $agrees ->
        [0] {""}
       *[other] ；第{ $agrees }条及以前与锚点一致
    }。请保留现状，与备份比对。
cli-audit-miscopied = 第{ $at }条与锚点不符（锚点时间{ $taken }），但只差几个字符：锚点多半抄错了。请复制原文，重新核对。
cli-audit-new = 审计记录尚未开始。
cli-no-anchor = “{ $given }”不是完整的锚点，也不是含锚点的文件。锚点是 anzhu audit anchor 打印的一行，以 anzhu-audit 开头，以时间结尾，请整行复制。

# 终端对话
cli-file-at = 文件 { $name }：{ $path }
cli-file-sealed = 文件 { $name }：{ $size }KB，已加密保存，请在手机上查看。

# 检查
cli-finding =
    { $level ->
        [ok] 正常　{ $what }
        [warning] 提示　{ $what }
       *[error] 异常　{ $what }
    }
cli-doctor-data = 数据文件夹 { $folder } 可写，剩余{ $free }MB。
cli-doctor-no-data = 数据文件夹 { $folder } 还没有，首次使用时建立。
cli-doctor-little-room = 数据文件夹 { $folder } 只剩{ $free }MB。请清理出500MB以上。
cli-doctor-few-files = 数据文件夹 { $folder } 所在的磁盘只能再建{ $left }个文件。请清理，或换一个磁盘。
cli-doctor-key = 密钥 { $key } 可用。
cli-doctor-key-beside = 密钥 { $key } 可用，但和数据放在一起：谁拿走数据文件夹，谁就拿到密钥。请用 ANZHU_SECRET_KEY_FILE 放到别处。
cli-doctor-no-key = 密钥还没有，首次使用时生成。
cli-doctor-owed-from = 行动已从{ $first }开始，本系统还没有开始工作。现在开始，此前到期的事项都会算逾期并上报。请用 ANZHU_OWED_FROM=年-月-日 写明从哪天起算，再开始。
cli-doctor-pack = 规则包 { $name } 可用：{ $title }。
cli-doctor-database = 数据库可读写，是当前版本。
cli-doctor-no-database = 数据库还没有，首次使用时建立。
cli-doctor-clock = 行动时间即实际时间，{ $now }。
cli-doctor-rehearsal = 正在测试：行动时间为 { $now }，每条消息都会注明。
cli-doctor-never-ticked = 行动时间 { $now }，还没有生成过任务。请导入名录后运行 anzhu tick。
cli-doctor-tick = 行动时间 { $now }，上一轮在 { $ticked }。请运行 anzhu tick。
cli-doctor-sent-files = 七天内发出的文件都发到了，或还在发送。
cli-doctor-sent-files-lost = 七天内有{ $number }个文件没能发到：{ $names }。最近一个的原因：{ $why }。文字已发到，收发双方已收到提示。
cli-doctor-inbox = 收到的消息都已处理。
cli-doctor-inbox-failed = 有{ $number }条收到的消息处理失败，已搁置；知道是谁发的，已请对方重发。最近一条于{ $at }收到：{ $why }。请查看日志。
cli-doctor-audit = 审计记录共{ $number }条，逐条核验，完整。
cli-doctor-audit-end = 审计记录共{ $number }条，只核验了末尾；逐条核验请用 --full 或 anzhu audit verify。
cli-doctor-growth = 到期的数据都已清理，数据库{ $size }MB。
cli-doctor-growth-unswept = 已有{ $age }没有清理到期的数据，会一直增长。请确认 anzhu run 或 anzhu tick 在运行，或运行 anzhu tidy。
cli-doctor-growth-kinds = 到期一周以上仍没有清理：{ $kinds }。请运行 anzhu tidy，看哪一类清理不成。
cli-doctor-growth-disk = 按最近{ $days }天的增长，磁盘约{ $left }天后写满（数据库{ $size }MB，剩余{ $free }MB）。请扩充磁盘，或缩短 ANZHU_KEEP_ 开头的期限。
cli-doctor-anchors-ended =
    { $known ->
        [0] 锚点文件里还没有锚点。请确认 anzhu run 或 anzhu tick 在运行，且能写 ANZHU_AUDIT_ANCHOR_FILE。
       *[other] 锚点文件最近一次写于{ $last }，应当每天一次。请确认 anzhu run 或 anzhu tick 在运行、能写该文件，且时钟没有走错。
    }
cli-doctor-channels = 没有停用的通道。
cli-doctor-registry = 名录有{ $number }家企业，其中{ $marked }家的代码与国家标准不符，按营业执照收录。
cli-doctor-channel = 通道 { $name }（{ $account }）已停用：{ $reason }。请检查该通道的设置。
cli-name-text = 文字
cli-name-day = 日期
cli-name-invitation = 编号
cli-option-person-number = 人员的编号，见 anzhu people
cli-option-role-alone = 只结束此角色
cli-option-for-alone = 只结束在此企业、区县或市的角色
cli-option-reason = 原因，本人会看到
cli-option-ends-on = 最后一天，如 2023-12-31；不写则立即结束
cli-option-until = 角色的最后一天，如 2023-12-31；不写则没有期限
cli-option-invitations = 列出已生成的邀请码：角色、对象、状态；不含邀请码本身
cli-option-void = 作废：编号、邀请码，或 all（此时 --for 为对象）
cli-help-people-data =
    把系统里一个人的全部资料写入一个文件（个人信息保护法第四十五条），包括本人发来的照片和文件；交给本人，不要给别人。
    没有账号的人，给姓名，并用 --for 写明企业或地区。
cli-help-people-forget =
    按本人要求删除其资料（个人信息保护法第四十七条）：结束身份，删除姓名、聊天账号、发给他的消息；依法应当保存的，逐项说明。
    没有账号的人，给姓名，并用 --for 写明企业或地区。
cli-name-whom = 人员编号|姓名
cli-option-whom = 人员的编号，见 anzhu people；没有账号的人，写姓名并加 --for
cli-option-data-out = 写入的文件（.zip）
cli-data-written = 已写入 { $file }。里面是个人信息，只能交给本人。
cli-no-name = “{ $given }”不是姓名。用 --for 时请写姓名；有账号的人请写编号，不加 --for。
cli-no-such-name = { $place }没有叫“{ $given }”的作业人员、执法人员或登记的负责人。请核对。
cli-forgotten = 已删除{ $number }号人员的姓名、聊天账号和发给他的消息。填报的内容、作业票、检查和隐患记录依法保存；别人收到的消息里提到的，最迟{ $days }天后清除。此前的备份里仍有，按备份制度到期销毁。
cli-forgotten-worker = 已从特种作业人员名册删除（{ $number }号）。
cli-kept-worker = 特种作业人员名册{ $number }号出现在动火作业票上，已移出名册，不再用于新的作业票；作业票是依法保存的记录，不删除。
cli-forgotten-inspector = 已从执法人员名单删除（{ $number }号）。
cli-kept-inspector = 执法人员{ $number }号出现在检查或抽取记录上，不再参加抽取；检查记录依法保存，不删除。
cli-kept-registered = 企业名录登记其为{ $role }，没有改动：请先在名录中换人，再导入名录。
cli-help-people-end = 结束一个人的角色，立即或到某一天；未填完的、未发出的、同一角色未用的邀请码一并结束，本人会收到通知。
cli-help-people-lock = 锁定一个丢了手机的人：不再接收其消息，不再向其发送；动火提醒改发给下一位。
cli-help-people-unlock = 为已锁定的人生成一次性代码：只有本人能用，用后原账号解除绑定。
cli-bad-reason = 原因须为1至{ $limit }个字。
cli-bad-day = 看不懂日期“{ $given }”。请写成如 2023-12-31。
cli-no-such-person-number = 没有编号为“{ $given }”的人员。请运行 anzhu people 查看。
cli-no-such-post = { $name }（编号{ $number }）没有这样的角色。请运行 anzhu people 查看。
cli-role-ended = 已结束：{ $role }。收起会话{ $talks }个，撤回消息{ $letters }条，作废邀请码{ $invitations }个。
cli-locked = 已锁定：{ $name }（编号{ $number }）。恢复请运行 anzhu people unlock { $number }。
cli-locked-before = { $name }（编号{ $number }）早已锁定。
cli-not-locked = { $name }（编号{ $number }）没有锁定。换手机的，请先运行 anzhu people lock { $number }。
cli-nothing-to-unlock = { $name }（编号{ $number }）没有角色可恢复，请用 anzhu invite 重新邀请。
cli-unlocked = 代码 { $code }：只供{ $name }本人恢复使用，{ $day }前有效。请当面或电话核实后转交，在聊天中回复“/start { $code }”。
cli-invite-whom = 请写明 --role 和 --for，或用 --list、--void。
cli-void-all-for = 全部作废请用 --for 写明企业、区县或市。
cli-no-such-invitation = 没有可以作废的邀请码“{ $given }”。请运行 anzhu invite --list 查看。
cli-voided = 已作废邀请码{ $number }个。
cli-invitation-state =
    { $state ->
        [open] 可用
        [used] 已用
        [voided] 已作废
       *[expired] 已过期
    }
cli-column-invited-by = 邀请单位
cli-column-locked = 锁定时间
cli-option-end-replaced = 名录写的是他人时，结束在任者的身份；不写则交监管部门决定
cli-option-review = 列出要复核的全部身份：何人、自何时、最近使用、由谁授予
cli-option-review-out = 与 --review 合用：写入此 .xlsx 文件，每行可勾选保留或结束
cli-out-needs-review = --out 只与 --review 合用。
cli-help-people-keep = 记录一个人的角色已复核、保留。要结束的用 anzhu people end。
cli-review-written = 已写入 { $file }：{ $number }个身份。只有您可读。保留的运行 anzhu people keep，结束的运行 anzhu people end。
cli-sheet-review = 身份复核
cli-column-keep-or-end = 保留／结束
cli-column-since = 自
cli-column-seen = 最近使用
cli-column-ends = 到期
cli-column-reviewed = 上次复核
cli-unmet = 未达要求
cli-unmet-until = 未达要求（承诺{ $day }前达到）
