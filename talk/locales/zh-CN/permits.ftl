# 动火安全作业票：卡片、提醒、列表
permit-state =
    { $state ->
        [drafted] 填写中
        [submitted] 待审批
        [returned] 退回修改
        [refused] 不予批准
        [approved] 已批准，未开工
        [started] 作业中
        [suspended] 已暂停
        [finished] 已完工，待看火
        [fire_watch] 看火中
        [closed] 已关闭
        [expired] 已过期
        [gas] 气体超限
        [barred] 已批准，不得开工
       *[cancelled] 已取消
    }
permit-heading =
    { $state ->
        [gas] ⛔ 动火作业票 { $code }　气体超限：停止动火，撤离人员
        [barred] ⚠️ 动火作业票 { $code }　已批准，现在不得开工
        [started] ⏰ 动火作业票 { $code }　作业中
        [suspended] ⚠️ 动火作业票 { $code }　已暂停
        [expired] ⚠️ 动火作业票 { $code }　已过期
        [refused] ⚠️ 动火作业票 { $code }　不予批准
        [cancelled] 动火作业票 { $code }　已取消
        [closed] ✅ 动火作业票 { $code }　已关闭
        [approved] ✅ 动火作业票 { $code }　已批准，未开工
        [returned] ⚠️ 动火作业票 { $code }　退回修改
        [finished] ⏰ 动火作业票 { $code }　已完工，待看火
        [fire_watch] ⏰ 动火作业票 { $code }　看火中
       *[submitted] ⏰ 动火作业票 { $code }　待审批
    }
permit-step =
    { $event ->
        [submit] 提交申请
        [approve] 批准
        [return] 退回修改
        [refuse] 不予批准
        [cancel] 取消
        [arrive] 监护人到场
        [leave] 监护人离开
        [measures] 核对措施
        [photo] 拍照
        [sample] 气体检测
        [gas_over] 气体超限
        [start] 开工
        [pause] 休息
        [stop] 叫停
        [resume] 恢复作业
        [finish] 完工
        [watch] 开始看火
        [look] 看火检查
        [close] 验收关闭
        [violation] 到期后作业
        [note] 补记
        [missed] 未按时复测
        [spell_ends] 当日时段结束
       *[expire] 到期
    }
permit-seat =
    { $seat ->
        [applicant] 申请人
        [leader] 负责人
        [welder] 动火人
        [guardian] 监护人
        [tester] 分析人
        [approver] 审批人
        [office] 安全员和主要负责人
       *[clock] 时间到
    }
permit-table-head = | 状态 | 事件 | 谁 | 条件 | 到 |
permit-table-anybody = 票上任何人
permit-table-none = —
permit-paper-ready = 动火作业票 { $code }：一页PDF可打印张贴，图片可在手机上出示。证号已隐去。
permit-file-name = 动火作业票
permit-paper-making = 正在生成作业票，请稍候。
permit-measure-counted = { $text }（{ $number }处/件）
permit-opinion-applied = 措施已落实，申请动火
permit-opinion-absent = 未使用本系统，由申请人代录
permit-told-late = { $at }收到
permit-opinion =
    { $event ->
        [approve] 同意
       *[refuse] 不同意
    }
permit-enterprise = { $name }
permit-level-name =
    { $level ->
        [fixed] { $name }
       *[other] { $name }（参照{ $standard }）
    }
permit-approver =
    { $level ->
        [fixed] { $title }
       *[other] 参照{ $standard }：{ $title }
    }
permit-level = { $level }　{ $start }至{ $until }
permit-level-upgraded = { $level }（升级管理：{ $why }，参照{ $standard }）　{ $start }至{ $until }
permit-card-fixed = 固定动火区（不分级）　{ $start }至{ $until }
permit-why =
    { $why ->
        [holiday] 节假日
        [rest-day] 休息日
        [night] 夜间
       *[wind] 五级以上大风露天
    }
permit-card-hours = 每天{ $start }–{ $until }作业，其余时间及休息日停止
permit-job = { $place }：{ $content }
permit-crew = 动火人：{ $welders }
permit-welder = { $name }（证书{ $until }）
permit-welder-bare = { $name }
permit-people = 负责人：{ $leader }　监护人：{ $guardian }
permit-card-tester = 分析人：{ $tester }
permit-absent = { $name }（未使用本系统）
permit-guarded = 监护人{ $at }到场
permit-unguarded = 监护人未到场
permit-gas-none = 气体：尚未检测
permit-gas-free = 气体：不检测（{ $reason }）
permit-card-gas = 气体：{ $gas }{ $value }%（{ $at }，{ $verdict }）
permit-gas-ok = 合格
permit-gas-over = 超限
permit-recheck = 下次复测：{ $at }
permit-missing = 开工前还需：{ $items }
permit-missing-resume = 恢复前还需：{ $items }
permit-missing-close = 关闭前还需：{ $items }
permit-gate =
    { $gate ->
        [certified] 动火人持有效证件
        [distinct] 动火、监护、审批互不兼任
        [window] 作业时间符合规定
        [harmless] 无“十不准”情形
        [point] 同一部位没有其他作业
        [in_time] 到作业时间
        [sampled] 气体检测
        [guarded] 监护人到场
        [secured] 安全措施现场确认
        [pictured] 现场照片
        [begun] 已开工
        [watched] 看火满时
        [look_due] 到看火检查时间
        [accepted] 完工照片
       *[possible] 当前状态允许
    }
