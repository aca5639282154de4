# Duties: cards, lists, reminders, receipts.
duty-heading = { $signature }{ $title }
duty-asked = 请您填报：{ $when }，约{ $minutes }分钟。
duty-any-time = 请您随时填报，约{ $minutes }分钟。
duty-overdue = ⚠️ { $when }。已完成的，请补填；尚未完成的，请说明情况。
duty-answered = ✅ 已于{ $at }填报，可更正。
duty-answered-routine = ✅ 已于{ $at }填报。此后常态推进，情况有变化的，可随时更新。
duty-explained = 已说明情况，等待工作人员处理。
duty-ground = 依据：{ $document }{ $plan }{ $clause }，{ $demand }。
duty-filled-by = { $title }正由{ $name }填写。

when-left = { $due }前，还有{ $days }天
when-left-short = { $due }前，还有{ $days }天
when-today = 今天（{ $due }）截止
when-overdue = 已逾期{ $days }天
when-open-end = 无截止日期
state-answered = { $at }已填报
state-explained = 已说明情况

option-fill = 现在填报
option-tomorrow = 明早提醒
option-delegate = 请安全员先填
option-ground = 填报依据
option-explain = 说明情况
option-correct = 更正
option-tasks = 全部任务

tasks-heading = 待办任务{ $number }项，请点序号填报：
tasks-none = 目前没有待填报的任务。
task-line = { $number }. { $title }：{ $when }
list-more = 还有{ $number }项。
option-more = 更多
task-button = 第{ $number }项
bundle-title = { $title }（{ $number }项）
bundle-heading = { $title }：共{ $number }项，还有{ $undone }项未填报。请点序号填报：

remind-soon = ⏰ { $title }：{ $when }。
remind-overdue = ⚠️ { $title }{ $when }。已完成的，请补填；尚未完成的，请说明情况。
digest-opened = { $signature }请您填报{ $number }项任务：
digest-soon = ⏰ 您有{ $number }项任务待填报：
digest-overdue = ⚠️ 您有{ $number }项任务待填报，其中有已逾期的：

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
reopened-done = 已退回{ $title }的情况说明，任务照常提醒。
reopened-told = 监管部门退回了{ $title }的情况说明，请填报或重新说明。
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
explain-confirm = 确认后交监管部门处理，任务仍未完成。

plain-present-label = 有无
plain-present-yes = 有
plain-present-no = 没有
plain-day = { $title }是哪天完成的？
plain-day-label = 完成日期
plain-day-hint = 请点选，或回复日期，如“{ $example }”。
plain-note = 请简要说明完成情况。
plain-note-label = 情况
plain-note-none = 不说明
form-hint = { $hint }{ $accepts }

submit-refused = { $title }没有提交：它已不需要填报，或已不由您填报。请回复 /tasks 查看您的任务。
receipt-given = ✅ 已收到您的{ $title }。回执编号 { $code }，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
receipts-given = ✅ 已收到您的{ $number }项填报：
receipts-line = { $title }：回执编号 { $code }
receipts-limits = 检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
receipt-how = 请回复“/receipt 回执编号”，如“/receipt K7Q4-M2PX”。
receipt-heading = 回执 { $code }
receipt-what = { $place }：{ $title }
receipt-when = 提交时间：{ $at }。
receipt-when-late = 提交时间：{ $at }（逾期提交）。
receipt-counts = 状态：有效，为该任务最近一次提交。
receipt-replaced = 状态：已由后来的提交取代。
receipt-limits = 回执仅证明已提交，不代表对内容的认定。
receipt-unknown = 没有这个编号的回执，请核对后再试。
receipt-pause = 试的次数过多，请一小时后再试。

bundle-parked = { $title }已填写，待一并提交：已填{ $ready }项，还有{ $left }项。
bundle-part = { $number }. { $title }
bundle-left = 另有{ $left }项未填报，可填完后一并提交。
bundle-confirm = 确认后以{ $name }名义提交以上{ $number }项，截止前可更正。
bundle-nothing-ready = { $title }中没有待提交的内容。
state-filled = 已填写，待一并提交
state-met = 由另一项一并完成，待提交
option-begin = 开始填报
option-next = 下一项
option-review = 核对提交
option-hand = 交负责人
option-list = 看清单
delegate-bundle-card = { $principal }请您先填{ $title }（{ $number }项）。填好后由主要负责人一次确认。
handed-bundle = { $officer }已填好{ $title }中的{ $number }项，请您核对，一次确认。

risk-add-card = { $place }（{ $district }）在{ $title }中填报有“{ $tag }”，登记信息中没有。采纳后加入登记信息，自即日起按此确定任务。
risk-remove-card = { $place }（{ $district }）在{ $title }中填报没有“{ $tag }”，登记信息中有。采纳后从登记信息中去掉，自即日起按此确定任务。
risk-accepted = 已采纳，{ $place }“{ $tag }”的登记信息已更新。
risk-refused = 未采纳，{ $place }“{ $tag }”的登记信息不变，不再提示。
risk-added = 监管部门已按您的填报，在登记信息中加入“{ $tag }”。
risk-removed = 监管部门已按您的填报，从登记信息中去掉“{ $tag }”。
option-adopt = 采纳
option-dismiss = 不采纳
