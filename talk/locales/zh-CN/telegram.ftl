# Telegram：命令菜单、收文件、运行
telegram-command-tasks = 待办任务
telegram-command-hazards = 重大隐患台账
telegram-command-report = 报告重大隐患
telegram-command-permit = 申请动火作业
telegram-command-permits = 动火作业票
telegram-command-district = 本区进度
telegram-command-workers = 特种作业人员
telegram-command-receipt = 核验回执
telegram-command-file = 迎检资料
telegram-command-me = 我的资料
telegram-command-language = 语言 Language
telegram-command-feedback = 意见与投诉
telegram-command-help = 帮助
telegram-file-failed = 没能取到您发的文件。请再发一次。

telegram-about-run = 运行已配置的通道和定时任务
telegram-help-run =
    运行机器人：收发 Telegram 消息，每分钟生成任务和提醒。按 Ctrl-C 停止。
    须设置 ANZHU_TELEGRAM_TOKEN；ANZHU_TELEGRAM_API 为 Bot API 服务器地址；
    ANZHU_TELEGRAM_LIBRARY 为 ptb（默认）或 aiogram。
telegram-runs = 正在以 @{ $name } 运行，按 Ctrl-C 停止。
telegram-no-token = 没有可用的通道。请设置 ANZHU_TELEGRAM_TOKEN（向 @BotFather 申请）。
telegram-bad-token = ANZHU_TELEGRAM_TOKEN 不正确：应形如“123456789:AAE…”。
telegram-no-library = 没有安装 { $name }。请运行 pip install "anzhu[{ $name }]"。
