# Duties: cards, lists, reminders, receipts.
duty-heading = { $signature }{ $title }
duty-asked = 请您填报：{ $when }，约{ $minutes }分钟。
duty-any-time = 请您随时填报，约{ $minutes }分钟。
duty-overdue = ⚠️ { $when }。已完成的，请补填；尚未完成的，请说明情况。
duty-seen = { $when }，还没有填报。
duty-seen-overdue = ⚠️ { $when }，还没有填报。
duty-answered = ✅ 已于{ $at }填报{ $note }，{ $until }
correct-any-time = 可更正。
correct-until = { $due }前可更正。
correct-marked = 此后更正将注明日期。
# What is said of an answer beside when it was handed in.
filed-late = 逾期填报
deed-late = { $on }开展，晚于{ $latest }
deed-filed-late = { $on }按期开展，逾期填报
filed-note = （{ $what }）
duty-answered-routine = ✅ 已于{ $at }填报{ $note }。此后常态推进，情况有变化的，可随时更新。
duty-explained = 已说明情况，等待工作人员处理。
duty-excused = 情况说明已接受，不再催办。
duty-ground = 依据：{ $document }{ $plan }{ $clause }，{ $demand }。
duty-filled-by = { $title }正由{ $name }填写。

when-left = { $due }前，还有{ $days }天
when-left-short = { $due }前，还有{ $days }天
when-today = 今天（{ $due }）截止
when-overdue = 已逾期{ $days }天
when-returned = 已退回补正，请尽快重新提交
when-open-end = 无截止日期
state-answered = { $at }已填报{ $note }
state-explained = 已说明情况
state-excused = 情况说明已接受
state-receipt = 回执{ $code }，{ $state }

option-fill = 现在填报
option-tomorrow = 明早提醒
option-delegate = 请安全员先填
option-ground = 填报依据
option-explain = 说明情况
option-correct = 更正
option-tasks = 全部任务
option-hazards = 重大隐患
option-done-tasks = 已完成

tasks-heading = 待办任务{ $number }项，请点序号填报：
tasks-none = 目前没有待填报的任务。
tasks-overdue = 已逾期：
tasks-week = 本周：
tasks-later = 以后：
tasks-waiting = 待监管部门处理：
tasks-owed = { $number }项待填报
tasks-which = 请点序号选择要看的单位：
option-choose-place = 按单位查看
tasks-hazards = 重大隐患{ $number }处未销号。
tasks-hazards-overdue = 重大隐患{ $number }处未销号，其中{ $overdue }处整改已逾期。
tasks-done = 已完成{ $number }项（有回执）。
tasks-done-heading = 已完成{ $number }项，点序号可查看或更正：
task-line = { $number }. { $title }：{ $when }
list-more = 还有{ $number }项。
option-more = 更多
task-button = 第{ $number }项
bundle-title = { $title }（{ $number }项）
bundle-which = { $title }：请点序号选择要填报的单位：
bundle-heading = { $title }：共{ $number }项，还有{ $undone }项未填报。请点序号填报：

remind-soon = ⏰ { $title }：{ $when }。
remind-overdue = ⚠️ { $title }{ $when }。已完成的，请补填；尚未完成的，请说明情况。
digest-opened = { $signature }请您填报{ $number }项任务：
digest-soon = ⏰ 您有{ $number }项任务待填报：
digest-overdue = ⚠️ 您有{ $number }项任务待填报，其中已逾期{ $overdue }项：
digest-line = · { $title }：{ $when }
digest-others = 还有：{ $names }。
remind-beside = 另有已逾期{ $number }项：{ $names }。
digest-today = 今天（{ $day }）截止{ $number }项：{ $names }。
remind-beside-today = 另有今天截止{ $number }项：{ $names }。
remind-beside-unmet = 另有未达要求{ $number }项：{ $names }。
digest-ahead = { $title }（{ $when }）
digest-rest = 另有{ $number }项未到期。
option-all-tasks = 全部任务

ground-heading = { $title }的填报依据
ground-district = 对象：{ $district }应急管理局。
ground-municipal = 对象：市级安全生产监管单位。
ground-everybody = 对象：全部工贸企业。
ground-profile = 对象：登记信息含“{ $reasons }”的企业。登记有误的，请告知监管部门。
ground-when = 期限：{ $when }。

snoozed = 好的，{ $at }再提醒您{ $title }。
planned-for = 好的。{ $title }仍待填报，{ $day }上午提醒您。
explained-given = 已收到{ $title }的情况说明，等待工作人员处理。此前不再催办，任务仍未完成。
explained-card = { $place }对{ $title }说明情况：
excused-done = 已接受{ $title }的情况说明，不再催办。
excused-told = 监管部门已接受{ $title }的情况说明，不再催办。
excused-district = { $bureau }已接受{ $title }的情况说明，不再催办。
reopened-done = 已退回{ $title }的情况说明，任务照常提醒。
reopened-told = 监管部门退回了{ $title }的情况说明，请填报或重新说明。
reopened-district = { $bureau }退回了{ $title }的情况说明，请填报或重新说明。
delegate-card = { $principal }请您先填{ $title }，{ $when }。填好后由主要负责人确认。
delegate-done = 已请安全管理人员先填{ $title }，填好后请您确认。
delegate-nobody = 安全管理人员还没有加入，暂时转不了。

