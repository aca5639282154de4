# 三权分立：系统管理员、安全管理员、审计管理员。
administrators-refused =
    { $command } 由{ $office ->
        [system] 系统管理员
        [security] 安全管理员
       *[audit] 审计管理员
    }办理：{ $holders }。您是{ $operator }，不能办理。
administrators-other-name = 已分设管理员，不能用 --operator 另报姓名：您是{ $operator }，不是{ $claimed }。
administrators-malformed = { $file } 不是管理员名单。三项都要有：{ $offices }，各一行，如“{ $example }”。
administrators-none = 没有分设系统、安全、审计管理员，能运行命令的人什么都能做。请用 ANZHU_ADMINISTRATORS 分设。
administrators-several = 系统、安全、审计管理员没有完全分开，一人兼任的：{ $names }。
administrators-apart = 系统、安全、审计管理员已分设，互不兼任。
administrators-writable = 管理员名单 { $file } 别人也能修改。请改为只有其所有者可写：chmod go-w。
