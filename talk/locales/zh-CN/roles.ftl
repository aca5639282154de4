# Roles end.
role-ended = 您在{ $place }的{ $role }身份已结束：{ $way ->
        [date] 已到约定的日期
        [replaced] 已由新的主要负责人接替
        [registry] 登记信息已变更为他人
        [operator] 由系统管理员办理
       *[staff] 由监管部门或本单位主要负责人办理
    }。有疑问的，请联系监管部门。
role-ended-reason = 原因：「{ $reason }」
role-ended-talks = 您没有填完的内容已收起，由接替的人继续：{ $titles }。
role-ended-none = 您现在不代表任何单位。个人资料可用 /me 查看、导出或退出。
locked = 这个账号已锁定，不能使用。请联系监管部门，凭新的一次性代码恢复。
locked-back = ✅ { $name }，已恢复使用：{ $roles }。原来的账号已解除绑定。请回复 /tasks 查看任务。
role-end-planned = { $place }{ $role }身份到{ $day }结束。
role-end-past = { $day }已经过去，请写今天或以后的日期。
