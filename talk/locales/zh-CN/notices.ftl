# Notices (通知): written by a bureau, and what came of them. A notice is 已发出（平台已接收） or 已知悉, nothing else.
notice-write-title = 写通知
notice-text = 请写下通知全文，收到的人看到的就是这些字。
notice-text-label = 正文
notice-text-hint = 最多{ $limit }字。网址和符号原样发送，不排版。
notice-districts = 发给哪些地区？
notice-districts-label = 地区
notice-city = 全市
notice-by = 发给哪些企业？可选多项条件，须同时符合。
notice-by-label = 企业条件
notice-by-sector = 按行业
notice-by-tag = 按风险
notice-by-duty = 未填报的
notice-by-code = 贴代码
notice-everybody = 全部企业
notice-sectors = 哪些行业？
notice-sectors-label = 行业
notice-tags = 涉及哪些风险？符合其一即可。
notice-tags-label = 风险
notice-duty = 没有填报哪一项的？
notice-duty-label = 未填报
notice-lines = { $lines }
notice-lines-several =
    { $lines }
    可点选，也可回复编号，如“1、5”。
notice-accepts-number = 请回复1至{ $last }中的一个编号。
notice-codes = 请粘贴企业的统一社会信用代码。
notice-codes-label = 企业代码
notice-codes-hint = 每行一个，或用空格、逗号分开，最多{ $limit }个。
notice-accepts-codes = 请粘贴18位统一社会信用代码，最多{ $limit }个，用空格、逗号或换行分开。
notice-codes-unsound = “{ $code }”不是有效的统一社会信用代码。请核对后重新粘贴全部代码。
notice-codes-many = 一次最多{ $limit }个代码，这里有{ $number }个。请分几次发。
notice-roles = 发给企业的哪些人？
notice-roles-label = 收件人
notice-role =
    { $role ->
        [principal] 主要负责人
        [officer] 安全员
        [worker] 作业人员
       *[clerk] 区县联络人
    }
notice-until = 通知到哪天为止有效？
notice-until-label = 有效期至
notice-until-button = 到{ $day }
notice-until-hint = 请点选，或回复日期，如“{ $example }”。有效期内新加入的相关人员也会收到。
notice-form = 要不要对方答复？
notice-form-label = 答复
notice-form-none = 不用答复
notice-files = 请发送附件，照片、PDF、Word、Excel 均可。
notice-files-label = 附件
notice-files-none = 不附文件
notice-attach = 附文件
notice-to-preview = 下一步先预览：收到的人看到什么、发给多少人、哪些人收不到。现在还不会发出。
notice-preview = 预览

notice-heading = { $signature }通知
notice-reminder-heading = { $signature }提醒：以下通知请您知悉
notice-for = 本通知涉及您的：{ $places }
notice-got-for = { $state }（{ $places }）
notice-in-force = 有效期至{ $until }。
notice-asks = 看过后，请点“已知悉”。
notice-asks-answer = 看过后，请点“已知悉”，并填写答复。
option-noted = 已知悉
option-respond = 填写答复
notice-acknowledged = 已记录：您于{ $at }知悉此通知。
notice-answer-title = 答复通知：{ $title }
notice-answered = ✅ 已收到您对通知{ $number }的答复。
notice-answers-left = 还须分别答复：{ $places }
notice-answer-which = 通知“{ $title }”须由{ $number }家分别答复。请选择为哪一家填写：
notice-to-answer = 待答复
option-respond-next = 答复下一家
notice-answer-line = { $asked }{ $answer }
notice-past = 此通知的有效期到{ $until }为止，已过。

notice-preview-heading = 通知{ $number }预览，范围：{ $audience }
notice-preview-count = 将发给{ $people }人（范围内企业{ $enterprises }家），如：{ $sample }。
notice-person = { $name }（{ $place }）
notice-more-people = 另{ $number }人
notice-missing = 还没有加入、收不到的{ $people }人：{ $names }。
notice-blocked = 已停用机器人、收不到的{ $people }人：{ $names }。
notice-left-out = 本区{ $number }家由市级监管的单位不在您的发送范围，由市局通知。
notice-unknown = 不在您可发送的企业名录中的代码{ $number }个：{ $codes }。
notice-preview-until = 有效期至{ $until }。
notice-preview-link = 正文含网址，请核对无误。
notice-not-served = 责令限期整改指令书等执法文书不通过本平台送达。
notice-send = 确认发送
notice-drop = 不发了
notice-empty = 按“{ $audience }”没有可以发到的人，通知没有发出。请修改范围。
notice-changed = 通知{ $number }的内容或收件人与刚才的预览不同，没有发出。请核对新的预览。
notice-dropped = 好的，通知{ $number }不发了。

