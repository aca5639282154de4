# Telegram: menus of commands, files, settings
telegram-command-tasks = Open tasks
telegram-command-hazards = Major hazards
telegram-command-report = Report a major hazard
telegram-command-accident = Report an accident
telegram-command-permit = Apply for hot work
telegram-command-permits = Hot-work permits
telegram-command-district = Progress of the district
telegram-command-workers = certified workers
telegram-command-people = roles of people
telegram-command-receipt = Verify a receipt
telegram-command-file = inspection file
telegram-command-me = My data
telegram-command-language = 语言 Language
telegram-command-feedback = Feedback and complaints
telegram-command-health = How the bot is
telegram-command-help = Help
telegram-file-awaited = The file you sent has not come through yet and is still being fetched; what you send meanwhile is handled after it. No need to send anything again.
telegram-file-failed = The file you sent could not be fetched. Please send it again.

telegram-no-token = No channel is set up. Please set ANZHU_TELEGRAM_TOKEN (ask @BotFather for one).
telegram-bad-token = ANZHU_TELEGRAM_TOKEN is not a token: it looks like “123456789:AAE…”.
telegram-no-library = { $name } is not installed. Please run pip install "anzhu[{ $name }]".
