# My data, language, complaints.
me-kept = 您的资料：{ $name }，{ $roles }。
me-joined = 加入日期：{ $day }。
me-not-joined = 尚未加入。
me-channels = 聊天账号：{ $number }个。
me-answers = 您回答过的问题：{ $number }个。
me-reminded = 本月给您发过提醒：{ $number }条。
me-why =
    填报内容属于本企业，供监管部门核查。退出后保留填报和签名，删除您的聊天账号、人员表中的姓名和发给您的消息。
    姓名、身份有误，请监管部门更正；填报有误，打开该项任务点“修改”。没有账号的人，或不便自己操作的，向监管部门提出即可查阅、更正、删除。
me-archive-name = 我的附件-{ $number }.zip
me-exported = 这是您的全部资料，您发来的照片和文件在附件压缩包里；文件清单里没有写明压缩包的，请向监管部门索取。服务器上的这份资料到期（一般1天）即删除。
me-file-name = 我的资料.txt
me-file-name-part = 我的资料-{ $number }.txt
me-export-pause = 一小时内已导出多次，请用最近的一份，或一小时后再试。
option-export = 导出资料
option-leave = 退出

leave-title = 退出
leave-ask = 确定退出吗？您将不再代表：{ $roles }。退出后须有新的邀请码才能再加入。
leave-yes = 确定退出
leave-no = 不退出
leave-stayed = 好的，您没有退出。
leave-done =
    您已退出。聊天账号、人员表中的姓名、发给您的消息、导出的资料已从本系统删除。
    依法保留：您填报的内容（包括写在其中的姓名、电话），动火作业票、检查和隐患记录上的签名，企业名录中的姓名、电话，审计记录（只有编号）。
    依据：安全生产法第四十一条，GB 30871—2022，个人信息保护法第四十七条第二款。别人收到的消息里提到的，最迟{ $days }天后清除。
person-left = 已退出人员

language-ask = 请选择语言。Please choose a language.
language-chinese = 中文
language-english = English
language-set = 好的，以后用中文。

feedback-title = 意见与投诉
feedback-ask = 请写下您的意见或投诉，将直接送组织本次行动的部门。
feedback-hint = 如“同一件事被两个部门要求填报”。
feedback-thanks = 已送{ $bureau }，编号{ $number }。
feedback-received = 意见与投诉（编号{ $number }）：{ $text }
