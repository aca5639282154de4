# Starting in earnest (anzhu start)
cli-about-start = 正式启用：选规则包、导入名录、试算第一周，确认两次后开始
cli-help-start =
    逐项询问规则包、企业名录、应办起始日、各区县的工作人员；体检并在临时库中试算第一周，什么都不发送。再次确认后才写入设置、导入名录。每个问题都有对应的参数。
cli-option-start-pack = 规则包：自带的名称，或文件夹
cli-option-start-registry = 企业名录（.xlsx 或 .csv）
cli-option-owed-from = 从哪天起有应办事项，如 2026-12-01
cli-option-clerk = 某区县的工作人员，如 浑南区=孙演清；可写多次
cli-name-clerk = 区县=姓名
cli-option-env = 写入设置的文件，默认 .env
cli-option-yes = 两次确认都答“是”
cli-ask-pack = 用哪个规则包？自带：{ $known }；自编的写文件夹路径。直接回车沿用现有设置。
cli-ask-registry = 企业名录在哪个文件？（.xlsx 或 .csv）
cli-ask-owed-from = 从哪天起有应办事项？此前的不追办。直接回车为 { $day }。
cli-ask-clerk = { $district }由谁负责？请写姓名；暂未确定的，直接回车。
cli-ask-first-yes = 以上对吗？回复“是”，试算第一周（不发送）。
cli-ask-second-yes = 正式开始吗？回复“是”，写入 { $file } 并导入名录。
cli-start-missing = 没有终端可以询问，请写明 { $option }。尚未写入任何内容。
cli-start-begun = 这里已经启用：名录或任务已在库中。要更新名录，请用 anzhu import enterprises。
cli-start-resumes = { $file } 里已有上次写好的设置，名录还没有导入；接着办。
cli-start-rehearsal = 设置了 ANZHU_CLOCK_START，这是演练。正式启用请先去掉它。
cli-start-env-unread = 设置文件 { $file } 不是 UTF-8 文本，请改存为 UTF-8 后再运行。
cli-start-over = “{ $title }”已于{ $last }结束，不能启用。请用 anzhu pack renew { $pack } --year 年份 编出新一年的规则包。
cli-start-bureau = { $title }。通知以规则包里的名义发出：{ $bureau }及各区县的部门。
cli-start-unwell = 体检有不对的地方，尚未开始。请按上面所说处理后再运行。
cli-start-faulty = 名录有误，尚未写入任何内容。请按上面各行改正后再运行。
cli-bad-clerk = 看不懂“{ $given }”。请写成 区县=姓名，如 浑南区=孙演清。
cli-start-no-clerk = { $district }还没有工作人员：上报的事项暂时无人接收。
cli-start-first = { $title }；名录 { $file }，{ $number }家企业；从{ $day }起有应办事项。
cli-start-left = 没有开始，没有写入任何内容。要开始，请回复“是”，或加 --yes 再运行。
cli-start-week = 第一周试算（从{ $first }早晨起，设所有人都已加入、都还没有填报）：
cli-start-owed = 　{ $title }：{ $number }项
cli-start-said = 　{ $day }：给企业{ $enterprises }条，给工作人员{ $clerks }条
cli-start-example = { $enterprise }最先收到的是：
cli-start-nothing-sent = 以上都没有发送。
cli-start-written = 已写入 { $file }（仅本人可读）：{ $values }。
cli-start-kept = 文件里原有的照旧：{ $names }。
cli-start-next = 已启用。接下来请依次运行：