permit-paused =
    { $why ->
        [gas] 气体超限，{ $at }起停止动火
        [unguarded] 监护人离开，{ $at }起停止动火
        [missed] 未按时复测，{ $at }起自动暂停，停止动火
        [stopped] 有人叫停，{ $at }起停止动火
        [spell] 当日时段结束，{ $at }起停止动火
       *[break] { $at }起休息
    }
permit-started = 开工：{ $at }
permit-finished = 完工：{ $at }
permit-finished-late = 完工：{ $at }（{ $heard }收到）
permit-card-look = 看火检查应于{ $at }进行；看火至{ $until }（从完工算起）
permit-looked = 看火检查：{ $times }
permit-violation = ⚠️ 票证到期后发现作业（{ $at }），已记录
permit-remark = 退回意见：{ $remark }
permit-refusal = 原因：{ $remark }
permit-lacking = 安全措施未到位：{ $items }（{ $by } { $at }核对）
permit-lacking-told = 作业票 { $code } 不能开工。{ $lacking }。到位后请点“核对措施”重新确认；确认之前不得动火。
permit-card-unsecured = 安全措施：还有{ $number }项未现场确认
permit-card-secured = 安全措施：{ $number }项已现场确认（{ $by }）
permit-card-by = { $by } { $at }
permit-secured-already = 作业票 { $code } 的安全措施今天已全部现场确认。发现有不到位的，请点“立即停止”，或回复“{ $code } 停”。
permit-other-paper = { $name }（{ $told ->
        [yes] 票号{ $number }
       *[no] 票号未填
    }）
permit-card-measures = 安全措施：{ $number }项已确认
permit-measures-left = 未选措施：{ $items }
permit-moved = 作业票 { $code } 的最新状态在下方。
permit-option-approve = 批准
permit-option-return = 退回修改
permit-option-refuse = 不予批准
permit-option-arrive = 监护到场
permit-option-measures = 核对措施
permit-option-sample = 气体检测
permit-option-photo = 现场照片
permit-option-start = 开始作业
permit-option-stop = 立即停止
permit-option-pause = 暂时休息
permit-option-resume = 恢复作业
permit-option-leave = 我要离开
permit-option-finish = 作业完工
permit-option-watch = 开始看火
permit-option-look = 看火无异常
permit-option-close = 验收关闭
permit-option-cancel = 取消作业
permit-option-edit = 修改申请
permit-option-paper = 打印作业票
permit-option-show = 查看作业票
permit-option-why = 说明原因
permit-option-seen = 收到
permit-option-left-site = 已撤离
permit-option-apply = 申请动火
permit-done =
    { $event ->
        [approve] 已批准 { $code }，现场已通知。
        [return] 已退回 { $code }，申请人会重填这一项。
        [refuse] 未批准 { $code }，申请人会看到原因。
        [arrive] 已记录监护人到场。作业期间不得离开；要离开请点“我要离开”，作业随即停止。
        [start] { $code } 已开工，作业至{ $until }。
        [resume] { $code } 已恢复作业，作业至{ $until }。
        [stop] { $code } 已叫停，现场人员已通知。
        [pause] { $code } 已暂停，请确认明火已熄灭。
        [leave] 已记录监护人离开，作业必须停止。
        [finish] { $code } 已完工。请清理现场，监护人开始看火。
        [watch] 已开始看火。
        [look] 已记录看火检查。
        [measures] 已记录您对安全措施的现场确认。
        [photo] 照片已存入 { $code }。
        [sample] 气体检测已记入 { $code }，合格。
        [note] 已记入 { $code }，票证状态不变。
        [violation] ⚠️ { $code } 已过期，这次作业记为到期后作业。
        [close] { $code } 已验收关闭。
        [cancel] { $code } 已取消。
       *[other] 已记入 { $code }。
    }
permit-blocked = 不能{ $event }，还需：{ $items }
permit-event =
    { $event ->
        [approve] 批准
        [start] 开工
        [resume] 恢复作业
        [finish] 完工
        [close] 关闭
        [look] 看火检查
        [submit] 提交
       *[other] 操作
    }
