# What every question says: what it accepts, its buttons, its hints, the summary.
option-yes = 是
option-no = 否
option-today = 今天
option-yesterday = 昨天
option-now = 现在
option-same = 同上次
option-done = 完成
option-back = 上一步
option-edit = 修改
option-return = 退回
option-confirm = 确认提交
option-picked = ✓{ $label }

ask-with-step = { $ask }（{ $number }/{ $total }）
summary-line = { $label }：{ $value }
confirm-check = 请您核对：
confirm-until = 确认后以{ $name }名义提交，{ $due }前可更正。
confirm-any-time = 确认后以{ $name }名义提交，随时可更正。
edit-which = 请点选要修改的一项：
return-which = 请点选要退回重填的一项：
returned-remark = 退回说明：{ $remark }

shown-day = { $day }
shown-moment = { $moment }
shown-count = { $number }{ $unit }
shown-nothing = 无
shown-photos = { $number }个文件
amount-yuan = { $amount }元

accepts-option = 请点选“{ $first }”或“{ $second }”。
accepts-choice = 请点选一项，或回复它的名称，如“{ $example }”。
accepts-choices = 请点选一项或几项，再点“完成”。
accepts-choices-free = 请点选一项或几项再点“完成”，也可直接回复文字。
accepts-choices-or-none = 请点选有的项，或回复序号，如“1、3”；没有的，请点“{ $none }”。
accepts-count = 请回复数字，如“{ $example }”。
accepts-amount = 请回复金额，如“30000元”或“3万元”。
day-hint = 请点选，或回复日期，如“{ $example }”。
accepts-day = 请回复{ $first }至{ $last }之间的日期，如“{ $example }”。
accepts-day-in-month = 请回复{ $month }月内的日期，如“{ $example }”。
accepts-moment = 请回复时间，如“14:30”。
accepts-text = 请回复文字，不超过{ $limit }字。
accepts-phone = 请回复电话号码，如“024-22334455”或11位手机号。
accepts-photo = 请发送照片。
accepts-photo-or-file = 请发送照片或文件。
accepts-confirm = 请点选“{ $confirm }”，或点“修改”。

hint-not-understood = 未能识别“{ $text }”。{ $accepts }
hint-kept = 前面的回答已保留。
hint-too-long = 最多{ $limit }字，您发了{ $length }字，未保存。请缩短后再发。
hint-range = 请回复{ $minimum }至{ $maximum }之间的数字。
hint-day-future = { $day }还没到。{ $accepts }
hint-day-past = { $day }已过。{ $accepts }
hint-day-outside = { $day }不在范围内。{ $accepts }
hint-too-many-photos = 最多{ $limit }个文件，这次没有保存。
hint-not-a-photo = “{ $name }”不是照片，没有保存。请发送拍的照片；文件可以拍照后发送。

photo-ask = 请发送照片或文件，可发多张。
photo-label = 附件
photo-attach = 附照片
photo-none = 不附了

tap-not-yours = 这个按钮已不能用。请回复 /tasks 查看您的任务。
tap-answered = 这一项您已回答：{ $value }。
tap-outdated = 这一项已不需要回答。请看最新的一条消息。
tap-finished = { $title }已经办完。
back-at-start = 这已是第一题。
talk-no-longer-yours = 您现在不能办理这件事，对话已关闭，填过的内容不会丢失。
waiting-kept = { $title }还没有填完，已为您保留。
waiting-resumed = 接着填{ $title }。
cancelled = 已放下{ $title }，填过的内容都在，随时可从 /tasks 接着填。
cancelled-unlisted = 已放下{ $title }，还没有提交，填过的内容都在。
option-resume = 接着填

handed-card = { $officer }已填好{ $title }，请您核对确认。
handed-over = 已交主要负责人核对{ $title }。
handed-nobody = 已填好{ $title }。主要负责人还没有加入，加入后可在 /tasks 中核对确认。
handed-unreachable = 已填好{ $title }，但目前联系不到主要负责人，请您当面告知。
option-check = 去核对
option-refill = 去重填
returned-card = { $title }有一项退回重填。说明：{ $remark }
give-back-title = 退回“{ $label }”
give-back-ask = 请用一句话说明“{ $label }”哪里不对。
give-back-hint = 如“日期应为6月6日”。
give-back-done = { $title }已退回重填。
