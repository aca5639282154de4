# 执法 (/actions): what a bureau did is entered, listed, taken back.
action-title = 录入{ $place }执法情况
action-row = { $place }：录入哪一项？
action-row-label = 项目
action-rows =
    { $lines }
    可点选，也可回复编号。
action-accepts-row = 请点选，或回复1至{ $last }中的一个编号。
action-on = 是哪天办理的？
action-on-label = 日期
action-enterprise = 涉及哪家企业？
action-enterprise-label = 企业
action-enterprise-hint = 请回复统一社会信用代码，或名称中的几个字。
action-enterprise-none = 不写企业
action-enterprise-unknown = 您管辖的名录中没有“{ $text }”。请核对名称，或回复18位统一社会信用代码。
action-enterprise-several = 有{ $number }家符合：{ $names }。请回复其中一家的统一社会信用代码。
action-figure =
    { $figure ->
        [areas-guided] 帮扶指导重点市、县多少个次？
        [enterprises-guided] 帮扶指导重点企业多少家次？
        [penalties] 行政处罚多少次？
        [penalty-amount] 罚款多少钱？
        [dual-penalties] “一案双罚”多少次？
        [transferred-to-justice] 移送司法机关多少人？
        [cases-published] 公布典型执法案例多少个？
        [crime-cases-published] 其中危险作业罪案例多少个？
        [held-accountable] 追责问责多少人？
        [seizures] 查封、扣押多少次？
        [cross-checks] 交叉检查多少家次？
        [accidents] 生产安全事故多少起？《生产安全事故报告和调查处理条例》第九条：单位负责人接报后1小时内上报。
        [accident-deaths] 其中死亡多少人？
       *[areas-summoned] 约谈通报多少次？
    }
action-figure-label =
    { $figure ->
        [areas-guided] 个次
        [enterprises-guided] 家次
        [penalties] 处罚次数
        [penalty-amount] 罚款金额
        [dual-penalties] 双罚次数
        [transferred-to-justice] 移送人数
        [cases-published] 案例数
        [crime-cases-published] 危险作业罪
        [held-accountable] 问责人数
        [seizures] 查封扣押次数
        [cross-checks] 交叉检查家次
        [accidents] 事故起数
        [accident-deaths] 死亡人数
       *[areas-summoned] 约谈次数
    }
action-figure-none = 没有
action-unit =
    { $figure ->
        [areas-guided] 个次
        [enterprises-guided] 家次
        [penalty-amount] 万元
        [transferred-to-justice] 人
        [held-accountable] 人
        [cases-published] 个
        [crime-cases-published] 个
        [penalties] 次
        [dual-penalties] 次
        [areas-summoned] 次
        [seizures] 次
        [cross-checks] 家次
        [accidents] 起
        [accident-deaths] 人
       *[other] 家
    }
action-accepts-money = 请写明单位，如“52000元”或“5.2万元”；没有罚款的，回复“0”。
action-money-unit = “{ $number }”是元还是万元？请写明单位，如“{ $number }万元”。
action-money-most = 一次录入不能超过{ $most }万元，请核对。
action-money-both = { $yuan }元，合{ $wan }万元
action-note = 文书编号或说明是什么？
action-note-label = 说明
action-note-hint = 如“（浑）应急罚〔2023〕12号”。
action-note-none = 没有
action-confirm = 确认后计入{ $place }调度表。录入后不能修改，有误的，冲销后重新录入。
action-enter = 确认录入

action-back-title = 冲销{ $number }号记录
action-back-ask = { $number }号记录“{ $label }”{ $figures }，为什么冲销？
action-back-label = 原因
action-back-hint = 原因与原记录一同保存。如“与11号记录重复”。
action-back-confirm = 确认后{ $number }号记录不再计入调度表；已报出的表不变，差额计入下月。
action-back-yes = 确认冲销

action-heading = { $signature }{ $number }号记录
action-entered = ✅ 已录入，编号{ $number }。
action-what = { $label }：{ $figures }，{ $day }
action-where = 企业：{ $name }
action-noted = 说明：{ $note }
action-by = 录入：{ $name }，{ $at }
action-taken-back-by = 已冲销，不再计入（{ $name }，{ $at }），原因：{ $reason }
action-correct = 更正
action-new = 录入
action-list = 录入情况
action-list-before = 上月录入
action-list-heading = { $place }{ $month }录入执法情况，有效{ $number }条：
action-list-none = { $place }{ $month }还没有录入执法情况。
action-list-city = 要看区县的，请回复“/actions 区县”，如“/actions 浑南区”。
action-list-unknown = 没有这个月份或地区。请回复如“/actions 6月”；月份可选：{ $known }。
action-line =
    { $gone ->
        [yes] { $number }号 { $label } { $figures }（已冲销）
       *[no] { $number }号 { $label } { $figures }
    }
action-line-when = { $day }，{ $name }录入
telegram-command-actions = 执法情况

annex-records = { $place }“{ $label }”依据{ $number }条，点序号查看：
annex-record-place = { $day }　{ $place }　{ $what }
annex-button-records = 逐条查看
annex-button-cell = 返回此项
