# The check against the criteria of major hazards.
criteria-group = 第{ $number }条{ $article }｜{ $place }
criteria-scope =
    本次对照工贸行业判定标准。其他方面另有标准：{ $others }。
    { $ask }
criteria-fact-in-full =
    { $fact }
    原文：{ $text }。
criteria-facts =
    { $facts }
    有的请点序号，或回复“1、3”；都没有的，请点“本组均无”。已查{ $done }/{ $total }条。
criteria-fact-with-note = { $fact }（{ $note }）
criteria-nth = 情形{ $number }
criteria-none = 本组均无
criteria-checked = 已查{ $done }/{ $total }条，发现{ $found }个。确认后发现的隐患进入台账，不用再填。
criteria-own-words =
    第{ $article }条第{ $item }项原文：{ $text }。
    本企业确有此情形吗？
criteria-own-words-label = { $name } 核对
criteria-article-14 = 装置已设置但失效的，按第14条同样判定。
criteria-is = 确有此问题
criteria-failed = 已设置但失效
criteria-is-not = 不属于
criteria-place = “{ $fact }”在现场哪个部位？
criteria-place-label = { $name } 部位
criteria-place-hint = 如“2号转炉煤气加压站”。
criteria-photos = 现场照片
criteria-photos-hint = 请发送照片，可发多张；暂时没有的，请点“不附了”。
criteria-photos-label = { $name } 照片
criteria-fixed = 这一处当场整改好了吗？
criteria-fixed-label = { $name } 整改
criteria-fixed-yes = 已整改
criteria-fixed-no = 还没有
criteria-person = 整改责任人是谁？
criteria-person-label = { $name } 责任人
criteria-person-hint = 如“设备部王演五”。
criteria-measures = 采取什么整改措施？
criteria-measures-label = { $name } 措施
criteria-measures-hint = 如“加装固定式一氧化碳报警器，接入值班室”。
criteria-funds = 整改资金多少元？
criteria-funds-label = { $name } 资金
criteria-funds-hint = 请回复金额，如“3万元”；不需要资金的，请回复“0元”。
criteria-deadline = 整改期限是哪天？
criteria-deadline-label = { $name } 期限
criteria-deadline-hint = 请回复今天或以后的日期，如“15天后”。
criteria-contingency = 整改完成前，有什么应急预案？
criteria-contingency-label = { $name } 应急预案
criteria-contingency-hint = 如“停用该区域，专人携带便携式报警器值守”。