explain-title = { $title }情况说明
explain-reason = { $title }没有完成的原因是什么？
explain-reason-label = 原因
explain-reason-halted = 停产停业
explain-reason-gone = 已注销或迁出
explain-reason-other-trade = 非工贸企业
explain-reason-other = 其他
explain-halted-from = 停产停业从哪天开始？
explain-halted-from-label = 开始
explain-halted-until = 停产停业到哪天结束？
explain-halted-until-label = 结束
explain-day-hint = 请回复日期，如“{ $example }”。
explain-text = 请说明具体情况和计划完成的日期。
explain-text-label = 说明
explain-text-hint = 如“设备检修停产，计划7月10日完成”。
explain-district-hint = 如“月末组织考核，数据待核”。
explain-planned = 计划哪天完成？
explain-planned-label = 计划完成
explain-district-confirm = 确认后交上级应急管理部门处理，任务仍未完成。
explain-confirm = 确认后交监管部门处理，任务仍未完成。

plain-present-label = 有无
plain-present-yes = 有
plain-present-no = 没有
plain-day = { $title }是哪天完成的？
plain-day-label = 完成日期
plain-note = 请简要说明完成情况。
plain-note-label = 情况
plain-note-none = 不说明
form-hint = { $hint }{ $accepts }
form-counted = 本项取“应检应训”（/coverage）的统计数{ $number }，不另填。有出入的，请先到那里登记，再回来填报。

submit-refused = { $title }没有提交：它已不需要填报，或已不由您填报。请回复 /tasks 查看您的任务。
receipt-given = ✅ 已收到您的{ $title }。回执编号 { $code }，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
receipts-given = ✅ 已收到您的{ $number }项填报：
receipts-line = { $title }：回执编号 { $code }
receipts-hazards = 其中重大隐患{ $number }处，请逐条报告，进入台账；已报告的不必重复。
receipts-hazards-some = 其中重大隐患{ $number }处，台账中已有{ $there }处（{ $hazards }{ $more ->
        [0] {""}
       *[other] 等
    }）。其余请逐条报告，进入台账。
receipts-hazards-there = 其中重大隐患{ $number }处，台账中已有{ $there }处（{ $hazards }{ $more ->
        [0] {""}
       *[other] 等
    }），已报告的不必重复。
receipt-admits = 所填“{ $said }”，可能属于{ $criterion }，台账中还没有。请核对，属实的请报告隐患。
criterion-clause = 第{ $article }条第{ $item }项
criterion-named = 第{ $article }条第{ $item }项“{ $fact }”
receipt-correctable = { $due }前可更正，此后更正将注明日期。
receipts-limits = 检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
receipt-how = 请回复“/receipt 回执编号”，如“/receipt K7Q4-M2PX”。
receipt-heading = 回执 { $code }
receipt-what = { $place }：{ $title }
receipt-when = 提交时间：{ $at }{ $note }。
receipt-first = 本次为更正。首次提交：{ $at }。
receipt-counts = 状态：有效，为该任务最近一次提交。
receipt-counts-unmet = 状态：有效，为该任务最近一次提交；所报情况未达要求。
receipt-replaced = 状态：已由后来的提交取代。
receipt-limits = 回执仅证明已提交，不代表对内容的认定。
receipt-unknown = 没有这个编号的回执，请核对后再试。
receipt-pause = 试的次数过多，请一小时后再试。

bundle-parked = { $title }已填写，待一并提交：已填{ $ready }项，还有{ $left }项。
bundle-part = { $number }. { $title }
bundle-left = 另有{ $left }项未填报，可填完后一并提交。
bundle-confirm = 确认后以{ $name }名义提交以上{ $number }项，{ $due }前可更正。
bundle-confirm-late = 确认后以{ $name }名义提交以上{ $number }项。已过截止日，此后更正将注明日期。
bundle-nothing-ready = { $title }中没有待提交的内容。
state-filled = 已填写，待一并提交
state-met = 由另一项一并完成，待提交
option-begin = 开始填报
option-next = 下一项
option-review = 核对提交
option-hand = 交负责人
option-show-list = 看清单
delegate-bundle-card = { $principal }请您先填{ $title }（{ $number }项）。填好后由主要负责人一次确认。
handed-bundle = { $officer }已填好{ $title }中的{ $number }项，请您核对，一次确认。

