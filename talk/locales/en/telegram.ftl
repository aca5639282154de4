# Telegram: menus of commands, files, running
telegram-command-tasks = Open tasks
telegram-command-hazards = Major hazards
telegram-command-report = Report a major hazard
telegram-command-permit = Apply for hot work
telegram-command-permits = Hot-work permits
telegram-command-district = Progress of the district
telegram-command-workers = certified workers
telegram-command-receipt = Verify a receipt
telegram-command-file = inspection file
telegram-command-me = My data
telegram-command-language = 语言 Language
telegram-command-feedback = Feedback and complaints
telegram-command-help = Help
telegram-file-failed = The file you sent could not be fetched. Please send it again.

telegram-about-run = Run the configured channels and the scheduler
telegram-help-run =
    Runs the bot: receives and sends on Telegram, plans and reminds every minute. Ctrl-C stops it.
    ANZHU_TELEGRAM_TOKEN must be set; ANZHU_TELEGRAM_API is the address of a Bot API server;
    ANZHU_TELEGRAM_LIBRARY is ptb (default) or aiogram.
telegram-runs = Running as @{ $name }; Ctrl-C stops it.
telegram-no-token = No channel is set up. Please set ANZHU_TELEGRAM_TOKEN (ask @BotFather for one).
telegram-bad-token = ANZHU_TELEGRAM_TOKEN is not a token: it looks like “123456789:AAE…”.
telegram-no-library = { $name } is not installed. Please run pip install "anzhu[{ $name }]".
