# The first-round report, the signed page, and the inspection file.
first-round-figures = 台账显示：发现重大事故隐患{ $found }个，已完成整改{ $rectified }个，未完成{ $left }个。与实际相符吗？
first-round-figures-label = 发现{ $found }个，已整改{ $rectified }个，未整改{ $left }个
first-round-figures-hint = 未完成的，将连同整改方案列入报告。
first-round-figures-yes = 相符
first-round-figures-no = 不相符
first-round-none = 台账中没有重大事故隐患，将作零报告。本企业确实没有发现吗？
first-round-none-label = 零报告
first-round-none-yes = 确未发现
first-round-none-no = 有发现
first-round-to-ledger = 请先在 /hazards 补报隐患、更新整改情况，再填报{ $title }，数字会自动带入。
first-round-day = 风险辨识和首轮整改是哪天完成的？
first-round-day-label = 完成日期
first-round-day-hint = 请点选，或回复日期，如“6月14日”。
first-round-platform = 已在双控系统填报了吗？
first-round-platform-label = 双控系统
first-round-platform-hint = 随后发来一份全部填报内容的表格，可对照录入，不用再整理。
first-round-platform-yes = 已填报
first-round-platform-no = 还没有
first-round-signed = 请发送签字、盖章的报告和承诺书照片。待签的一页随后发来。
first-round-signed-label = 签字页
first-round-signed-hint = 签字前有改动的，请点“上一步”。暂时签不了的，可先放下，改天从 /tasks 接着办。
first-round-moved = 填报期间台账有变化，{ $title }还没有提交。请核对新的数字。
first-round-papers = 《自查自改情况报告及主要负责人承诺书》（Word、PDF 各一份），以及供双控系统对照录入的表格。
first-round-papers-to-sign = 《自查自改情况报告及主要负责人承诺书》（Word、PDF 各一份），以及供双控系统对照录入的表格。请打印一页，由主要负责人签字、企业盖章，再把签好的一页拍照发到这里。
first-round-papers-by-another = { $name }已填好《自查自改情况报告及主要负责人承诺书》，请您审阅后打印、签字、盖章，交{ $name }拍照上传，再由您确认。
first-round-file-form = 自查自改情况报告及承诺书
first-round-file-platform = 双控系统录入内容
papers-no-longer-yours = 这份文件现在不由您领取，没有发送。
papers-failed = 抱歉，文件没有生成，请再试一次；仍不行的，请联系您的监管部门。
papers-lack-signs = 注意：没有字体能印出“{ $signs }”，PDF 和图片上是空框，请手写补上。如需印出，请管理员在服务器上安装字体（见部署说明），再重新生成。

file-making = 正在整理迎检资料，随后发来。
file-making-checks = 正在整理迎检资料，随后发来。其中有已登记的抽查{ $checks }次。
file-not-there = 没有找到这家企业，或不由您所在单位监管。请回复“/file 统一社会信用代码”。
option-file = 迎检资料
option-checks-of = 抽查记录
file-which = 请点选企业：
file-nothing = 企业主要负责人、安全管理人员请回复“/file”；监管人员请回复“/file 统一社会信用代码”。
file-pause = 一小时内已生成多份迎检资料，请用最近的一份，或一小时后再试。
file-ready = 迎检资料：截至{ $at }的任务填报、回执、照片、隐患台账、抽查记录和承诺书，供检查时出示。
file-name = 迎检资料
first-round-told =
    { $signed ->
        [yes] { $signature }{ $name }已上报{ $title }，主要负责人签字页附后：
       *[no] { $signature }{ $name }已上报{ $title }：
    }
first-round-not-yet = 还不能打印签字：有{ $number }处重大事故隐患的整改方案不完整。请先补齐：
first-round-lacking = { $number }号（{ $place }）：缺{ $fields }
first-round-fill = 补{ $number }号方案
plan-field =
    { $field ->
        [person] 责任人
        [measures] 措施
        [funds] 资金
        [deadline] 期限
       *[contingency] 应急预案
    }
