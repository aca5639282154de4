# Who owes what, as a bureau sees it; nudges; answers taken by phone (电话代录); lists and files.
owes-unit =
    { $unit ->
        [enterprises] 家
        [districts] 个
       *[duties] 项
    }
owes-counts = 已填报{ $answered }{ $unit }，应填报{ $total }{ $unit }{ $unmet }{ $overdue }{ $explained }
owes-count = ，{ $stand }{ $number }
owes-stand =
    { $stand ->
        [overdue] 逾期
        [open] 待填报
        [explained] 说明情况
        [excused] 说明已接受
        [unmet] 未达要求
       *[answered] 已填报
    }
owes-group = { $stand }：
owes-more = ，另有{ $number }家
owes-duty-heading = { $title }：{ $place }应填报{ $number }家，{ $when }
owes-stand-names = { $stand }{ $number }家：{ $names }{ $more }
owes-stand-count = { $stand }{ $number }家
owes-by-phone = 已填报的，有{ $number }家是代录。
owes-list-heading = { $title }：{ $place }{ $stand }的{ $number }家，点序号查看：
owes-with-reason = { $state }（{ $reason }）
owes-with-returned = { $state }（说明已退回：{ $reason }）
owes-reason =
    { $reason ->
        [halted] 停产停业：{ $text }
        [gone] 已注销或迁出：{ $text }
        [other-trade] 非工贸企业：{ $text }
       *[other] 其他：{ $text }
    }
owes-own-heading = 各区县自身的任务{ $number }项（截至{ $at }）
owes-own-duty = { $title }：{ $number }个地区
owes-unknown = { $place }没有找到“{ $words }”。请回复“/district 企业名称”或“/district 统一社会信用代码”。
owes-several = 找到{ $number }家，请点序号：
owes-several-many = 找到的多于{ $number }家，先列前{ $number }家。请把名称写得更全，或用统一社会信用代码。

option-owes-stand = { $stand }{ $number }
option-owes-tools = 名单和导出
option-nudge = 催办
option-unreached = 联系不上
option-phone-list = 电话名单
option-owes-export = 导出表格
option-group = 复制到工作群
option-own-duties = 区县任务
option-by-duty = 按任务看
option-firm-duties = 各项任务
option-by-phone = 电话代录

owes-tools-heading = { $place }：消息送不到的{ $people }人。名单含个人信息，查看和导出都有记录。
owes-unreached-below = 消息送不到的{ $people }人，见“名单和导出”。
owes-unreached-heading = { $place }消息送不到的{ $people }人，请电话联系：
owes-unreached-line = { $name }（{ $role }，{ $place }）
owes-unreached =
    { $why ->
        [not-joined] 还没有加入
        [left] 原来的人已退出，还没有人接任
        [refused] 已停用机器人
       *[nowhere] 没有可用的聊天账号
    }
owes-making = 正在制作，做好后发给您。
owes-export-empty = { $place }没有可以导出的内容：还没有开始的任务，也没有联系不上的人。
owes-export-ready = { $place }任务填报情况{ $number }项（截至{ $at }）。含个人信息，请妥善保管。
owes-file-name = 任务填报情况
phone-list-empty = { $place }没有需要电话联系的人。
phone-list-ready = { $place }电话名单{ $people }人（截至{ $at }）。电话取自企业名录，空白的可在企业卡片上补登。含个人信息，请妥善保管。
phone-list-file-name = 电话名单

group-heading = { $place }重大事故隐患专项排查整治填报进度（截至{ $at }）
group-line = { $title }：{ $counts }
group-total = 合计：{ $counts }

firm-what = { $code }，{ $district }，监管部门：{ $supervisor }
firm-as-on-licence = 代码与国家标准不符，按营业执照收录。
firm-person = { $role }{ $name }：{ $state }
firm-joined = 已加入
firm-duties = 任务{ $total }项：已填报{ $answered }{ $unmet }，逾期{ $overdue }，说明情况{ $explained }
owes-promise-again = 第{ $number }次承诺
firm-missing = 还没有附材料{ $number }项：{ $titles }
firm-missing-item = { $title }（{ $what }）
firm-by-phone = 其中代录、待负责人确认{ $number }项。
firm-duty = { $title }：{ $state }
firm-hazards = 重大隐患{ $number }处未销号，其中整改逾期{ $overdue }处。
firm-no-hazards = 没有未销号的重大隐患。
firm-admits = { $title }填报“{ $said }”，台账中没有{ $criterion }的隐患，是否属实以检查为准。
firm-counts = { $title }填报重大隐患{ $number }处，台账中只有{ $there }处。
firm-admits-why = { $told }企业说明：“{ $why }”
firm-duties-heading = { $place }的任务{ $number }项：
firm-hazards-heading = { $place }未销号的重大隐患{ $number }处：

