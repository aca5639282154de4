# What staff of districts and the city see.
progress-heading = { $place }填报进度（截至{ $at }）
progress-complete = 另有{ $number }项任务已全部填报。
progress-none = { $place }目前没有已开始的任务。

escalation-intro = ⚠️ 逾期仍未填报的：
escalation-line = { $district }　{ $title }：{ $number }家
escalation-districts = { $title }（{ $number }个地区）：{ $districts }