notice-state =
    { $state ->
        [draft] 修改中
        [previewed] 待确认
        [queued] 等待发出
        [sending] 正在发出
        [done] 已发完
       *[stopped] 已停止
    }
notice-standing =
    { $standing ->
        [queued] 等待发出
        [accepted] 已发出（平台已接收）
        [acknowledged] 已知悉
        [answered] 已答复
        [halted] 未发出（已停止）
        [not-joined] 还没有加入
        [nowhere] 没有可用的聊天账号
        [refused] 已停用机器人
        [rejected] 平台拒收此消息
        [unknown] 结果不明，不会自动重发
       *[expired] 过期未发出
    }
notice-progress-heading = 通知{ $number }“{ $title }”：{ $state }
notice-not-confirmed = 还没有确认发送。
notice-progress =
    截至{ $at }，共{ $total }人：
    等待发出{ $queued }，已发出（平台已接收）{ $accepted }，其中已知悉{ $acknowledged }
    没有发到{ $unreached }
notice-progress-answered = 已答复{ $answered }
notice-progress-halted = 停止后未发出{ $halted }
notice-refresh = 刷新
notice-stop = 停止发送
notice-resume = 继续发送
notice-remind = 提醒未知悉
notice-phones = 电话名单
notice-export = 导出回执
notice-look = 查看通知
notice-write = 写通知
notice-stopped = 通知{ $number }已停止，{ $halted }条没有发出。正在发出的几条可能已到平台。
notice-reminded = 已提醒还没有知悉通知{ $number }的{ $people }人。
notice-reminded-today = 通知{ $number }今天已提醒过，明天可再提醒。
notice-nobody-to-remind = 通知{ $number }没有可以提醒的人：都已知悉，或须电话联系。
notice-orphaned = ⚠️ 通知{ $number }“{ $title }”没有发完就停止了：发送人已不再担任该职务。需要的，请继续发送。

notices-sent = 已写的通知（{ $number }份）：
notices-none-sent = 还没有发过通知。
notices-got = 发给您、仍然有效的通知：
notices-none-got = 目前没有发给您的通知。
notice-line = { $state }，共{ $total }人，已知悉{ $acknowledged }
notice-noted = 已知悉
notice-to-note = 请知悉

notice-phones-heading = 通知{ $number }没有发到的{ $people }人，请电话联系：
notice-phones-line = { $name }（{ $place }）：{ $reason }
notice-phones-more = 另有{ $number }人，见导出的名单。
notice-phones-none = 通知{ $number }没有需要电话联系的人。
notice-export-making = 正在制作回执和电话名单，做好后发给您。
notice-export-ready = 通知{ $number }的回执和电话名单（截至{ $at }）。
notice-file-name = 通知{ $number }回执

notice-of-sectors = 行业：{ $names }
notice-of-tags = 风险：{ $names }
notice-of-unanswered = 未填报：{ $title }
notice-of-codes = 指定的{ $number }家

telegram-command-notice = 发通知
telegram-command-notices = 通知
web-notices = 通知

cli-about-notices = 列出通知及其回执
cli-help-notices = 列出通知，各发给多少人、平台接收多少、多少人已知悉；给出编号时，列出每个收件人。
cli-name-notice = 通知编号
cli-option-notice = 只看这份通知的收件人
cli-no-such-notice = 没有编号为“{ $given }”的通知。请运行 anzhu notices 查看。
cli-column-audience = 范围
cli-column-recipients = 人数
cli-column-accepted = 已发出
cli-column-acknowledged = 已知悉
cli-column-answered = 已答复
cli-column-unreachable = 没有发到