nudge-done = 已催办{ $people }人。
nudge-later = 已催办{ $people }人，{ $at }发出。
nudge-nobody = 这次没有发出催办。
nudge-nothing = 没有需要催办的：都已填报，或已说明情况。
nudge-today = 今天已提醒过的{ $people }人，不再重复。
nudge-full = 本周已提醒满{ $most }次的{ $people }人，不再催办，可电话联系。
nudge-unreached = 消息送不到的{ $people }人，请电话联系：{ $names }。
nudge-unreached-districts = 没有联络人能收到消息的{ $number }个地区，请电话联系：{ $names }。
nudge-more = 另{ $people }人
nudge-person = { $name }（{ $place }，{ $reason }）

by-phone-title = 代录{ $place }的{ $title }
by-phone-which = { $place }：请点选电话答复的是哪一项。
by-phone-none = { $place }没有可以电话代录的任务。对标自查、首轮自查自改和周调度，须由企业填报。
by-phone-cannot = 这一项不能电话代录，请企业自己填报。
by-phone-done-before = { $title }已填报，不用代录。
by-phone-who = { $place }是谁在电话里答复的？
by-phone-who-label = 电话答复人
by-phone-who-hint = 请点选，或回复姓名。
by-phone-day = 是哪天答复的？
by-phone-day-label = 答复日期
by-phone-own-word = 请按负责人的电话答复填：{ $ask }
by-phone-own-word-label = { $label }（电话答复）
by-phone-held-label = 是否开展
by-phone-confirm = 确认后按{ $who }的电话答复代录，计为已填报；请{ $name }核对前，标明“代录，待负责人确认”。
by-phone-enter = 确认代录
by-phone-entered = ✅ 已代录{ $place }的{ $title }（{ $who }{ $day }电话答复），回执编号 { $code }。代录，待负责人确认。
by-phone-told = 已请企业主要负责人核对。
by-phone-untold = 企业主要负责人还没有加入或消息送不到，加入后请其核对。
by-phone-too-late = { $place }刚才已填报或已不需要填报{ $title }，以企业的为准，代录没有保存。
by-phone-planned = 已记下：{ $title }计划{ $day }开展，仍待填报，届时提醒企业。
by-phone-to-explain = 没有代录。不能完成的原因，请企业点“说明情况”自己说明。
by-phone-card = { $signature }按电话答复代录了{ $title }，请您核对：
by-phone-no-photos = 电话答复没有照片和文件，核对后可补附。
by-phone-ask = 属实的，点“属实”；有出入的，点“有误”，改正后以您的填报为准。
by-phone-receipt = 回执编号 { $code }，检查时可出示核验。
by-phone-list = 监管部门按电话答复代录了{ $number }项，请您逐项核对：
by-phone-confirmed = ✅ 已确认{ $title }的代录属实。
by-phone-disputed = { $place }的负责人称{ $title }的代录有误，正在更正。
by-phone-replaced = { $title }已有更新的填报，这份代录不再作数。
by-phone-mark = 代录：{ $who }{ $day }电话答复，{ $clerk }录入，{ $state }。
at-server-mark = 经服务器代录：由{ $operator }在服务器上录入，不是本人在聊天里确认的。
at-server-mark-receipt = 经服务器代录：由系统运行人员在服务器上录入，不是本人在聊天里确认的。
by-phone-mark-receipt = 代录：{ $day }电话答复，由工作人员录入，{ $state }。
by-phone-state-line = { $when }（代录，{ $state }）
by-phone-state =
    { $state ->
        [waiting] 待负责人确认
        [confirmed] 负责人已确认
       *[disputed] 负责人称有误，待更正
    }
option-true = 属实
option-wrong = 有误
option-add-photos = 补附照片
