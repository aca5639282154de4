# The annex table (调度表): its cards, how it is filed, what people change in it.
annex-heading = { $signature }{ $place }{ $month }进展情况调度表（{ $state }）
annex-state =
    { $state ->
        [submitted] 已填报待审核，截至{ $at }
        [approved] 已审核待报出，截至{ $at }
        [filed] 已报出，截至{ $at }
       *[draft] 草稿，截至{ $at }
    }
annex-block = { $title }：
annex-line = { $number }. { $label }：{ $figures }
annex-block-none = { $title }：{ $number }项都是0。
annex-rest = 其余{ $number }项为0。
annex-figures = { $figures }{ $changed ->
        [yes] （比{ $month }{ $change }）
       *[no] {""}
    }{ $override ->
        [yes] （人工改数，自动统计为{ $counted }，理由：{ $reason }）
        [carried] （以{ $since }人工改数为准，自动统计为{ $counted }，理由：{ $reason }）
        [restored] （已恢复统计数，理由：{ $reason }）
       *[no] {""}
    }
annex-from = { $day }起可以填报。
annex-remark =
    { $whole ->
        [yes] 已退回：{ $remark }
       *[no] { $row }已退回：{ $remark }
    }
annex-row-name = { $title }第{ $number }项

annex-button-block =
    { $block ->
        [A] 总体情况
        [B] 抽查检查
       *[C] 精准执法
    }
annex-button-submit = 填报
annex-button-approve = 审核通过
annex-button-return = 退回
annex-button-return-cell = 退回此项
annex-button-file = 报出
annex-button-sure = 确认报出
annex-button-withdraw = 撤回
annex-button-override = 改数
annex-button-table = 返回全表
annex-button-columns = 各地区
annex-button-own = 市本级

annex-button-paper = 下载表格
annex-making = 正在生成调度表，随后发来。
annex-paper-ready = { $place }{ $month }调度表（Word 和 Excel；未报出的为草稿）：
annex-file-name = 调度表
annex-block-heading = { $place }{ $month }调度表：{ $title }。点序号查看依据：
annex-cell = { $place }　{ $name }
    { $label }：{ $figures }
annex-cell-before = { $month }报出：{ $before }
annex-cell-override =
    { $kind ->
        [carried] 自动统计为{ $counted }，以{ $month }人工改数为准，填报{ $figures }（{ $who }改，理由：{ $reason }）。相差的数有记录补上后，自动恢复统计数；不再需要的，请点“改数”，再点“恢复统计数”。
        [restored] { $who }已恢复统计数，理由：{ $reason }
       *[yes] 自动统计为{ $counted }，{ $who }改为{ $figures }，理由：{ $reason }
    }
annex-cell-records = 依据{ $number }条：
annex-cell-none = 没有记录。
annex-record-name =
    { $kind ->
        [hazard] { $number }号隐患
       *[action] { $number }号记录
    }
annex-record =
    { $kind ->
        [hazard] { $number }号隐患　{ $place }　{ $what }　{ $day }
       *[action] { $number }号记录　{ $day }　{ $place }　{ $what }
    }

annex-corrections = { $month }报出后的更正{ $number }处：
annex-corrections-more = 另有{ $number }处，请看各项。
annex-correction-of = { $row }：{ $what }
annex-correction-late = 补记{ $record }（{ $day }）
annex-correction-gone = 减去{ $record }，原因：{ $why }
annex-correction-unsaid = 未说明

annex-odd = ⚠️ 请核实：
annex-odd-more = “{ $row }”为{ $value }，多于“{ $other }”的{ $against }
annex-odd-fell = “{ $row }”为累计数，现为{ $value }，少于{ $month }报出的{ $against }
annex-odd-zero = 全表各项都是0