risk-add-card = { $place }（{ $district }）填报有“{ $tag }”，登记信息中没有。采纳后加入登记信息，自即日起按此确定任务。
risk-remove-card = { $place }（{ $district }）填报没有“{ $tag }”，登记信息中有。采纳后从登记信息中去掉，自即日起按此确定任务。
risk-accepted = 已采纳，{ $place }“{ $tag }”的登记信息已更新。
risk-refused = 未采纳，{ $place }“{ $tag }”的登记信息不变，不再提示。
risk-added = 监管部门已按您的填报，在登记信息中加入“{ $tag }”。
risk-removed = 监管部门已按您的填报，从登记信息中去掉“{ $tag }”。
option-adopt = 采纳
option-dismiss = 不采纳

answers-heading = { $title }填报内容（{ $by }，{ $at }提交）：
answers-when = 提交情况：{ $what }。
answers-first = 首次提交：{ $at }，此后有更正。
answers-line = { $asked }　{ $answer }
answers-none = { $title }还没有可查看的填报。
answers-files-left = 还有{ $number }个文件。
option-answers = 查看填报

duty-unmet = 已于{ $at }填报（未达要求），达到要求后请重新填报。
state-unmet = 未达要求，承诺{ $day }前达到
state-unmet-open = 未达要求，还没有选择日期
tasks-unmet = 已填报，未达要求：
option-meet = 重新填报
option-promise = 选日期
option-promise-again = 改日期
option-this-week = 本周内
option-this-month = 本月内
option-by-due = 截止日前
unmet-line = 未达要求：{ $why }
unmet-evidence-short = 没有附{ $what }
unmet-evidence = 未达要求：没有附{ $what }
receipt-given-unmet = 已收到您的{ $title }填报（未达要求）。回执编号 { $code }，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
receipts-line-unmet = { $title }：回执编号 { $code }（未达要求）
receipt-demand = 《方案》{ $clause }要求：{ $demand }。
promise-title = { $title }的日期
promise-ask = { $title }将在哪天前达到要求？届时再请您填报。
promise-ask-several =
    以下几项将在哪天前达到要求？届时再请您填报。
    { $titles }
promise-label = 承诺日期
promise-hint = 请点选，或回复今天起至{ $example }的日期，如“{ $example }”。
promise-none = 还没有选择达到要求的日期。
promise-until = 承诺{ $day }前达到要求。
promise-passed = 承诺的日期{ $day }已过。
promise-not-needed = { $title }已不需要选择日期。请回复 /tasks 查看您的任务。
promised = 已记下：{ $title }，{ $day }前达到要求。
promised-next = 到时提醒您；提前达到的，可随时重新填报。
remind-unmet = ⚠️ { $title }已填报，还没有达到要求。已达到的，请重新填报；还没有的，请改日期或说明情况。
option-return-answer = 退回补正
option-put-right = 去补正
return-title = 退回{ $place }的{ $title }
return-ask = 退回{ $place }的{ $title }：请写一个问题或一句要求。
return-label = 需补正
return-hint = 如“请补充参加人数，并说明其余人员何时补训。”最多200字，对方会看到。
return-confirm = 确认后退回{ $place }，原回答保留，对方补正后重新提交。
return-too-late = { $title }没有退回：它已被退回，或已重新提交。请重新查看后再定。
returned-told =
    { $signature }{ $title }退回补正：{ $question }
    原回答已保留，请补正后重新提交。
returned-question = 需补正：{ $question }
returned-done = 已退回{ $place }的{ $title }，并已通知对方。
returned-untold = 已退回{ $place }的{ $title }。对方没有可用的聊天账号，请电话联系。
by-phone-unmet = 这次填报未达要求：

contradiction-admitted = { $title }填报“{ $said }”
contradiction-admitted-count = { $title }填报重大隐患{ $number }处
contradiction-check = { $admitted }，本次自查没有发现{ $criterion }的情形。
contradiction-check-count = { $admitted }，台账中有{ $there }处，本次自查发现{ $found }处。
contradiction-form = { $check }没有发现{ $criterion }的情形，本次填报“{ $said }”。
contradiction-form-count = { $check }没有发现重大隐患，台账中有{ $there }处，本次填报重大隐患{ $number }处。
contradiction-ask = { $told }请用一句话说明。
contradiction-label = { $name } 不一致说明
contradiction-label-count = 隐患数不一致说明
contradiction-hint = 如“{ $example }”，最多{ $limit }字，监管部门会看到。
contradiction-example = 2人已于6月8日取证，此前没有上岗
contradiction-example-count = 2处经复核属于一般隐患
contradiction-told = { $told }说明：“{ $why }”
receipt-contradiction = 已一并记录：{ $told }。
answers-moved = { $title }没有提交：有关的填报或统计数已有变化，其他回答已保留。请核对后再确认：
