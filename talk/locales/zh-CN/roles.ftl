# Roles end.
role-ended = 您在{ $place }的{ $role }身份已结束：{ $way ->
        [date] 已到约定的日期
        [replaced] 已由接替的人担任
        [registry] 登记信息已变更为他人
        [operator] 由安全管理员办理
       *[staff] 由监管部门或本单位主要负责人办理
    }。有疑问的，请联系监管部门。
forgotten-told = 按您的要求，您的姓名、聊天账号和发给您的消息已从本系统删除。依法保留填报的内容、作业票、检查和隐患记录；别人收到的消息里提到的，最迟{ $days }天后清除。
role-ended-reason = 原因：“{ $reason }”
role-ended-talks = 您没有填完的内容已收起，由接替的人继续：{ $titles }。
role-ended-none = 您现在不代表任何单位。个人资料可用 /me 查看、导出或退出。
locked = 这个账号已锁定，不能使用。请联系监管部门，凭新的一次性代码恢复。
locked-back = ✅ { $name }，已恢复使用：{ $roles }。原来的账号已解除绑定。请回复 /tasks 查看任务。
role-end-planned = { $place }{ $role }身份到{ $day }结束。
role-end-past = { $day }已经过去，请写今天或以后的日期。
role-ended-before = 这一身份已经结束。
seats-heading = 您可以管理的人员身份：{ $number }个。离职、调岗的请及时结束；手机丢失的请立即锁定。
seats-due = 其中{ $number }个待本半年复核。
seats-line = { $place }{ $role }：{ $name }
seats-questioned = 登记已变更为他人，待您决定
seats-to-review = 待复核，{ $day }起
seats-since = { $day }起
seats-kept = 已记录保留：{ $number }个。
seat-since = { $day }起。
seat-seen = 最近一次使用：{ $day }。
seat-ends = 到期：{ $at }。
seat-questioned = 登记信息现为他人，请决定结束或保留。
seat-locked = 账号已锁定。恢复请联系安全管理员。
seat-left = 好的，没有变动。
seat-ended =
    已结束：{ $place }{ $role }{ $name }。已通知本人。{ $codes ->
        [0] {""}
       *[other] 同一身份未用的邀请码{ $codes }个已作废，接替的人请重新邀请。
    }
seat-locked-now = 已锁定：{ $name }。不再接收其消息，也不再向其发送。恢复请联系安全管理员。
seat-end-title = 结束{ $name }的身份
seat-end-why = 要结束的身份：{ $place }{ $role }{ $name }。请写明原因，本人会看到。
seat-end-why-hint = 如“已调离”。
seat-end-sure = 确定结束吗？{ $place }{ $role }{ $name }，原因：“{ $reason }”。结束后其不能再查看或办理，须有新的邀请码才能再加入。
seat-lock-title = 锁定{ $name }的账号
seat-lock-sure = 确定锁定{ $name }的账号吗？
seat-lock-hint = 锁定后不再接收其消息，也不再向其发送；动火提醒改发给下一位。
option-end-role = 结束身份
option-keep-role = 保留
option-keep-roles = 其余都保留
option-lock = 立即锁定
option-leave-it = 不变
option-see-seats = 查看名单
review-due = 半年人员身份复核：有{ $number }个身份待您复核。离职、调岗的请结束，其余保留。
waiting-seat = { $role }登记已变更，是否结束原来的身份