permit-photo-how = 请直接发送现场照片。信号不好时可在照片说明里写上票号 { $code }，稍后发送也会归到这张票。
permit-apply-which = 您负责多家企业，请选择申请动火的企业：
permit-point-held = 这个部位的作业票 { $code } 还没有验收关闭，请先关闭那一张。
permit-not-now = 作业票 { $code } 现在是“{ $state }”，不能这样操作。
permit-look-early = 作业票 { $code } 还没到看火检查时间（{ $at }）。请届时到现场查看后再点选。
permit-looks-done = 作业票 { $code } 的看火检查已全部做完，可以拍照验收。
permit-decided-already = 作业票 { $code } 已由{ $who }处理：{ $state }。
permit-unknown = 没有编号为 { $code } 的作业票，或者您无权查看。
permit-ambiguous = 您参与的作业票有{ $number }张，请在照片说明里写明票号，例如“{ $code }”。
permit-quick-gas = { $code }：没看懂气体数值“{ $text }”。请写体积分数，例如“{ $code } 0.05%”。
permit-quick-unit = { $code }：“{ $text }”请注明单位：体积分数写“0.2%”，爆炸下限百分数写“5%LEL”。
permit-quick-which = { $code }：请点“气体检测”，先选气体种类。

# 到点提醒：先现场，后安全员
permit-prompt-awaits = ⏰ 作业票 { $code } 等您审批：{ $place }，{ $level }，{ $start }开工。
permit-prompt-ends = ⚠️ 作业票 { $code } 还有{ $minutes }分钟到期（{ $until }）。请监护人{ $guardian }安排收工，到期必须停止动火；还要继续的，请另办新票。
permit-prompt-recheck = ⚠️ 作业票 { $code } 气体复测时间已到（{ $at }）。请{ $tester }立即检测，回复“{ $code } 0.05%”这样的体积分数。{ $deadline }前未收到，作业票自动暂停，现场须立即停止动火。
permit-prompt-suspended =
    { $why ->
        [unguarded] ⚠️ 作业票 { $code } 监护人{ $guardian }已离开，已暂停。请立即停止动火。
        [missed] ⚠️ 作业票 { $code } 未按时复测，{ $at }已自动暂停。请立即停止动火，重新检测后再恢复。
       *[stopped] ⚠️ 作业票 { $code } 已被叫停（{ $who }）。请立即停止动火，查明原因、重新检测后再恢复。
    }
permit-prompt-gas = ⛔ 作业票 { $code } 气体超限：{ $gases }。立即停止动火，人员撤离现场。{ $tester }处置后重新检测。
permit-gas-above = { $gas }{ $value }%（参照{ $standard }，限值{ $limit }%）
permit-oxygen-out = { $gas }{ $value }%（参照{ $standard }，范围{ $least }%至{ $most }%）
permit-prompt-break-long = 作业票 { $code } 已休息超过{ $level ->
        [fixed] { $minutes }分钟
       *[other] { $minutes }分钟（参照{ $standard }）
    }，恢复前请重新检测气体。
permit-prompt-expired = ⚠️ 作业票 { $code } 已到期（{ $until }）。请立即停止动火，监护人{ $guardian }看火不少于30分钟；继续作业须另办新票。
permit-prompt-lapsed = 作业票 { $code } 已过期（{ $until }），未开工。需要作业的，请重新申请。
permit-prompt-watch = ⏰ 作业票 { $code } 已完工。请监护人{ $guardian }清理现场、开始看火。
permit-prompt-look = ⏰ 作业票 { $code } 看火检查时间已到（{ $at }）。请监护人{ $guardian }到现场查看有无余火、冒烟。
permit-prompt-accept = 作业票 { $code } 看火已满。请负责人{ $leader }拍照验收、关闭作业票。
permit-prompt-passed = 现场{ $minutes }分钟无人确认，转请您处理。
permit-seen = 已记录您收到。

# /permits
permits-heading = 动火作业票：作业中{ $live }张，待办{ $waiting }张，今天共{ $today }张
permits-none = 现在没有动火作业票。动火前请先申请，批准后再开工。
permits-none-staff = 现在没有进行中的动火作业票。
permits-live = 进行中
permits-waiting = 待审批、待开工
permits-today = 今天已结束
permits-district-heading = { $place }动火作业：进行中{ $live }张（其中暂停{ $suspended }张），今天共{ $today }张
permits-blocked = 近30天作业票拦截不合条件的申请{ $number }次（只有次数，不含企业和姓名）
permits-entry = { $code } { $place }
permits-entry-staff = { $code } { $name }：{ $place }
permits-entry-when = { $state }，至{ $until }
permit-departed = 作业票{ $code }：{ $seats }{ $name }已不能在系统中操作，提醒改发给下一位。
permit-departed-guardian = 监护人不在位不得动火：请立即落实监护人，做不到的先停止作业。
