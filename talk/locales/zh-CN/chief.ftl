# The morning's card of staff, what waits for their decision, the card of the 28th.
morning-heading = { $signature }{ $day }待办情况
morning-district = { $district }：{ $enterprises }家企业{ $number }项
morning-overdue = 目前共{ $enterprises }家企业{ $number }项逾期未填报。
morning-unmet =
    { $passed ->
        [0] 已填报、未达要求{ $number }项。
       *[other] 已填报、未达要求{ $number }项，其中承诺日期已过{ $passed }项。
    }
morning-hazards = 重大事故隐患超过整改期限的：{ $number }处
morning-reinspect = 企业已整改、待复查的：{ $number }处
morning-unsigned =
    { $own ->
        [0] 待签名的抽查：{ $number }家次
       *[other] 待签名的抽查：{ $number }家次，其中待您签名{ $own }家次
    }
morning-waiting = 待您处理的：{ $number }项
morning-unreachable = 主要负责人新近联系不上或已退出的{ $number }家：{ $names }
morning-own = 本地区待办{ $number }项：
morning-own-overdue = ⚠️ 本地区待办{ $number }项，其中已逾期{ $overdue }项：
morning-button-district = 逾期情况
morning-button-waiting = 待您处理

waiting-heading =
    { $number ->
        [0] 目前没有待您处理的事项。
       *[other] 待您处理的{ $number }项，点序号办理：
    }
waiting-explanation = 说明{ $title }未完成的情况
waiting-principal = 另有人申请任主要负责人
waiting-risk = 填报的“{ $tag }”与登记信息不同
waiting-problem = 调度填报的问题需协调
waiting-hazard = { $number }号隐患是否属于重大，请认定
waiting-extension = { $number }号隐患申请延期，请决定
waiting-annex = { $month }调度表有一项被退回，须重新报出
waiting-gone = 这一项已处理过，或不由您处理。

annex-button-chief = 本月简报
chief-heading = { $signature }{ $month }调度情况（截至{ $at }）
chief-filed = 调度表已报出{ $number }个，共{ $all }个。
chief-missing = 未报出也未说明的{ $number }个：{ $places }
chief-explained = 未报出，已说明：{ $place }（{ $why }）
chief-changes = 与{ $month }相比，有变化的{ $number }项：
chief-change = { $label }：{ $figures }（{ $change }）
chief-same = 各项与{ $month }相同。
chief-hazards = 未销号的重大事故隐患：{ $number }处
chief-unasked = 其中本周尚未填报整改进展的{ $number }处：
chief-unasked-line = { $district }　{ $name }：{ $number }处
chief-unasked-more = 另有{ $number }家未列出。
chief-picture = { $month }各地区发现、整改和报出情况：
chief-file-name = { $month }调度简报
pack-bad-time = “{ $given }”不是时刻。请写作“17:00 [D]”。

cli-help-audit-show = 谁看过、导出过个人信息：时间、人员编号、方式、对象、涉及人数。命令行的操作没有人员编号。
cli-name-person-number = 人员编号
cli-option-audit-person = 只列这个人的
cli-column-what = 方式
cli-column-people = 人数
cli-bad-person-number = “{ $given }”不是人员编号。编号见 anzhu people。