annex-early = { $month }调度表从{ $day }起填报。现在可以先看草稿。
annex-not-begun = { $month }还没有开始（{ $day }起）。请选已经开始的月份，如“/annex 6月”。
annex-unknown = 没有这个月份或地区。请回复如“/annex 6月”；可选：{ $known }。
annex-moved = 数据已有变化，请按下面的新数核对后再办理：
annex-unexplained = “{ $row }”为累计数，现为{ $value }，少于{ $month }报出的{ $against }，还没有写明原因。请点“改数”，写明应报的数和理由，再填报。
annex-moved-since = 审核后数据有变化（{ $rows }），没有报出。请核对后重新填报、审核：
annex-stands =
    { $state ->
        [submitted] { $month }调度表已于{ $at }填报，等待审核。
        [approved] { $month }调度表已审核，等待报出。
        [filed] { $month }调度表已于{ $at }报出，不再改动。此后的变化计入下月。
       *[draft] { $month }调度表是草稿，还没有填报。
    }
annex-submitted = { $month }调度表已填报，已请领导审核。
annex-nobody-reviews = { $month }调度表已填报，但本地区领导还没有加入，暂时无人审核。请向市局索取领导的邀请码。
annex-to-review = { $who }请您审核：
annex-approved = { $month }调度表已审核通过，由联络人报出。
annex-approved-told = { $who }已审核通过，请报出：
annex-returned-told = { $who }退回了调度表：
annex-returned-done = 已退回{ $place }的{ $month }调度表，联络人会看到您的说明。
annex-sure = 报出{ $place }{ $month }调度表？报出后不能再改，此后的变化计入下月。
annex-filed = ✅ { $month }调度表已于{ $at }报出。

annex-city-heading = { $signature }{ $month }调度表：已报出{ $number }个，共{ $all }个
annex-city-missing = 未报出（下列数字按草稿合计）：{ $places }
annex-city-returned = 已退回、待重新报出（仍按原报出数合计）：{ $places }
annex-city-columns = { $month }调度表，点序号查看：
annex-city-column =
    { $state ->
        [filed] { $place }：{ $figures }
       *[draft] { $place }：{ $figures }（未报出）
    }

annex-override-title = { $label }改数
annex-override-again = “{ $label }”已人工改过。这次怎么改？
annex-override-again-label = 方式
annex-override-counted = 恢复统计数
annex-override-other = 另改一个数
annex-override-count =
    { $of ->
        [1] “{ $label }”应为多少？自动统计为{ $counted }。
       *[2] “{ $label }”第{ $place }个数应为多少？自动统计为{ $counted }。
    }
annex-override-count-label =
    { $of ->
        [1] 数字
       *[2] 第{ $place }个数
    }
annex-override-money = 处罚金额累计多少？自动统计为{ $counted }万元。
annex-override-money-label = 处罚金额
annex-override-reason = 理由是什么？理由与数字一同保存。
annex-override-reason-label = 理由
annex-override-reason-hint = 如“含纸质上报1处，见6月20日来函”。
annex-override-confirm = 确认后{ $place }草稿按此数填报，自动统计数仍保留。
annex-return-title = 退回{ $place }调度表
annex-return-ask =
    { $whole ->
        [yes] 请用一句话说明{ $place }调度表哪里要改。
       *[no] 请用一句话说明{ $place }“{ $label }”哪里要改。
    }
annex-return-hint = 如“第2项与台账不符，请核实”。

action-no-row = 没有“{ $given }”这一项。可录入：{ $known }。
action-of-city = “{ $label }”由市局填写，区县为0。
action-day = 日期应在{ $first }至{ $last }之间。
action-which-enterprise = “{ $label }”按企业统计，请写明名录中的企业。
action-figures = “{ $label }”应有{ $number }个数，不能小于0；除万元外应为整数。
action-taken-back = 这条记录已经冲销，或本身就是冲销记录。
action-reason = 冲销须写明理由。
telegram-command-annex = 调度表

cli-about-annex = 每月进展情况调度表
cli-help-annex = 某月的进展情况调度表：已报出的按报出时，未报出的按草稿。不指定区县时为全市合计，各地区和市本级各一列。
cli-name-month = 月份
cli-option-month = 月份，如 2023-06
cli-option-annex-out = 写入此文件（.docx、.xlsx、.pdf），已有的覆盖
cli-annex-kind = 不能写成“{ $given }”。文件名请以{ $known }之一结尾。
cli-annex-written = 已写入 { $file }。
cli-no-such-month = 没有“{ $given }”的调度表。请用：{ $known }。
cli-month-to-come = { $given }还没有开始（{ $day }起），没有数据。请换已经开始的月份。
cli-column-row = 项目
cli-column-figures = 数
