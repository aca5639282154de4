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
