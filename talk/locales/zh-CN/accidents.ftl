# 事故报告 (/accident)：《生产安全事故报告和调查处理条例》
accident-title = 事故报告（{ $name }）
accident-which = 您负责多家企业，请选择发生事故的企业：
accident-place = ⚠️ 请先救人、控制现场，拨打119、120，并电话报告{ $bureau }。事故发生在哪里？
accident-place-label = 事故地点
accident-place-hint = 如“2号车间除尘器平台”。依据：《生产安全事故报告和调查处理条例》第九条，单位负责人接报后{ $hours }小时内上报。
accident-happened = 是什么时候发生的？
accident-happened-label = 发生时间
accident-happened-hint = 请点选，或回复时间，如“14:30”“昨天22:10”。
accident-future = { $moment }还没到。请回复事故发生的时间，如“14:25”。
accident-what = 经过和现场情况如何？
accident-new = { $number }号事故有什么新情况？
accident-what-label = 简要经过
accident-what-hint = 如“清理除尘器时闪爆，明火已扑灭”。请勿写伤亡人员的姓名和证件号。
accident-people =
    { $who ->
        [dead] 已经或可能造成多少人死亡？
        [missing] 下落不明多少人？
       *[injured] 受伤多少人？
    }
accident-people-label =
    { $who ->
        [dead] 死亡
        [missing] 下落不明
       *[injured] 受伤
    }
accident-unit = 人
accident-nobody = 没有
accident-loss = 初步估计直接经济损失多少？
accident-loss-label = 直接经济损失
accident-loss-hint = 如“约30万元”。
accident-loss-none = 尚不清楚
accident-measures = 已采取哪些措施？
accident-measures-label = 已采取措施
accident-measures-hint = 如“已撤离全部人员，切断电源气源，伤者送医”。
accident-confirm = 确认后立即报送{ $bureau }和{ $city }。本系统的报告不代替电话报告和法定的事故报告。
accident-yes = 确认上报
accident-filed = ✅ 已报送{ $number }号事故报告，接收单位：{ $bureau }、{ $city }。请同时电话报告{ $bureau }。
accident-filed-unread = ⚠️ { $number }号事故报告已保存，但目前没有工作人员能收到消息。请立即电话报告{ $bureau }。
accident-filed-law = 有新情况的，点“补报”。依据：《生产安全事故报告和调查处理条例》第十三条，{ $days }日内伤亡人数有变化的应当补报，火灾为7日内。
accident-over = { $number }号事故已超过{ $days }日，不能在这里补报。请向{ $bureau }书面报告。
accident-told = { $signature }⚠️ { $name }　{ $number }号事故报告
accident-told-added = { $signature }⚠️ { $name }　{ $number }号事故补报
accident-where = { $at }，{ $place }
accident-casualties = 死亡{ $dead }人，下落不明{ $missing }人，受伤{ $injured }人
accident-said = 经过：{ $what }
accident-cost = 直接经济损失：{ $loss }
accident-done = 已采取措施：{ $measures }
accident-by = 报告人：{ $name }　{ $at }，距事故发生{ $after }
accident-minutes = { $minutes }分钟
accident-hours = { $hours }小时{ $minutes }分钟
accident-law = 请立即电话核实。依据：《生产安全事故报告和调查处理条例》第十一条，逐级上报，每级不超过{ $hours }小时。
accident-added = { $at }补报（{ $name }）：{ $casualties }；{ $what }
accident-noted = { $name } { $at }已知悉
accident-taken-note = { $number }号事故报告：{ $bureau }{ $name }已知悉。
accident-option-add = 补报
accident-option-seen = 收到
accident-option-enter = 录入执法
accident-option-report = 报告事故
accidents-heading = { $places }近{ $days }天的事故报告：{ $number }件
accidents-none = { $places }近{ $days }天没有事故报告。
accident-entry = { $number }号 { $name }：{ $place }
accident-entry-when = { $at }，{ $casualties }
