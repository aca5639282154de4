# 机器人自身的状态：doctor、/health、运行告警
care-minutes = { $number }分钟
care-hours = { $number }小时
care-days = { $number }天
care-letters = 没有积压的消息，待发{ $number }条。
care-letters-slow = 有{ $number }条消息等着发出，最久的等了{ $age }。若不减少，请查看 anzhu run 是否在运行。
care-letters-stuck = 有{ $number }条消息到时没有发出，最久的等了{ $age }。请查看 anzhu run 是否在运行，再用 anzhu outbox 查看。
care-letters-tried = 有{ $number }条消息试发{ $tries }次以上仍没有发出。请检查与平台的连接，再用 anzhu outbox 查看原因。
care-letters-lost = 有{ $number }条消息发送失败，不再重试。请用 anzhu outbox --state failed 和 --state rejected 查看原因，再用 anzhu outbox retry 重发，或用 acknowledge 标记知悉。
care-letters-none-lost = 没有发送失败的消息。
care-leases = 没有取走后没有下文的消息。
care-leases-over = 有{ $number }条消息取走后没有下文，最久的已过{ $age }。请查看 anzhu run 是否在运行，令牌是否换过。
care-papers = 没有积压的文件，待生成{ $number }份。
care-papers-wait = 有{ $number }份要过的文件还没有生成，最久的等了{ $age }。请查看 anzhu run 是否在运行，再用 anzhu papers 查看。
care-papers-failed = 编号{ $number }的文件（{ $kind }）没能生成：{ $why }。已告知要文件的人，可以再要；请用 anzhu papers 和日志查看原因。
care-updates = 没有积压的来信，待处理{ $number }条。
care-updates-wait = 有{ $number }条来信还没有处理，最久的等了{ $age }。请查看 anzhu run 是否在运行，磁盘和网络是否正常。
care-polls = { $channel } 最近一次收取消息在{ $at }。
care-polls-held = { $channel } 最近一次收取消息在{ $at }；由进程 { $holder } 收取，它{ $seconds }秒前续过租约。
care-polls-none = 还没有从平台收取过消息。
care-webhook = { $channel } 最近一次确认能送来消息在{ $at }（webhook，平台还有{ $pending }条待送）。
care-webhook-fails = { $channel } 在{ $at }没能把消息送到 webhook，还有{ $pending }条待送：{ $why }。请查看代理、证书和 ANZHU_WEBHOOK_URL。
care-polls-missed = 已有{ $age }没有从 { $channel } 收到消息。请查看 anzhu run 是否在运行、网络是否正常、令牌是否只有一处在用。
care-ticks = 任务和提醒已运行到{ $ticked }。
care-ticks-missed = 已有{ $age }没有运行一轮：没有新任务、提醒和升级。请查看 anzhu run 或定时器是否在运行，再查看日志。
care-files = 登记的文件都在磁盘上。
care-files-missing = 有{ $number }个登记的文件不在磁盘上，首先是 { $first }。请从备份恢复 files 文件夹。
care-rows = 各表的行都能读出来。
care-rows-broken = 有{ $number }行已损坏，读不出来：{ $rows }（{ $why }）。请从备份恢复这些行。
care-rows-settled = 有{ $number }行已损坏，读不出来，都已处理完毕，不影响运行：{ $rows }。
care-schema = 数据库的表结构是当前版本。
care-schema-newer = 数据库的表结构已升级到新版（{ $tables }），本程序（{ $program }）还能使用。请换上新版程序。

# 发给系统运行人员
alarm-begun = ⚠️ 系统运行需要您现在处理：
    { $what }
alarm-over = 已恢复正常：
    { $what }
alarm-look = 请在服务器上运行 anzhu doctor 查看详情；回复 /health 可看现在的状态。
alarm-what =
    { $kind ->
        [data] 磁盘空间不足，或写不进去
        [clock] 本机时钟跳变，任务和提醒已停
        [ticks] 任务和提醒没有按时运行
        [polls] 没有收到平台的消息
        [inbox] 有来信没有及时处理
        [inbox-failed] 有来信处理失败，已搁置
        [outbox] 有消息没有按时发出
        [outbox-failed] 有消息发送失败，不再重试
        [leases] 有消息取走后没有下文
        [papers] 有人要的文件没有及时生成
        [channels] 通道停用，消息发不出去
        [kept-files] 有登记的文件不在磁盘上
        [rows] 有数据已损坏，读不出来
        [anchors] 审计锚点写不进指定的文件
       *[audit] 审计记录不完整，或与锚点不符
    }
anchor-of-the-day =
    审计锚点　{ $at }　第{ $seq }条
    请保留本条消息。怀疑数据库被换、被截、被改时，把它交给 anzhu audit verify --anchor 核对。
health-standing = 需要现在处理：
    { $what }
health-wrong = { $what }，已{ $age }
health-well = 没有需要现在处理的问题。
health-letters = 待发消息{ $number }条，最久的等了{ $age }。
health-updates = 待处理来信{ $number }条，最久的等了{ $age }。
health-lost = 发送失败{ $number }条。
health-polled = 最近一次收取消息在{ $age }前。
health-room = 磁盘剩余{ $free }MB。
settings-metrics-port = 端口{ $port }已被占用，运行状态和指标不能提供。请把 ANZHU_METRICS_PORT 改为别的端口。
