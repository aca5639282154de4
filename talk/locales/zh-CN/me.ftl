# My data, language, complaints.
me-kept = 您的资料：{ $name }，{ $roles }。
me-joined = 加入日期：{ $day }。
me-not-joined = 尚未加入。
me-channels = 聊天账号：{ $number }个。
me-answers = 您回答过的问题：{ $number }个。
me-reminded = 本月给您发过提醒：{ $number }条。
me-why = 填报内容属于本企业，供监管部门核查；退出后保留填报，不再保留您的姓名和聊天账号。
me-exported = 这是您的全部资料。
me-file-name = 我的资料.txt
option-export = 导出资料
option-leave = 退出

leave-title = 退出
leave-ask = 确定退出吗？您将不再代表：{ $roles }。退出后须有新的邀请码才能再加入。
leave-yes = 确定退出
leave-no = 不退出
leave-stayed = 好的，您没有退出。
leave-done = 您已退出，姓名和聊天账号已删除。
person-left = 已退出人员

language-ask = 请选择语言。Please choose a language.
language-chinese = 中文
language-english = English
language-set = 好的，以后用中文。

feedback-title = 意见与投诉
feedback-ask = 请写下您的意见或投诉，将直接送市应急管理局。
feedback-hint = 如“同一件事被两个部门要求填报”。
feedback-thanks = 已送市应急管理局，编号{ $number }。
feedback-received = 意见与投诉（编号{ $number }）：{ $text }