# 邀请、移交、更正姓名
seats-none = 目前没有您可以管理的人员身份。
seats-invited = 还没有使用的邀请码：{ $number }个。
seats-namesake = { $name }（编号{ $number }）
option-invite = 邀请
option-invitations = 待用邀请码
option-void = 作废
option-hand-over = 移交
option-rename = 更正姓名
invite-title = 为{ $place }邀请人员
invite-which = 为哪个单位邀请？
invite-role = { $role ->
    [principal] 主要负责人
    [officer] 安全管理人员
    [worker] 作业人员
    [clerk] 区县联络人
   *[leader] 区县领导
}
invite-ask-role = 邀请什么人加入？
invite-role-label = 身份
invite-ask-district = 邀请哪个区县的{ $role }？
invite-district-label = 区县
invite-district-hint = 请点选，或回复区县名称。
invite-ask-enterprise = 邀请哪家企业的{ $role }？
invite-enterprise-label = 企业
invite-enterprise-hint = 请回复企业名称，或统一社会信用代码。
invite-closed = { $place }已登记{ $state }，不能邀请。登记有误的，请先在企业卡片上撤回。
invite-ask-number = 要几个邀请码？每人一个，一次最多20个。
invite-number-label = 数量
invite-unit = 个
invite-confirm = 确认后生成{ $role }的邀请码{ $number }个，只显示这一次。
invite-make = 生成邀请码
invite-made = { $place }{ $role }的邀请码{ $number }个，{ $day }前有效，每个只能用一次：
invite-how = 请当面或打电话交给本人：在聊天里发送“/start 邀请码”即可加入。
invite-holding = 现有{ $role }：{ $names }。{ $second ->
    [true] 新人加入后，请在“待您处理”中接受，由其接替。
   *[false] 新人加入后，几位都能办理；不再担任的，请在 /people 结束或移交。
}
invitations-none = 没有待用的邀请码。
invitations-heading = 还没有使用的邀请码{ $number }个，点选可作废：
invitation-until = { $by }邀请，{ $day }前有效
invitation-voided = 已作废：{ $place }{ $role }的邀请码。要重新邀请的，请再生成。
invitation-gone = { $stands ->
    [used] 这个邀请码已有人使用。
    [voided] 这个邀请码已作废。
   *[expired] 这个邀请码已过期。
}
handover-title = 移交{ $name }的身份
handover-ask = { $place }{ $role }{ $name }移交给谁？
handover-label = 接替的人
handover-invite = 邀请新人
handover-confirm = 确认后，{ $place }{ $role }由{ $successor }接替，{ $name }的身份结束；没有填完的内容由{ $successor }继续。
handover-confirm-invite = 确认后生成邀请码。接替的人凭码加入时，{ $name }的{ $place }{ $role }身份随即结束，没有填完的内容由其继续。
handover-yes = 确认移交
handover-gone = 接替的人已不再担任这一身份，没有移交。请重新选择。
handover-done = 已移交：{ $place }{ $role }由{ $name }移交给{ $successor }，已通知两人。
handover-told = { $name }的{ $place }{ $role }身份已移交给您。{ $number ->
    [0] { "" }
   *[other] 待填报{ $number }项。
}
rename-title = 更正{ $name }的姓名
rename-ask = { $place }{ $role }“{ $name }”的正确姓名是？
rename-label = 正确姓名
rename-confirm = 确认后，“{ $name }”更正为“{ $new }”，并通知本人；以往记录中的姓名不变。
rename-yes = 确认更正
rename-done =
    已更正：“{ $before }”现为“{ $name }”。已通知本人。{ $number ->
        [0] {""}
       *[other] 同时更正：{ $also }。
    }已填报的内容、作业票、检查记录是当时的记录，不变。
rename-list =
    { $list ->
        [registry] 企业名录
        [workers] 特种作业人员名册
       *[inspectors] 执法人员名单
    }
rename-told = 您的姓名已由监管部门更正：“{ $before }”现为“{ $name }”。有误的，请联系监管部门。
rename-meanwhile = 刚有同事更正过，现在的姓名是“{ $name }”。没有改动，请核对后再办。
office-beside = { $name }已加入为{ $place }{ $role }，现有：{ $names }。
office-vacant = { $place }现在没有{ $role }：最后一位已退出。请邀请接替的人。
leave-alone = { $roles }只有您一人，退出后无人办理。建议先由接替的人加入再退出。
