# What staff of districts and the city see.
progress-heading = { $place }填报进度（截至{ $at }）
progress-line = { $number }. { $title }：已填报{ $answered }家，应填报{ $total }家
progress-button = 未报{ $number }
progress-complete = 另有{ $number }项任务已全部填报。
progress-none = { $place }目前没有已开始的任务。
missing-heading = { $title }：{ $place }还有{ $number }家未填报
missing-more = 另有{ $number }家未列出。
missing-none = 已全部填报。

escalation-intro = ⚠️ 逾期仍未填报的：
escalation-line = { $district }　{ $title }：{ $number }家
escalation-districts = { $title }（{ $number }个地区）：{ $districts }

