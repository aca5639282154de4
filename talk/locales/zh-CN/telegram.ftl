# Telegram：命令菜单、收文件、设置
telegram-command-tasks = 待办任务
telegram-command-hazards = 重大隐患台账
telegram-command-report = 报告重大隐患
telegram-command-accident = 报告生产安全事故
telegram-command-permit = 申请动火作业
telegram-command-permits = 动火作业票
telegram-command-district = 本区进度
telegram-command-workers = 特种作业人员
telegram-command-people = 人员身份
telegram-command-receipt = 核验回执
telegram-command-file = 迎检资料
telegram-command-me = 我的资料
telegram-command-language = 语言 Language
telegram-command-feedback = 意见与投诉
telegram-command-health = 运行状态
telegram-command-help = 帮助
telegram-file-awaited = 您发的文件还没有取到，正在继续取；您之后发的内容会在它之后处理，不用重发。
telegram-file-failed = 没能取到您发的文件。请再发一次。

telegram-no-token = 没有可用的通道。请设置 ANZHU_TELEGRAM_TOKEN（向 @BotFather 申请）。
telegram-bad-token = ANZHU_TELEGRAM_TOKEN 不正确：应形如“123456789:AAE…”。
telegram-no-library = 没有安装 { $name }。请运行 pip install "anzhu[{ $name }]"。
