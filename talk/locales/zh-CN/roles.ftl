# Roles end.
role-ended = 您在{ $place }的{ $role }身份已结束：{ $way ->
        [date] 已到约定的日期
        [replaced] 已由新的主要负责人接替
        [registry] 登记信息已变更为他人
        [operator] 由安全管理员办理
       *[staff] 由监管部门或本单位主要负责人办理
    }。有疑问的，请联系监管部门。
role-ended-reason = 原因：「{ $reason }」
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
seat-end-sure = 确定结束吗？{ $place }{ $role }{ $name }，原因：「{ $reason }」。结束后其不能再查看或办理，须有新的邀请码才能再加入。
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
