# What `anzhu pack check` finds wrong in a rule pack, and what to do.

pack-broken = 规则包“{ $pack }”有误，未启用。请运行 anzhu pack check { $pack } 查看问题。
pack-no-files = 此处没有规则包文件。请给出含有 .yaml 文件的文件夹。
pack-not-yaml = YAML 格式有误。请检查这一行和上一行的缩进、冒号和引号。
pack-not-text = 不是 UTF-8 文本。请用 UTF-8 编码另存。
pack-too-big = 内容过多或层次过深，无法读取。请拆分文件，并减少锚点（&、*）的引用。
pack-not-a-mapping = 文件应由“key: value”组成。请按随附规则包的格式书写。
pack-extends-what = extends 应写一个规则包的名称，或旁边文件夹的名称。
pack-no-base = 找不到要沿用的规则包“{ $name }”。请写随附规则包的名称，或本文件夹旁边的文件夹名。
pack-two-of-one-name = 随附的规则包和文件夹 { $folder } 都叫“{ $name }”，分不清沿用哪个。请给文件夹改名。
pack-extends-circle = 沿用绕成了圈：{ $way }。请去掉其中一个 extends。
pack-name-of-base = 本规则包与所沿用的同名“{ $name }”。请另起一个 name。
pack-no-base-to-change = 没有 extends，“{ $key }”无从改起。请写明沿用哪个规则包，或删除“{ $key }”。
pack-nothing-to-change = 所沿用的规则包里没有“{ $name }”。请改正，可写：{ $known }
pack-change-what = “{ $name }”下面应写要改的键和值。
pack-drop-what = drop 应是名称的列表，如 [drill, forms/drill]。
pack-in-base = 所沿用的规则包已有“{ $name }”。要改请写在 change 里；要换请先写进 drop；不是一回事请改名。
pack-key-twice = “{ $name }”在同一处写了两次。请保留一个。
pack-unwritable = 此处有文件里印不出、平台不收的字符（控制符等），请删去。
pack-missing = 缺少“{ $key }”。请补上。
pack-unknown-key = 不认识“{ $key }”。请改正拼写或删除。
pack-bad-value = “{ $key }”的值“{ $given }”不符合要求。请按随附规则包的格式改正。
pack-not-one-of = “{ $given }”不在可选值之内。请改为其中之一：{ $expected }。
pack-no-chinese = “{ $key }”没有中文。请补上 zh。
pack-no-clause = 任务没有依据条款。请补上 clause，如“三(一)1”。
pack-no-mark = “{ $given }”没有标记。通知规定的请写 [N]，法规等其他文件规定的写 [S]（只见到转载的写 [S~]），标准规定的写 [R]，推定或自定的写 [D]，如“2023-05-30 [N]”。
pack-bad-day = 看不懂日期“{ $given }”。请写成“2023-05-30 [N]”“day 28 [N]”“last day of month [D]”“day 15 of next month [N]”“03-31 of each year [D]”“01-31 of next year [N]”“period end + 3 days [N]”“period end + 20 working days [N]”之类；按事件计算的写“within 24 hours [D]”“within 20 working days [S]”。
pack-bad-moment = 看不懂提醒时刻“{ $given }”。请写成“opens”“opens + 1 working day”“halfway”“due - 3 days”“due + 1 day”之类。
pack-after = { $day }在行动及其收尾结束之后。请改正日期，或者用 closing 写明行动结束后还收尾多少天，如“closing: 45 days [D]”。
pack-bad-days = 看不懂天数“{ $given }”。请写成“45 days [D]”，1至999天。
pack-outside = { $day }不在行动期间之内。请改正日期，或改正 start 和 end。
pack-backwards = 结束早于开始。请改正日期。
pack-unknown-name = 没有定义“{ $given }”。请改为已有的名称（{ $known }），或先定义它。
pack-no-such-period = 该任务没有“{ $period }”这一期。请改正 period，一次性任务可不写。
pack-repeated = “{ $name }”重复。请改名或删除一个。
pack-every = 几年一次（every）只能与 cadence: yearly 同用，如 cadence: yearly、every: 3 years。
pack-shadowed = 这一条 variant 轮不到任何企业：前面的 variants 已经包括了它的全部范围，只按最先符合的一条算。请把范围小的放在前面，或者删去这一条。不同年份各自的日期请用 cadence: yearly。
pack-note-no-period = 行动期间没有一个够7天的周期，这一条谁也不用办。
pack-note-nobody = 归入这一条的企业在{ $periods }没有任务：后面的 variant 有，但只按最先符合的一条算。
pack-phases = phases 与 cadence: phase 须同时使用。请补上或删除其一。
pack-hours = “within … hours”只用于 cadence: event。请改为日期。
pack-due = 没有截止日，或 continuous 任务写了截止日。请补上或删除 due。
pack-trigger = 事件任务没有 trigger。请写明由什么事件产生。
pack-counts-nothing = 本行没有数据来源。请在 counts 中写明，如“ledger: [listed]”。
pack-length = “{ $given }”的字数不合要求。请写{ $shortest }至{ $longest }个字。
pack-many-places = 这一条有{ $number }个部位，按钮最多{ $most }个。请合并部位（place）。
pack-many-facts = 部位“{ $place }”有{ $number }种情形，最多{ $most }种。请分成两个部位。
pack-reserved-key = 键“{ $name }”由系统使用。请换一个键名。
pack-button = “{ $label }”放不进按钮。请写2至7个字。
pack-only-if = 条件与所指的题不符。是否题请写 is: true 或 is: false，单选题 is: 选项，多选题 has: 选项，数字题 above: 0。
pack-unmet = unmet、admits 的条件与本题不符。请只写一个条件：是否题 is: true 或 is: false，单选题 is: 选项，多选题 has: 选项或 lacks: 选项，数字题 is、above 或 below 加数字，日期题 before: 日期 [D] 或 campaign，文字和照片题 missing: true。
pack-bounds = 没有数字能符合。请改正 minimum、maximum，或删除 nothing。
pack-at-most = at_most 所指的不是数字题。请改为前面的数字题。
pack-bad-range = 看不懂人数“{ $given }”。请写成“100+”（100人以上，含100）或“30-99”。
pack-valid-from = 规则生效（valid）后才开始，而截止日{ $day }在此之前。请改正 valid 或 due。
pack-endless = 规则包没有 end，一次性任务要写明日期。请把 due 写成日期，如“2027-03-31 [D]”，或补上 end。
pack-no-standard = 没有判定标准（standard），无从对照自查。请补上 standard，或换一个 form。
pack-off = 不启用（off: true）的任务要写明尚待核实什么（unsure）。请补上。
pack-done-by = done_by 是事项办理的最后一天，但没有指明问办理日期的题。请加上 done_on，或删除 done_by。
pack-as-counted = as_counted 只用于自动统计的数，same 须是其中之一：{ $known }。请改正。
pack-counts-as = asked 须是该表单中的是否题（{ $known }）。请改正。
pack-how-many =
    { $most ->
        [0] “{ $key }”的项数不足。请至少写{ $least }项。
       *[other] “{ $key }”的项数不符。请写{ $least }至{ $most }项。
    }
